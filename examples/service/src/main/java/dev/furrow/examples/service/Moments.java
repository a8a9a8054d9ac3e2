package dev.furrow.examples.service;

/**
 * What is known of some numbers.
 *
 * @param count how many
 * @param sum of them
 * @param squares sum of their squares
 */
record Moments(long count, double sum, double squares) {

  static final Moments NONE = new Moments(0, 0, 0);

  Moments plus(Moments more) {
    return new Moments(count + more.count, sum + more.sum, squares + more.squares);
  }

  double mean() {
    return sum / count;
  }

  /** By how much the mean is expected to be off. */
  double standardError() {
    double variance = Math.max(0, squares / count - mean() * mean());
    return Math.sqrt(variance / count);
  }
}
