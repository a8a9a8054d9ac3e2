package dev.furrow.examples.digits;

import java.util.Locale;

/**
 * How a model is built and how it learns.
 *
 * @param hidden units of the hidden layer; 0 is no such layer, which is softmax regression
 * @param rate how far a step goes; above 0
 * @param momentum how much of the last step is kept; from 0 to below 1
 * @param decay how strongly weights are drawn to zero; at least 0
 * @param batch images that a step learns from; at least 1
 */
record Config(int hidden, double rate, double momentum, double decay, int batch) {

  Config {
    if (hidden < 0
        || !(rate > 0)
        || !(momentum >= 0 && momentum < 1)
        || !(decay >= 0)
        || batch < 1) {
      throw new IllegalArgumentException(
          "a model needs hidden >= 0, rate > 0, 0 <= momentum < 1, decay >= 0 and batch >= 1 (were "
              + hidden
              + ", "
              + rate
              + ", "
              + momentum
              + ", "
              + decay
              + ", "
              + batch
              + ")");
    }
  }

  /** The columns of {@link #row()}. */
  static String head() {
    return "hidden   rate  momentum   decay  batch";
  }

  /** The values, under {@link #head()}. */
  String row() {
    return String.format(
        Locale.ROOT, "%6d  %5.3f  %8.1f  %6.4f  %5d", hidden, rate, momentum, decay, batch);
  }
}
