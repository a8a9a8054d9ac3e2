package dev.furrow.actors.partition;

import dev.furrow.ClusterView;
import dev.furrow.actors.wire.NodeId;
import dev.furrow.actors.wire.PlacementMessage.Busiest;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The partitions that are called most: those of this node, and those that the other members tell
 * of. Since each tells of as many as are shown, the busiest of all are among them. Safe for use by
 * many threads.
 */
final class HotPartitions {

  /** So many are told of and shown, at most. */
  static final int MOST = 20;

  /** How often a node tells of its own. */
  static final long EVERY = 1_000_000_000L;

  /** For how long it is believed: some of what it says may be lost. */
  static final long BELIEVED = 5 * EVERY;

  /** A rate travels as a whole number, of calls in so many seconds. */
  private static final double SECONDS = 1_000;

  /** Busiest first, then largest; the rest is there so that an order is always the same. */
  private static final Comparator<SeenPartition> ORDER =
      Comparator.comparingDouble(SeenPartition::callsPerSecond)
          .thenComparingLong(SeenPartition::bytes)
          .reversed()
          .thenComparing(SeenPartition::state)
          .thenComparingInt(SeenPartition::index);

  private record Told(List<SeenPartition> partitions, long at) {}

  private record Name(String state, int index) {}

  private final NodeId self;
  private final Map<NodeId, Told> told = new HashMap<>();
  private Set<NodeId> members = Set.of();

  HotPartitions(NodeId self) {
    this.self = self;
  }

  /** Takes over who is a member: others are not believed. */
  synchronized void members(Set<NodeId> now) {
    members = now;
    told.keySet().removeIf(node -> !node.equals(self) && !now.contains(node));
  }

  /** Whether it is time to measure the partitions of this node. */
  synchronized boolean isDue(long now) {
    Told last = told.get(self);
    return last == null || now - last.at() >= EVERY;
  }

  /**
   * Takes over what was measured here.
   *
   * @param open the partitions of this node; those of the system are left out
   * @return what the other members are to be told; null if that is nothing, as it was before
   */
  synchronized @Nullable Busiest measured(Collection<SeenPartition> open, long now) {
    List<SeenPartition> mine =
        open.stream()
            .filter(one -> !one.state().startsWith("~"))
            .map(HotPartitions::rounded)
            .sorted(ORDER)
            .limit(MOST)
            .toList();
    Told before = told.put(self, new Told(mine, now));
    boolean silent = mine.isEmpty() && (before == null || before.partitions().isEmpty());
    return silent ? null : record(mine);
  }

  /** As others see it, so that the order is the same on all nodes, and a rate ends at zero. */
  private static SeenPartition rounded(SeenPartition one) {
    return new SeenPartition(
        one.state(),
        one.index(),
        one.node(),
        Math.round(one.callsPerSecond() * SECONDS) / SECONDS,
        one.entries(),
        one.bytes());
  }

  private static Busiest record(List<SeenPartition> rows) {
    return new Busiest(
        rows.stream().map(SeenPartition::state).toList(),
        rows.stream().mapToInt(SeenPartition::index).toArray(),
        rows.stream().mapToLong(row -> Math.round(row.callsPerSecond() * SECONDS)).toArray(),
        rows.stream().mapToLong(SeenPartition::entries).toArray(),
        rows.stream().mapToLong(SeenPartition::bytes).toArray());
  }

  /** Takes over what a node says of its own. */
  synchronized void heard(NodeId from, Busiest busiest, long now) {
    if (from.equals(self) || !members.contains(from)) {
      return;
    }
    List<SeenPartition> rows = new ArrayList<>();
    for (int row = 0; row < Math.min(MOST, busiest.index().length); row++) {
      rows.add(
          new SeenPartition(
              busiest.state().get(row),
              busiest.index()[row],
              from.name(),
              busiest.calls()[row] / SECONDS,
              busiest.entries()[row],
              busiest.bytes()[row]));
    }
    told.put(from, new Told(rows, now));
  }

  /** The busiest of all nodes, the busiest first. */
  synchronized List<ClusterView.Partition> seen(long now) {
    // One that moves is told of by two nodes for a while: it is where the newer one says.
    Set<Name> names = new HashSet<>();
    return told.values().stream()
        .filter(one -> now - one.at() <= BELIEVED)
        .sorted(Comparator.comparingLong((Told one) -> now - one.at()))
        .flatMap(one -> one.partitions().stream())
        .filter(one -> names.add(new Name(one.state(), one.index())))
        .sorted(ORDER)
        .limit(MOST)
        .<ClusterView.Partition>map(one -> one)
        .toList();
  }
}
