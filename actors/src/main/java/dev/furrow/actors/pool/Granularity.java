package dev.furrow.actors.pool;

/**
 * How much work at a time, following the measured time of a job's tasks: tiny tasks go by the
 * hundreds, long ones one by one. All times in nanoseconds.
 */
final class Granularity {

  /** Runs are cut to about this long. */
  static final long RUN = 2_000_000;

  /** Work is wanted in advance for this long; an entry that takes longer holds nothing up. */
  static final long AHEAD = 20_000_000;

  /** What takes this long is worth a message of its own. */
  static final long LONG = 1_000_000;

  /** Leases that start within this time are not handed back. */
  static final long SOON = 5_000_000;

  /** So many times its mean, and a task is taken to go on. */
  private static final int OVERDUE = 4;

  private Granularity() {}

  /** Entries of a run: one while nothing is known of the tasks. */
  static int runLength(double mean, int waiting, int slots, int batch) {
    if (mean == 0) {
      return 1;
    }
    int share = 1 + (waiting - 1) / slots;
    return (int) Math.max(1, Math.min(Math.min(batch, share), RUN / mean));
  }

  /** Leases wanted beyond the slots: none while nothing is known of the tasks. */
  static int ahead(double mean, int slots, int most) {
    return mean == 0 ? 0 : (int) Math.min(most, slots * (AHEAD / mean));
  }

  /** Whether a run has been silent for so long that its slot is not counted on. */
  static boolean overdue(ActiveRun run, long now) {
    return run.silent(now) > Math.max(AHEAD, OVERDUE * run.tenant.meanNanos);
  }

  /**
   * Whether the open entries of a run are worth handing to a slot that has nothing to do: its entry
   * takes longer than a whole run should, or what is left is long.
   */
  static boolean worthSplitting(ActiveRun run, long now) {
    long silent = run.silent(now);
    return silent >= RUN || (run.kept - run.ended) * run.tenant.meanNanos - silent >= LONG;
  }

  /**
   * Whether a change of what is wanted is worth a message. A small one is said with the next
   * holding.
   */
  static boolean worthSaying(int wanted, int said) {
    return said < 0 || 4L * Math.abs(wanted - said) >= Math.max(1, said);
  }
}
