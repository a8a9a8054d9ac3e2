package dev.furrow.actors.pool;

import dev.furrow.actors.wire.Caution;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which lease gets a free slot: first go threads that have waited, then the job whose first lease
 * has the highest priority, raised by one for each ageing period that it has waited; among equals
 * the one with the fewest slots, then the one that has waited longest.
 *
 * <p>Invariant: after {@link #fill}, a slot is free only if nothing that waits may start.
 */
final class Dispatch {

  private final PoolLimits limits;
  private final Capacity capacity;
  private final Tenants tenants;
  private final Runs runs;
  private final Stops stops;

  Dispatch(PoolLimits limits, Capacity capacity, Tenants tenants, Runs runs, Stops stops) {
    this.limits = limits;
    this.capacity = capacity;
    this.tenants = tenants;
    this.runs = runs;
    this.stops = stops;
  }

  /** Fills free slots, and has runs share with those that stay free. */
  void fill(long now) {
    runs.resume(now);
    // Threads are bounded even before it is known which of them ignore interruption.
    while (capacity.free() > 0 && runs.abandoned() < limits.maxAbandoned() + capacity.slots) {
      Tenant tenant = choose(now);
      if (tenant == null) {
        split(now);
        return;
      }
      start(tenant, now);
    }
  }

  private @Nullable Tenant choose(long now) {
    Tenant best = null;
    HeldLease bestFirst = null;
    for (Tenant tenant : tenants.all()) {
      Lane lane = tenant.queue.first(capacity);
      HeldLease first = lane == null ? null : lane.first();
      if (first != null && (bestFirst == null || before(first, bestFirst, now))) {
        best = tenant;
        bestFirst = first;
      }
    }
    return best;
  }

  private boolean before(HeldLease one, HeldLease other, long now) {
    long rank = rank(one, now);
    long otherRank = rank(other, now);
    if (rank != otherRank) {
      return rank > otherRank;
    }
    if (one.tenant.running != other.tenant.running) {
      return one.tenant.running < other.tenant.running;
    }
    return one.arrivedAt < other.arrivedAt;
  }

  private long rank(HeldLease lease, long now) {
    return lease.terms.priority() + (now - lease.arrivedAt) / limits.ageing();
  }

  private void start(Tenant tenant, long now) {
    Lane lane = tenant.queue.first(capacity);
    if (lane == null) {
      return;
    }
    double mean = tenant.meanNanos;
    int most = 1;
    if (lane.kind.plain()) {
      int waiting = tenant.queue.size();
      most = Granularity.runLength(mean, waiting, capacity.slots, limits.batch());
    }
    List<HeldLease> entries = tenant.queue.take(lane, most);
    boolean awaitsGo = lane.kind.caution() != Caution.NONE;
    boolean maybeLong = mean == 0 || mean >= Granularity.LONG;
    if (awaitsGo || (entries.size() == 1 && maybeLong)) {
      tenant.started.add(entries.get(0).number);
    }
    runs.start(entries, lane.kind, awaitsGo, now);
  }

  /**
   * A slot has nothing to do: of the runs whose open entries are worth it, the one that has been
   * silent longest hands them back. The next one follows when it has answered.
   */
  private void split(long now) {
    ActiveRun longest = null;
    for (ActiveRun run : runs.active()) {
      if (run.truncating && !run.truncated) {
        return;
      }
      boolean longer = longest == null || run.saidAt < longest.saidAt;
      if (longer && run.mayHaveOpen() && Granularity.worthSplitting(run, now)) {
        longest = run;
      }
    }
    if (longest != null) {
      stops.truncate(longest);
    }
  }
}
