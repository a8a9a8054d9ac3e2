package dev.furrow.examples.bench.kit;

import java.time.Duration;

/**
 * How long is measured.
 *
 * @param warmUp how long a driver warms up at least
 * @param longestWarmUp how long at most, if rates go on changing
 * @param rehearsal how long a row that is no rate is run before it counts
 * @param measured how long a rate is measured
 * @param repeats how often a row of fixed size is run
 * @param monteCarloTasks tasks of that row
 */
public record Sizes(
    Duration warmUp,
    Duration longestWarmUp,
    Duration rehearsal,
    Duration measured,
    int repeats,
    int monteCarloTasks) {

  /** What the figures are published from. */
  public static final Sizes FULL =
      new Sizes(
          Duration.ofSeconds(5),
          Duration.ofSeconds(16),
          Duration.ofSeconds(10),
          Duration.ofSeconds(3),
          4,
          400);

  /** To see that everything runs; the figures say little. */
  public static final Sizes QUICK =
      new Sizes(
          Duration.ofSeconds(1),
          Duration.ofSeconds(1),
          Duration.ofMillis(500),
          Duration.ofMillis(500),
          1,
          100);
}
