package dev.furrow.actors.job;

import dev.furrow.actors.wire.Caution;
import dev.furrow.actors.wire.NodeId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a supervisor knows of one task until its leases are settled. */
final class TaskEntry {

  /** Where it is. */
  enum Place {
    /** In a lane, waiting for a pool. */
    QUEUED,
    /** Waiting for the time of its retry. */
    DELAYED,
    /** Two nodes broke off while they ran it; waiting to learn whether they ended. */
    HELD,
    /** With a pool. */
    LEASED,
    /** It has an outcome. */
    ENDED
  }

  final long index;
  final NewTask task;
  final long acceptedAt;

  /** Its leases; those of suspect pools among them. */
  final List<Lease> leases = new ArrayList<>(1);

  Place place = Place.QUEUED;
  int attempts;
  int failures;
  int lost;
  long dueAt;

  /** A node that held it ended, and it is not known whether it had started there. */
  boolean watched;

  /** How its last attempt failed, while a sibling attempt may still succeed. */
  @Nullable Failure failure;

  /** Nodes that ended without leaving while they ran it. */
  private @Nullable Set<NodeId> killed;

  TaskEntry(long index, NewTask task, long acceptedAt) {
    this.index = index;
    this.task = task;
    this.acceptedAt = acceptedAt;
  }

  /** How an attempt failed. */
  record Failure(OutcomeRecord.Kind kind, byte[] body, boolean retryable, double jitter) {}

  /** A node that ran it has ended without leaving. */
  void convict(NodeId node) {
    if (killed == null) {
      killed = new HashSet<>();
    }
    killed.add(node);
  }

  /** Nodes that ended while they ran it, and those that broke off so that they may have ended. */
  int suspects() {
    if (killed == null && leases.isEmpty()) {
      return 0;
    }
    Set<NodeId> suspects = new HashSet<>(killed());
    for (Lease lease : leases) {
      if (lease.started && lease.pool.ended) {
        suspects.add(lease.pool.node);
      }
    }
    return suspects.size();
  }

  /** The nodes that ended while they ran it. */
  Set<NodeId> killed() {
    return killed == null ? Set.of() : killed;
  }

  Caution caution() {
    return suspects() > 0 ? Caution.ALONE : watched ? Caution.TELL : Caution.NONE;
  }

  boolean hasLiveLease() {
    for (Lease lease : leases) {
      if (!lease.pool.suspect) {
        return true;
      }
    }
    return false;
  }
}
