package dev.furrow.actors.pool;

/**
 * Whether the pool takes work: not while it leaves, and not while too many stopped tasks go on.
 *
 * <p>Invariant: while it is shut, nothing waits in the pool: what came is given back at once.
 */
final class Door {

  /** A stopped task that goes on for longer than this ignores interruption. */
  private static final long DEAF_NANOS = 1_000_000_000;

  private final PoolLimits limits;
  private final Effects effects;
  private final Runs runs;
  private final Stops stops;
  private boolean choked;
  private boolean draining;
  private boolean drained;
  private long drainUntil;

  Door(PoolLimits limits, Effects effects, Runs runs, Stops stops) {
    this.limits = limits;
    this.effects = effects;
    this.runs = runs;
    this.stops = stops;
  }

  boolean isShut() {
    return draining || choked;
  }

  boolean isDraining() {
    return draining;
  }

  /** Opens again when threads have ended, and gives back what came while it is shut. */
  void keep(Tenants tenants) {
    choked &= runs.abandoned() >= limits.maxAbandoned();
    if (isShut()) {
      tenants.all().forEach(Tenant::giveBackQueued);
    }
  }

  void tick(Tenants tenants, long now) {
    choke(now);
    if (draining) {
      finish(tenants, now);
    }
  }

  /** Stops taking work while too many stopped tasks do not end. */
  private void choke(long now) {
    boolean full = runs.deaf(DEAF_NANOS, now) >= limits.maxAbandoned();
    if (full && !choked) {
      effects.add(
          new PoolEffect.Warn(
              runs.abandoned()
                  + " tasks were stopped and ignore interruption, as many as"
                  + " furrow.node.abandoned.max allows: this node takes no work until they end."
                  + " Tasks should watch context.cancelled()"));
    }
    choked = full;
  }

  /** The node leaves: what runs may go on until a time. */
  void drain(Tenants tenants, long until) {
    if (draining) {
      return;
    }
    draining = true;
    drainUntil = until;
    for (Tenant tenant : tenants.all()) {
      tenant.demanded = -1;
    }
    for (ActiveRun run : runs.snapshot()) {
      if (run.awaitsGo || !run.truncated) {
        stops.stop(run);
      }
    }
  }

  private void finish(Tenants tenants, long now) {
    if (now > drainUntil) {
      for (ActiveRun run : runs.snapshot()) {
        run.entries.forEach(lease -> lease.unwanted = true);
        stops.stop(run);
      }
    }
    boolean over = now > drainUntil + 2 * limits.resend();
    if (!drained && (over || isQuiet(tenants))) {
      drained = true;
      effects.add(new PoolEffect.Drained());
    }
  }

  private boolean isQuiet(Tenants tenants) {
    return runs.active().isEmpty()
        && tenants.all().stream().allMatch(t -> t.reports.isSettled() && t.returned.isEmpty());
  }
}
