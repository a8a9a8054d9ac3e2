package dev.furrow.examples.bench.kit;

import java.time.Duration;
import java.util.Arrays;
import java.util.function.LongUnaryOperator;

/** How long one thing takes from submit to result, with none beside it. */
final class RoundTrip {

  private RoundTrip() {}

  /** Each trip's time in nanoseconds, of tasks that do nothing. */
  static long[] nanos(Grid grid, Duration time) throws Exception {
    return nanos(number -> grid.submit(new Work.NoOp(number)), number -> number, time);
  }

  /** Each trip's time in nanoseconds; trips are numbered from 0. */
  static long[] nanos(Window.Submit<Long> submit, LongUnaryOperator expected, Duration time)
      throws Exception {
    long[] trips = new long[1024];
    int count = 0;
    long end = System.nanoTime() + time.toNanos();
    long now = System.nanoTime();
    while (now - end < 0) {
      long result = submit.submit((long) count).join();
      long after = System.nanoTime();
      if (result != expected.applyAsLong(count)) {
        throw new IllegalStateException(
            "round trip: the result of number "
                + count
                + " was "
                + result
                + ", not "
                + expected.applyAsLong(count));
      }
      if (count == trips.length) {
        trips = Arrays.copyOf(trips, 2 * count);
      }
      trips[count++] = after - now;
      now = System.nanoTime();
    }
    return Arrays.copyOf(trips, count);
  }
}
