package dev.furrow.examples.bench.kit;

/** Runs a row of fixed size until it has been run for a while, and then counts. */
final class Rehearsal {

  /** What a row gives for a number of repeats. */
  @FunctionalInterface
  interface Repeated {
    double value(int repeats) throws Exception;
  }

  private Rehearsal() {}

  static double value(Repeated row, Sizes sizes) throws Exception {
    long end = System.nanoTime() + sizes.rehearsal().toNanos();
    while (System.nanoTime() - end < 0) {
      double unused = row.value(1);
    }
    return row.value(sizes.repeats());
  }
}
