package dev.furrow.examples.bench.kit;

import java.time.Duration;
import java.util.Arrays;

/** How long one task takes from submit to result, with none beside it. */
final class RoundTrip {

  private RoundTrip() {}

  /** Each trip's time in nanoseconds. */
  static long[] nanos(Grid grid, Duration time) throws Exception {
    long[] trips = new long[1024];
    int count = 0;
    long end = System.nanoTime() + time.toNanos();
    long now = System.nanoTime();
    while (now - end < 0) {
      long result = grid.submit(new Work.NoOp(count)).join();
      long after = System.nanoTime();
      if (result != count) {
        throw new IllegalStateException(
            "round trip: the result of task " + count + " was " + result);
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
