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

  /** Its first lease, which leads to the others; those of suspect pools among them. */
  private @Nullable Lease first;

  /** Where it waits, and between which tasks: for {@link Lanes} alone. */
  Lanes.@Nullable Lane lane;

  @Nullable TaskEntry before;
  @Nullable TaskEntry after;

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

  /**
   * An attempt may have ended its node. Those beside it are excused: what ends several nodes at
   * once need not be a task that they have in common.
   */
  void excuseBeside(Lease suspicious) {
    for (Lease lease = first; lease != null; lease = lease.sibling) {
      lease.excused |= lease != suspicious && !lease.pool.suspect;
    }
  }

  /** It turned out that no attempt has ended its node. */
  void excuseNone() {
    for (Lease lease = first; lease != null; lease = lease.sibling) {
      lease.excused = false;
    }
  }

  /** Nodes that ended while they ran it, and those that broke off so that they may have ended. */
  int suspects() {
    if (killed == null && first == null) {
      return 0;
    }
    if (killed == null && first != null && first.sibling == null) {
      return first.isSuspicious() ? 1 : 0;
    }
    Set<NodeId> suspects = new HashSet<>(killed());
    for (Lease lease = first; lease != null; lease = lease.sibling) {
      if (lease.isSuspicious()) {
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

  void add(Lease lease) {
    lease.sibling = first;
    first = lease;
  }

  void remove(Lease lease) {
    if (first == lease) {
      first = lease.sibling;
      return;
    }
    for (Lease at = first; at != null; at = at.sibling) {
      if (at.sibling == lease) {
        at.sibling = lease.sibling;
        return;
      }
    }
  }

  boolean hasLease() {
    return first != null;
  }

  /** Its lease, if it has just one. */
  @Nullable Lease onlyLease() {
    return first == null || first.sibling != null ? null : first;
  }

  /** Whether a second attempt beside the first would tell nobody wrong about who is at fault. */
  boolean mayBeDoubled() {
    return place == Place.LEASED && failure == null && caution() == Caution.NONE;
  }

  /** Its leases, the newest first. */
  List<Lease> leases() {
    List<Lease> all = new ArrayList<>(1);
    for (Lease lease = first; lease != null; lease = lease.sibling) {
      all.add(lease);
    }
    return all;
  }

  boolean hasLiveLease() {
    for (Lease lease = first; lease != null; lease = lease.sibling) {
      if (!lease.pool.suspect) {
        return true;
      }
    }
    return false;
  }
}
