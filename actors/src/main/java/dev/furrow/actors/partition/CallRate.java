package dev.furrow.actors.partition;

/**
 * How many calls are answered in a second: an average in which calls count less the older they are,
 * by half after 1.4 seconds. Costs three numbers, whatever happens.
 */
final class CallRate {

  private static final double SECOND = 1e9;

  /** Calls that are older than this have 37 % of their first weight. */
  private static final double SPAN = 2 * SECOND;

  private boolean begun;
  private long last;
  private long calls;
  private double average;

  /** So many calls were answered. */
  void add(int count) {
    calls += count;
  }

  /** Time has passed; to be called at least once a second. Nothing is measured before the first. */
  void tick(long now) {
    if (!begun) {
      begun = true;
      last = now;
      return;
    }
    long passed = now - last;
    if (passed <= 0) {
      return;
    }
    average += (calls * SECOND / passed - average) * -Math.expm1(-passed / SPAN);
    calls = 0;
    last = now;
  }

  /** Calls in a second, as of the last tick. */
  double perSecond() {
    return average;
  }
}
