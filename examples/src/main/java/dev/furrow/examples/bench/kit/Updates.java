package dev.furrow.examples.bench.kit;

import java.time.Duration;

/**
 * Updates of counters: each adds one to the next of 100,000 keys, over and over, so that the reply
 * to the update with number n, from 0, is n ÷ 100,000 + 1.
 */
final class Updates {

  /** More than are in flight at once, so that no key has two. */
  private static final int KEYS = 100_000;

  /** Divides the number of keys. */
  private static final int BATCH = 10_000;

  private static final int BATCHES_IN_FLIGHT = 4;

  private final Counters counters;
  private final Window.Submit<Long> submit;
  private final int weight;
  private final int window;
  private long made;

  private Updates(Counters counters, Window.Submit<Long> submit, int weight, int window) {
    this.counters = counters;
    this.submit = submit;
    this.weight = weight;
    this.window = window;
  }

  /** One call each. */
  static Updates single(Counters counters) {
    return new Updates(counters, counters::add, 1, Grid.WINDOW);
  }

  /** Many keys a call. */
  static Updates batched(Counters counters) {
    return new Updates(counters, first -> counters.addAll(first, BATCH), BATCH, BATCHES_IN_FLIGHT);
  }

  /** Updates a second, first call to last reply. */
  double perSecond(Duration time) throws Exception {
    long first = made;
    Tally tally = new Tally();
    long start = System.nanoTime();
    Numbered<Long> keys = new Numbered<>(number -> (first + number * weight) % KEYS, weight, time);
    Window.run(submit, keys, window, tally);
    double seconds = (System.nanoTime() - start) / 1e9;
    made += keys.issued() * weight;
    tally.check("updates", keys.issued(), replies(made) - replies(first));
    return (made - first) / seconds;
  }

  /** Each update's time in nanoseconds, with none beside it. */
  long[] nanos(Duration time) throws Exception {
    long first = made;
    long[] trips =
        RoundTrip.nanos(
            number -> submit.submit((first + number) % KEYS),
            number -> (first + number) / KEYS + 1,
            time);
    made += trips.length;
    return trips;
  }

  /**
   * Compares the sum of all counters with the number of updates.
   *
   * @throws IllegalStateException updates were lost or doubled
   */
  void check() throws Exception {
    long sum = counters.sum();
    if (sum != made) {
      throw new IllegalStateException(
          "the counters sum to " + sum + " after " + made + " updates: the results are wrong");
    }
  }

  /** What the replies to the first updates sum to. */
  private static long replies(long updates) {
    long whole = updates / KEYS;
    return KEYS * (whole * (whole + 1) / 2) + updates % KEYS * (whole + 1);
  }
}
