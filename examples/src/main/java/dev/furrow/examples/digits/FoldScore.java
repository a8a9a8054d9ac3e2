package dev.furrow.examples.digits;

/**
 * How a model did on one fold.
 *
 * @param correct images read as what they show
 * @param total images judged
 * @param loss the mean cross entropy, in nats; infinite when learning had run away
 */
record FoldScore(int correct, int total, double loss) {

  /** Correct ones, from 0 to 1. */
  double accuracy() {
    return (double) correct / total;
  }
}
