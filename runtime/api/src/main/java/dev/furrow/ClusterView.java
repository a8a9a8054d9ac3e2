package dev.furrow;

import java.util.List;
import java.util.Map;

/** The nodes of the cluster as this node sees them at one moment. */
public interface ClusterView {

  /** {@return the nodes that are members, this one among them, ordered by name} */
  List<Node> nodes();

  /** {@return the slots of all nodes that take work, summed} */
  default int slots() {
    return nodes().stream().filter(node -> node.state() == State.UP).mapToInt(Node::slots).sum();
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
