package dev.furrow.actors.job;

/**
 * How long attempts took: a histogram whose bins grow with what they hold, exact to an eighth, so
 * that a quantile of millions of times costs nothing to keep.
 */
final class Durations {

  private static final int STEPS = 8;

  private final int[] bins = new int[64 * STEPS];
  private long count;
  private long longest;

  void add(long nanos) {
    long time = Math.max(1, nanos);
    bins[bin(time)]++;
    count++;
    longest = Math.max(longest, time);
  }

  long count() {
    return count;
  }

  /** The longest time, in nanoseconds; 0 if there is none. */
  long longest() {
    return longest;
  }

  /** A time that half of the attempts did not exceed, in nanoseconds; 0 if there is none. */
  long median() {
    long rank = (count + 1) / 2;
    for (int bin = 0; bin < bins.length; bin++) {
      rank -= bins[bin];
      if (rank <= 0 && count > 0) {
        return Math.min(longest, upper(bin));
      }
    }
    return 0;
  }

  /** The position of the highest bit, and the three bits after it. */
  private static int bin(long time) {
    int high = 63 - Long.numberOfLeadingZeros(time);
    int step = (int) (high >= 3 ? time >>> (high - 3) : time << (3 - high)) & (STEPS - 1);
    return high * STEPS + step;
  }

  private static long upper(int bin) {
    int high = bin / STEPS;
    double lower = Math.pow(2, high) * (1 + (bin % STEPS) / (double) STEPS);
    return (long) (lower + Math.pow(2, high) / STEPS);
  }
}
