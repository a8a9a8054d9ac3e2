package dev.furrow.examples.bench.kit;

import java.util.function.LongConsumer;

/** Counts and sums results, and compares them with what they must be. */
final class Tally implements LongConsumer {

  private long count;
  private long sum;

  @Override
  public void accept(long result) {
    count++;
    sum += result;
  }

  long count() {
    return count;
  }

  long sum() {
    return sum;
  }

  /**
   * Compares.
   *
   * @throws IllegalStateException results are missing, doubled or wrong
   */
  void check(String what, long expectedCount, long expectedSum) {
    if (count != expectedCount || sum != expectedSum) {
      throw new IllegalStateException(
          what
              + ": the results are wrong, so that its figure would mean nothing: expected "
              + expectedCount
              + " results with the sum "
              + expectedSum
              + ", had "
              + count
              + " with the sum "
              + sum);
    }
  }
}
