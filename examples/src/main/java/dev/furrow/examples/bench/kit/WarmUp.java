package dev.furrow.examples.bench.kit;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;

/**
 * Measures a rate until the compiler is done: for a least time and then until four seconds in a row
 * give about the same rate, for a longest time at most.
 */
final class WarmUp {

  private static final double STEADY = 1.1;
  private static final int LOOKED_AT = 4;

  /** What is measured for a while. */
  @FunctionalInterface
  interface Rate {
    double perSecond(Duration time) throws Exception;
  }

  private WarmUp() {}

  static void run(Rate rate, Duration least, Duration most) throws Exception {
    Duration chunk = least.compareTo(Duration.ofSeconds(2)) < 0 ? least : Duration.ofSeconds(1);
    long start = System.nanoTime();
    Deque<Double> rates = new ArrayDeque<>();
    while (true) {
      rates.addLast(rate.perSecond(chunk));
      if (rates.size() > LOOKED_AT) {
        rates.removeFirst();
      }
      long passed = System.nanoTime() - start;
      boolean enough = passed >= least.toNanos() && steady(rates);
      if (enough || passed >= most.toNanos()) {
        return;
      }
    }
  }

  static boolean steady(Deque<Double> rates) {
    return rates.size() == LOOKED_AT && Collections.max(rates) <= STEADY * Collections.min(rates);
  }
}
