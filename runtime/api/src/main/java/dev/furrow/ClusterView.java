package dev.furrow;

import java.util.List;
import java.util.Map;

/** The cluster as this node sees it at one moment. */
public interface ClusterView {

  /** {@return the nodes that are members, this one among them, ordered by name} */
  List<Node> nodes();

  /** {@return the slots of all nodes that take work, summed} */
  default int slots() {
    return nodes().stream().filter(node -> node.state() == State.UP).mapToInt(Node::slots).sum();
  }

  /**
   * The partitions of state kept by key that are called most, of all nodes. Each node tells the
   * others once a second of its busiest, so that what is seen here is a second or two old. A
   * partition of a node that has been silent for five seconds is left out, and so is one that has
   * left memory.
   *
   * @return at most 20, the busiest first; among those that nobody calls the largest first; empty
   *     where no partition is open
   */
  default List<Partition> hotPartitions() {
    return List.of();
  }

  /** One JVM of the cluster. */
  interface Node {

    /** {@return the node, as {@code host:port}, or {@code local}} */
    String name();

    /** {@return a number that tells two lives of one address apart} */
    long uid();

    /** {@return whether this is the node that was asked} */
    boolean self();

    /** {@return how many tasks it may run at once; 0 for a driver that runs none} */
    int slots();

    /** {@return what tasks can require of it, as {@code gpu → 2}} */
    Map<String, Long> resources();

    /** {@return its roles in the cluster} */
    List<String> roles();

    /** {@return whether it takes work, and if not, why} */
    State state();
  }

  /** A partition of state that is kept by key, and how busy it is. */
  interface Partition {

    /** {@return the name of the state that it is part of} */
    String state();

    /** {@return which of the state's partitions it is, from 0} */
    int index();

    /** {@return the node that it is on, as {@link Node#name()}} */
    String node();

    /**
     * {@return how many calls it answers in a second, as an average over about the last two
     * seconds; each update of an {@code updateAll} counts, and each partition's part of what is
     * asked of all of them}
     */
    double callsPerSecond();

    /** {@return how many keys it has a value for} */
    long entries();

    /** {@return what its keys and values weigh together, in bytes as they are encoded} */
    long bytes();
  }

  /** Whether a node takes work. */
  enum State {
    /** It is a member but has not yet said what it offers. */
    JOINING,
    /** It takes work. */
    UP,
    /** It is a member that cannot be heard at present. */
    UNREACHABLE,
    /** It finishes what it has and leaves. */
    LEAVING
  }
}
