package dev.furrow.actors.pool;

import dev.furrow.actors.wire.ReportKind;
import java.util.ArrayList;
import java.util.List;

/**
 * How leases are got out of runs: open entries are taken back (truncation), and a running one is
 * declared void (revocation). Both are asked of {@link Run}, whose answers say what came of it.
 *
 * <p>Invariants: what is taken back waits again where it stood before, or is given back if nobody
 * wants it; a run is revoked only in its last kept entry, so that its thread has nothing left to
 * do.
 */
final class Stops {

  private static final byte[] NOTHING = {};

  private final Effects effects;
  private final Runs runs;
  private final PoolTally tally;

  Stops(Effects effects, Runs runs, PoolTally tally) {
    this.effects = effects;
    this.runs = runs;
    this.tally = tally;
  }

  /** Nobody wants the result of a lease any more. */
  void cancel(Tenant tenant, long number) {
    HeldLease lease = tenant.held.get(number);
    if (lease == null) {
      tenant.returned.add(number);
    } else if (lease.place == HeldLease.Place.QUEUED) {
      tenant.giveBack(lease);
    } else if (lease.place == HeldLease.Place.IN_RUN) {
      lease.unwanted = true;
      ActiveRun run = runs.of(lease);
      if (run != null) {
        stop(run);
      }
    }
  }

  /** Nobody wants the results of a job any more. */
  void cancelAll(Tenant tenant) {
    tenant.giveBackQueued();
    tenant.held.forEach(lease -> lease.unwanted = true);
    for (ActiveRun run : runs.snapshot()) {
      if (run.tenant == tenant) {
        stop(run);
      }
    }
  }

  /** Takes back what is open in a run, and stops what is running if it is unwanted. */
  void stop(ActiveRun run) {
    if (run.awaitsGo) {
      runs.leave(run);
      run.tenant.giveBack(run.first());
    } else if (run.truncated) {
      revokeUnwanted(run);
    } else {
      truncate(run);
    }
  }

  /** Asks back what is open in a run. */
  void truncate(ActiveRun run) {
    run.truncating = true;
    effects.add(new PoolEffect.Truncate(run.id));
  }

  void truncated(PoolCommand.Truncated truncated) {
    ActiveRun run = runs.get(truncated.run());
    if (run == null) {
      return;
    }
    run.truncated = true;
    runs.note(run, truncated.done());
    List<HeldLease> back = new ArrayList<>();
    for (int i = truncated.kept(); i < run.kept; i++) {
      HeldLease lease = run.entries.get(i);
      lease.started = false;
      if (lease.unwanted) {
        run.tenant.giveBack(lease);
      } else {
        back.add(lease);
      }
    }
    run.tenant.queue.putBack(back);
    run.tenant.begun -= run.kept - truncated.kept();
    run.kept = truncated.kept();
    if (run.kept > 0) {
      run.entries.get(run.kept - 1).started = true;
    }
    revokeUnwanted(run);
  }

  private void revokeUnwanted(ActiveRun run) {
    int last = run.kept - 1;
    if (last >= 0 && run.entries.get(last).unwanted) {
      effects.add(new PoolEffect.Revoke(run.id, last));
    }
  }

  void revoked(PoolCommand.Revoked revoked, long now) {
    ActiveRun run = runs.get(revoked.run());
    if (run == null || !revoked.done()) {
      return;
    }
    HeldLease lease = run.entries.get(revoked.index());
    runs.abandon(run, now);
    if (run.timedOut && !lease.unwanted) {
      int kind = ReportKind.TIMED_OUT.ordinal();
      tally.reported(kind, now - run.startedAt);
      run.tenant.reports.add(lease, kind, now - run.startedAt, 0, NOTHING);
    } else {
      tally.cancelled(run.silent(now));
      run.tenant.giveBack(lease);
    }
  }

  /**
   * Stops entries that have reached their limit, and takes back what waits in a run behind an entry
   * that goes on for long.
   */
  void tick(long now) {
    for (ActiveRun run : runs.active()) {
      if (run.awaitsGo) {
        continue;
      }
      runs.overdue(run, !run.parked && Granularity.overdue(run, now));
      if (run.mayHaveOpen() && run.silent(now) > Granularity.AHEAD) {
        truncate(run);
      }
      long limit = run.first().terms.timeoutMillis();
      if (limit > 0 && now - run.startedAt >= limit * 1_000_000) {
        run.timedOut = true;
        effects.add(new PoolEffect.Revoke(run.id, 0));
      }
    }
  }
}
