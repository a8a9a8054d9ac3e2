package dev.furrow.actors.job;

import dev.furrow.actors.wire.NodeId;
import dev.furrow.actors.wire.PoolId;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/** What a supervisor knows of one life of one node's pool. */
final class PoolView {

  final NodeId node;

  /** Leases that have not been answered; leases of ended tasks among them. */
  final Map<Long, Lease> leases = new LinkedHashMap<>();

  private final Map<String, Long> used = new HashMap<>();

  /** 0 until the pool has spoken. */
  long incarnation;

  /** The newest demand and the newest holding that were heard. */
  long sequence = -1;

  long holding = -1;
  int most;
  int slots;
  Map<String, Long> resources = Map.of();
  boolean leaving;

  /** The connection is there. */
  boolean connected;

  /** The connection broke or the pool was silent: its tasks are given to others. */
  boolean suspect;

  /** Its process closed the connection. */
  boolean ended;

  long heardAt;
  long announcedAt = Long.MIN_VALUE / 2;

  PoolView(NodeId node) {
    this.node = node;
  }

  PoolId id() {
    return new PoolId(node, incarnation);
  }

  /** Leases that it may still be granted. */
  int credit() {
    if (incarnation == 0 || suspect || leaving || !connected) {
      return 0;
    }
    return Math.max(0, most - leases.size());
  }

  /** How full it is: leases a slot. */
  double load() {
    return (double) leases.size() / Math.max(1, slots);
  }

  void add(Lease lease) {
    leases.put(lease.number, lease);
    lease.task.task.terms().lease().requires().forEach((name, n) -> used.merge(name, n, Long::sum));
  }

  void remove(Lease lease) {
    if (leases.remove(lease.number) != null) {
      lease
          .task
          .task
          .terms()
          .lease()
          .requires()
          .forEach((name, n) -> used.merge(name, -n, Long::sum));
    }
  }

  /** Whether so much is free, beyond what {@code more} will take. */
  boolean offers(Map<String, Long> requires, Map<String, Long> more) {
    for (Map.Entry<String, Long> need : requires.entrySet()) {
      long free =
          resources.getOrDefault(need.getKey(), 0L)
              - used.getOrDefault(need.getKey(), 0L)
              - more.getOrDefault(need.getKey(), 0L);
      if (free < need.getValue()) {
        return false;
      }
    }
    return true;
  }

  /** Whether so much would be free if nothing ran. */
  boolean couldOffer(Map<String, Long> requires) {
    return requires.entrySet().stream()
        .allMatch(need -> resources.getOrDefault(need.getKey(), 0L) >= need.getValue());
  }
}
