package dev.furrow.actors.partition;

import dev.furrow.actors.wire.NodeId;
import dev.furrow.actors.wire.PartitionId;
import dev.furrow.actors.wire.ReplicaMessage;
import dev.furrow.actors.wire.WireException;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The copies of replicated partitions on a node. Safe for use by many threads. */
final class Replicas {

  private static final Logger log = LoggerFactory.getLogger(Replicas.class);

  private final Map<PartitionId, Replica> all = new ConcurrentHashMap<>();

  /**
   * An owner speaks.
   *
   * @return the answer; null if there is none
   */
  @Nullable ReplicaMessage hear(NodeId from, ReplicaMessage message) {
    PartitionId id = message.partition();
    try {
      return of(id).hear(from, message);
    } catch (WireException unreadable) {
      log.error("{} sent a change of {} that cannot be read: {}", from, id, unreadable.toString());
      return null;
    }
  }

  /** The copy of a partition, which may be empty. */
  Replica of(PartitionId id) {
    return all.computeIfAbsent(id, Replica::new);
  }

  /** Of which partitions there are copies. */
  Set<PartitionId> present() {
    return those(Replica::hasState);
  }

  /** Of which partitions copies are on other nodes than those: somebody is to make new ones. */
  Set<PartitionId> away(Set<NodeId> workers) {
    return those(copy -> copy.isAway(workers));
  }

  private Set<PartitionId> those(Predicate<Replica> wanted) {
    return all.entrySet().stream()
        .filter(entry -> wanted.test(entry.getValue()))
        .map(Map.Entry::getKey)
        .collect(Collectors.toSet());
  }
}
