package dev.furrow.examples.search;

import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/**
 * Times of the same work on 1, 2, 3 … workers.
 *
 * @param cores that the workers share: no more of them can be at work at the same time
 * @param seconds on 1 worker, on 2 workers and so on
 */
record Curve(int cores, List<Double> seconds) {

  /** The largest number of workers. */
  int workers() {
    return seconds.size();
  }

  double seconds(int workers) {
    return seconds.get(workers - 1);
  }

  /** The time on 1 worker ÷ that on so many. */
  double speedup(int workers) {
    return seconds(1) / seconds(workers);
  }

  /** How many of so many workers can be at work at the same time. */
  int processors(int workers) {
    return Math.min(workers, cores);
  }

  /** The serial part that fits all times best; unknown on one core or with one worker. */
  OptionalDouble serial() {
    return Laws.fit(
        IntStream.rangeClosed(1, workers())
            .mapToObj(n -> new Laws.Measured(processors(n), speedup(n)))
            .toList());
  }
}
