package dev.furrow.examples.bench.kit;

import java.util.List;
import java.util.Random;

/** Times with many short and few very long ones. */
public final class Pareto {

  private static final double ALPHA = 1.2;
  private static final int LEAST = 2;
  private static final int MOST = 500;

  private Pareto() {}

  /**
   * Draws times in whole milliseconds from the Pareto distribution with α 1.2 from 2 ms on; longer
   * ones than 500 ms are 500 ms.
   *
   * @param count how many
   * @param seed the same seed gives the same times
   * @return the times
   */
  public static List<Integer> millis(int count, long seed) {
    Random random = new Random(seed);
    return random.doubles(count).mapToObj(Pareto::time).toList();
  }

  private static Integer time(double uniform) {
    return (int) Math.min(MOST, LEAST * Math.pow(1 - uniform, -1 / ALPHA));
  }
}
