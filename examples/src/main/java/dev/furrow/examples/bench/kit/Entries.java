package dev.furrow.examples.bench.kit;

import java.util.stream.LongStream;

/** Many small entries: what they take of the workers' heaps, and how fast they are added up. */
final class Entries {

  private static final int BATCH = 10_000;
  private static final int BATCHES_IN_FLIGHT = 4;

  private final Counters counters;
  private final int count;

  Entries(Counters counters, int count) {
    this.counters = counters;
    this.count = count;
  }

  /** Makes all entries, each with the value 1. */
  void load() throws Exception {
    Tally tally = new Tally();
    Window.<Long>run(
        first -> counters.fill(first, (int) Math.min(BATCH, count - first)),
        LongStream.iterate(0, first -> first < count, first -> first + BATCH).iterator(),
        BATCHES_IN_FLIGHT,
        tally);
    tally.check("loading", (count + BATCH - 1) / BATCH, count);
  }

  /** Entries that are added up in a second. */
  double perSecond(int repeats) throws Exception {
    long start = System.nanoTime();
    for (int i = 0; i < repeats; i++) {
      long sum = counters.sum();
      if (sum != count) {
        throw new IllegalStateException(
            "the sum of " + count + " entries of 1 was " + sum + ": the result is wrong");
      }
    }
    return repeats * (double) count / ((System.nanoTime() - start) / 1e9);
  }
}
