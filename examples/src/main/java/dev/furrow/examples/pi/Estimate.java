package dev.furrow.examples.pi;

/**
 * What darts say about pi.
 *
 * @param hits darts that hit the quarter of a circle
 * @param darts all darts; at least 1
 */
record Estimate(long hits, long darts) {

  /** Four times the share that hit. */
  double pi() {
    return 4 * share();
  }

  /** By how much {@link #pi()} is expected to be off: the standard error of that many throws. */
  double standardError() {
    return 4 * Math.sqrt(share() * (1 - share()) / darts);
  }

  private double share() {
    return (double) hits / darts;
  }
}
