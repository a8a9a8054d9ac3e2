package dev.furrow.actors.pool;

import dev.furrow.actors.wire.Caution;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which lease gets a free slot. First go threads that have waited. Then goes a job of the priority
 * whose first lease stands highest: the priority itself, raised by one for each ageing period that
 * the lease has waited; no lease goes on another's standing before one of another priority. Among
 * these a job that has had few slots yet goes first, so that a small job does not wait for a large
 * one (feedback scheduling with two levels: Kleinrock, "Queueing Systems", vol. 2, 1976, chapter
 * 4), but no job is passed over by such ones too often in a row; then the job with the fewest
 * slots, then the one whose lease has waited longest.
 *
 * <p>Invariant: after {@link #fill}, a slot is free only if nothing that waits may start.
 */
final class Dispatch {

  /** So many slots in a row may go to young jobs while another waits. */
  private static final int PATIENCE = 16;

  private final PoolLimits limits;
  private final Capacity capacity;
  private final Tenants tenants;
  private final Runs runs;
  private final Stops stops;

  /** The first lease of each job that may start. */
  private final List<HeldLease> firsts = new ArrayList<>();

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
    firsts.clear();
    HeldLease highest = null;
    for (Tenant tenant : tenants.all()) {
      Lane lane = tenant.queue.first(capacity);
      HeldLease first = lane == null ? null : lane.first();
      if (first != null) {
        firsts.add(first);
        highest = highest == null || rank(first, now) > rank(highest, now) ? first : highest;
      }
    }
    if (highest == null || firsts.size() == 1) {
      return highest == null ? null : highest.tenant;
    }
    return amongEquals(highest.terms.priority(), now);
  }

  private Tenant amongEquals(int priority, long now) {
    long others = Long.MIN_VALUE;
    for (HeldLease first : firsts) {
      boolean isOther = first.terms.priority() != priority;
      others = isOther ? Math.max(others, rank(first, now)) : others;
    }
    long least = others;
    firsts.removeIf(first -> first.terms.priority() != priority || rank(first, now) < least);
    HeldLease best = firsts.get(0);
    for (HeldLease first : firsts) {
      best = before(first, best) ? first : best;
    }
    for (HeldLease first : firsts) {
      first.tenant.passedOver += best.tenant.isYoung() ? 1 : 0;
    }
    return best.tenant;
  }

  private static boolean before(HeldLease one, HeldLease other) {
    Tenant tenant = one.tenant;
    Tenant than = other.tenant;
    boolean isStarved = Math.max(tenant.passedOver, than.passedOver) >= PATIENCE;
    if (isStarved && tenant.passedOver != than.passedOver) {
      return tenant.passedOver > than.passedOver;
    }
    if (tenant.isYoung() != than.isYoung()) {
      return tenant.isYoung();
    }
    if (tenant.running != than.running) {
      return tenant.running < than.running;
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
    tenant.begun += entries.size();
    tenant.passedOver = 0;
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
