package dev.furrow.actors.partition;

import dev.furrow.actors.wire.NodeId;
import dev.furrow.actors.wire.PartitionId;
import dev.furrow.actors.wire.ReplicaMessage.Prepared;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What members have answered that have promised a view: what the view begins with, and who is to
 * have copies in it. Not safe for use by many threads.
 */
final class Survey {

  /** So many copies there are, where so many nodes run tasks; with fewer one on each. */
  static final int COPIES = 3;

  private final PartitionId id;
  private final NodeId self;
  private final Map<NodeId, Prepared> answers = new HashMap<>();

  /** No answer yet; {@code self} is the owner's node. */
  Survey(PartitionId id, NodeId self) {
    this.id = id;
    this.self = self;
  }

  /** A change is kept when so many copies have it: two of three, two of two. */
  static int majority(List<NodeId> of) {
    return of.size() / 2 + 1;
  }

  /** So many copies have every kept change among them: two of three, one of two. */
  private static int enough(List<NodeId> of) {
    return of.size() - majority(of) + 1;
  }

  /**
   * What a view begins with.
   *
   * @param source a node that has it; null if nobody has anything
   * @param view that it comes from; 0 if nobody has anything
   * @param position changes that were made in that view
   */
  record Base(@Nullable NodeId source, long view, long position) {

    static final Base NOTHING = new Base(null, 0, 0);

    private boolean isOf(@Nullable Prepared copy) {
      return copy != null && copy.installed() == view && copy.position() == position;
    }

    private boolean isOlderThan(Prepared copy) {
      return copy.installed() > view || (copy.installed() == view && copy.position() > position);
    }
  }

  void add(NodeId from, Prepared answer) {
    answers.put(from, answer);
  }

  void clear() {
    answers.clear();
  }

  /** Forgets what nodes have said that are no members any more. */
  void retain(Set<NodeId> members) {
    answers.keySet().retainAll(members);
  }

  Set<NodeId> nodes() {
    return answers.keySet();
  }

  /** Why no view can begin: what was kept may be where nobody answers. Empty if one can. */
  Optional<String> missing() {
    for (List<NodeId> copies : lastViews().values()) {
      long answered = copies.stream().filter(answers::containsKey).count();
      // Where no copy is left, nothing is: then it begins anew, which its durability says.
      if (answered > 0 && answered < enough(copies)) {
        return Optional.of(
            answered
                + " of "
                + copies.size()
                + " copies are left, and what was acknowledged may have been on the others alone,"
                + " those of "
                + copies.stream()
                    .filter(copy -> !answers.containsKey(copy))
                    .map(NodeId::name)
                    .collect(Collectors.joining(" and "))
                + ", which are lost: use another name, or end the nodes that have the rest, and it"
                + " begins empty");
      }
    }
    return Optional.empty();
  }

  /** The copies of each view that may have been the last, or may still become it. */
  private Map<Long, List<NodeId>> lastViews() {
    long highest = answers.values().stream().mapToLong(Prepared::installed).max().orElse(0);
    Map<Long, List<NodeId>> views = new TreeMap<>();
    for (Prepared copy : answers.values()) {
      if (copy.installed() > 0 && copy.installed() == highest) {
        views.put(copy.installed(), copy.copies());
      }
      if (copy.proposed() > highest) {
        views.put(copy.proposed(), copy.proposedCopies());
      }
    }
    return views;
  }

  /** The newest of what copies have, from the owner's node if that has it. */
  Base base() {
    Base newest = Base.NOTHING;
    for (Map.Entry<NodeId, Prepared> each : answers.entrySet()) {
      Prepared copy = each.getValue();
      boolean mine = newest.isOf(copy) && each.getKey().equals(self);
      if (copy.installed() > 0 && (newest.isOlderThan(copy) || mine)) {
        newest = new Base(each.getKey(), copy.installed(), copy.position());
      }
    }
    return newest;
  }

  /** Whether a node has what the view begins with, which is something. */
  boolean has(NodeId node, Base base) {
    return base.source() != null && base.isOf(answers.get(node));
  }

  /** The nodes whose copies are not needed when others have them. */
  List<NodeId> obsolete(List<NodeId> copies) {
    return answers.entrySet().stream()
        .filter(each -> each.getValue().installed() > 0)
        .map(Map.Entry::getKey)
        .filter(node -> !copies.contains(node))
        .toList();
  }

  /**
   * Chooses who has copies: the owner's node first, then those that have what the view begins with,
   * then any.
   *
   * @param workers the nodes that run tasks; where none of them has answered, any will do
   */
  List<NodeId> choose(List<NodeId> workers, Base base) {
    List<NodeId> working = workers.stream().filter(answers::containsKey).toList();
    List<NodeId> candidates = new ArrayList<>(working.isEmpty() ? answers.keySet() : working);
    candidates.sort(
        Comparator.comparingInt((NodeId node) -> rank(node, base)).thenComparingLong(this::draw));
    return List.copyOf(candidates.subList(0, Math.min(COPIES, candidates.size())));
  }

  private int rank(NodeId node, Base base) {
    return node.equals(self) ? 0 : base.isOf(answers.get(node)) ? 1 : 2;
  }

  /**
   * Another order of nodes for each partition (rendezvous hashing, Thaler and Ravishankar 1998).
   */
  private long draw(NodeId node) {
    long mixed = (id.state().hashCode() * 31L + id.index()) * 0x9E3779B97F4A7C15L ^ node.uid();
    mixed = (mixed ^ (mixed >>> 32)) * 0xD6E8FEB86659FD93L;
    return mixed ^ (mixed >>> 32);
  }
}
