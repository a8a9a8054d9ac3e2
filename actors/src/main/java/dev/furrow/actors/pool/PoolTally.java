package dev.furrow.actors.pool;

import dev.furrow.actors.pool.PoolCounters.Ending;
import dev.furrow.actors.wire.ReportKind;

/** How attempts of a pool have ended since that was last passed on. */
final class PoolTally {

  private static final Ending[] ENDINGS = Ending.values();

  private final long[] attempts = new long[ENDINGS.length];
  private final long[] nanos = new long[ENDINGS.length];

  /** One was reported, by the ordinal of its {@link ReportKind}. */
  void reported(int kind, long runNanos) {
    Ending ending =
        kind == ReportKind.SUCCEEDED.ordinal()
            ? Ending.SUCCEEDED
            : kind == ReportKind.TIMED_OUT.ordinal() ? Ending.TIMED_OUT : Ending.FAILED;
    add(ending, runNanos);
  }

  /** One was stopped that nobody wants. */
  void cancelled(long runNanos) {
    add(Ending.CANCELLED, runNanos);
  }

  private void add(Ending ending, long runNanos) {
    attempts[ending.ordinal()]++;
    nanos[ending.ordinal()] += runNanos;
  }

  /** How many have ended so. */
  long attempts(Ending ending) {
    return attempts[ending.ordinal()];
  }

  /** Passes it on. */
  void drainTo(PoolCounters counters) {
    for (Ending ending : ENDINGS) {
      int i = ending.ordinal();
      if (attempts[i] > 0) {
        counters.add(ending, attempts[i], nanos[i]);
        attempts[i] = 0;
        nanos[i] = 0;
      }
    }
  }
}
