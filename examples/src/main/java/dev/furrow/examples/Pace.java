package dev.furrow.examples;

/**
 * How fast tasks end, measured without the first quarter to half of the time that has passed, so
 * that a slow start is forgotten.
 */
final class Pace {

  private long fromNanos;
  private long fromDone;
  private long nextNanos;
  private long nextDone;

  /**
   * Takes note of how far the work has come.
   *
   * @param elapsed nanoseconds since the start; never less than before
   * @param done tasks that have ended; never fewer than before
   * @return nanoseconds that one more task takes; infinite if none has ended yet
   */
  double nanosPerTask(long elapsed, long done) {
    if (done > nextDone && elapsed >= 2 * nextNanos) {
      fromNanos = nextNanos;
      fromDone = nextDone;
      nextNanos = elapsed;
      nextDone = done;
    }
    return done > fromDone
        ? (double) (elapsed - fromNanos) / (done - fromDone)
        : (double) elapsed / done;
  }
}
