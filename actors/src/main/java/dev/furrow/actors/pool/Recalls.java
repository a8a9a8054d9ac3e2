package dev.furrow.actors.pool;

import dev.furrow.actors.wire.PoolMessage;

/**
 * Leases that another pool could start sooner. Each recall is answered once, after free slots have
 * been filled, by the leases that would go last, as far as they would not start soon.
 */
final class Recalls {

  private final Runs runs;
  private final Stops stops;
  private final Mail mail;

  Recalls(Runs runs, Stops stops, Mail mail) {
    this.runs = runs;
    this.stops = stops;
    this.mail = mail;
  }

  /** Notes a recall. What waits in a run behind a long entry is taken back first. */
  void hear(PoolMessage.Recall recall, Tenant tenant, long now) {
    tenant.recalls.add(recall.most());
    for (ActiveRun run : runs.active()) {
      boolean stuck = run.tenant == tenant && run.silent(now) > Granularity.SOON;
      if (stuck && run.mayHaveOpen()) {
        stops.truncate(run);
        tenant.recallsLater = true;
      }
    }
  }

  /** Answers what was noted, unless a run is about to give back something. */
  void answer(Tenants tenants, long now) {
    for (Tenant tenant : tenants.all()) {
      if (tenant.recallsLater) {
        tenant.recallsLater = false;
      } else if (!tenant.recalls.isEmpty()) {
        answer(tenant, now);
      }
    }
  }

  private void answer(Tenant tenant, long now) {
    long spare = tenant.queue.size() - soon(tenant, now);
    while (!tenant.recalls.isEmpty()) {
      long most = Math.min(spare, tenant.recalls.remove());
      for (; most > 0; most--) {
        HeldLease last = tenant.queue.last();
        if (last == null) {
          break;
        }
        tenant.giveBack(last);
        spare--;
      }
      mail.returned(tenant);
    }
  }

  /**
   * How many leases of a job its node will start soon, estimated from the slots that will be free
   * by then. A slot that is free now counts for nothing: what still waits cannot use it.
   */
  private long soon(Tenant tenant, long now) {
    double starts = 0;
    for (ActiveRun run : runs.active()) {
      double left = run.left(now);
      if (!run.parked && left < Granularity.SOON) {
        double mean = tenant.meanNanos;
        starts += 1 + (mean > 0 ? (Granularity.SOON - left) / mean : 0);
      }
    }
    return (long) Math.min(starts, Integer.MAX_VALUE);
  }
}
