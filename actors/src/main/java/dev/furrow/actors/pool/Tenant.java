package dev.furrow.actors.pool;

import dev.furrow.actors.wire.Caution;
import dev.furrow.actors.wire.JobKey;
import dev.furrow.actors.wire.LeaseTerms;
import dev.furrow.actors.wire.PoolMessage;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * A job that offers work to a pool, and what the pool holds of it.
 *
 * <p>Invariants: a lease is held until it is given back or its report was received; exactly those
 * held leases wait in the queue whose place is {@code QUEUED}.
 */
final class Tenant {

  /** A job is young until so many of its leases were given a slot. */
  static final int YOUNG = 16;

  final JobKey job;

  /** Everything held. */
  final HeldTable held = new HeldTable();

  /** Those that wait for a slot. */
  final LeaseQueue queue;

  final ReportLog reports;

  /** Leases to name in the next {@code Returned}. */
  final Numbers returned = new Numbers();

  /** Leases to name in the next {@code Started}. */
  final Numbers started = new Numbers();

  /** How many leases each recall wants that has not been answered. */
  final Deque<Integer> recalls = new ArrayDeque<>();

  /** A recall waits for what its runs give back. */
  boolean recallsLater;

  long heardAt;
  long busyAt;

  /** What was last asked for; negative if that is to be said again. */
  int demanded = -1;

  /** The slots that were last said to be free or its own. */
  int usable;

  /** Slots that it has. */
  int running;

  /** Its tasks that have given their slot back and wait for other work. */
  int parked;

  /** Leases that were given a slot. */
  long begun;

  /** Slots in a row that went to young jobs while this one wanted them. */
  int passedOver;

  /** Smoothed time of its tasks; 0 until one has ended. */
  double meanNanos;

  Tenant(JobKey job, PoolLimits limits, long now) {
    this.job = job;
    this.queue = new LeaseQueue(limits.ageing());
    this.reports = new ReportLog(job, limits.batch());
    this.heardAt = now;
    this.busyAt = now;
  }

  /** Whether it has had few slots yet, so that it may be a small job that is soon done. */
  boolean isYoung() {
    return begun < YOUNG;
  }

  /** Holds what was leased, unless it is held already. */
  void take(PoolMessage.Leases leases, long now) {
    busyAt = now;
    Caution[] cautions = Caution.values();
    @Nullable Lane[] lanes = new Lane[leases.terms().size() * cautions.length];
    for (int i = 0; i < leases.lease().length; i++) {
      long number = leases.lease()[i];
      if (held.get(number) != null) {
        continue;
      }
      int term = leases.term()[i];
      int caution = leases.caution()[i];
      LeaseTerms terms = leases.terms().get(term);
      HeldLease lease =
          new HeldLease(
              this,
              number,
              leases.task()[i],
              leases.attempt()[i],
              leases.types().get(leases.type()[i]),
              terms,
              cautions[caution],
              leases.payload().get(i),
              now);
      held.add(lease);
      Lane lane = lanes[term * cautions.length + caution];
      if (lane == null) {
        lane = queue.lane(terms, lease.caution);
        lanes[term * cautions.length + caution] = lane;
      }
      queue.add(lane, lease);
    }
  }

  /** A lease is held no longer and was not finished. */
  void giveBack(HeldLease lease) {
    drop(lease);
    returned.add(lease.number);
  }

  /** A lease is held no longer. */
  void drop(HeldLease lease) {
    if (lease.place == HeldLease.Place.QUEUED) {
      queue.remove(lease);
    }
    lease.place = HeldLease.Place.GONE;
    held.remove(lease.number);
  }

  void giveBackQueued() {
    if (!queue.isEmpty()) {
      queue.all().forEach(this::giveBack);
    }
  }

  void acknowledged(long sequence) {
    long[] leases = reports.acknowledged(sequence);
    if (leases != null) {
      for (long lease : leases) {
        held.remove(lease);
      }
    }
  }

  /** Notes how long a task took: an exponentially weighted mean that forgets after ~16 tasks. */
  void measured(long nanos) {
    meanNanos = meanNanos == 0 ? nanos + 1 : meanNanos + (nanos - meanNanos) / 16;
  }

  /** Checks what must always hold; for tests. */
  void check() {
    int[] queued = {0};
    held.forEach(lease -> queued[0] += lease.place == HeldLease.Place.QUEUED ? 1 : 0);
    Capacity.require(
        queued[0] == queue.size() && queue.all().size() == queue.size(),
        "a lease is in two places");
  }
}
