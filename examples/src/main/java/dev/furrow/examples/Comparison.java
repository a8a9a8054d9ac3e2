package dev.furrow.examples;

import java.time.Duration;
import java.util.Locale;

/**
 * A job's time beside that of a plain loop which does the same work on one thread, both by the
 * clock on the wall.
 *
 * @param serial how long the loop took
 * @param parallel how long the job took
 * @param slots the job's slots
 */
public record Comparison(Duration serial, Duration parallel, int slots) {

  /** How many times as long the loop took. */
  public double factor() {
    return (double) serial.toNanos() / parallel.toNanos();
  }

  /** One line for a terminal. */
  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%.2f times as fast as the loop: %.2f s in the loop, %.2f s in parallel (slots: %d, cores: %d)",
        factor(),
        serial.toNanos() / 1e9,
        parallel.toNanos() / 1e9,
        slots,
        Runtime.getRuntime().availableProcessors());
  }
}
