package dev.furrow.examples.digits;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * The models to try. A random part of a grid finds as good a model as the whole grid, for less work
 * (Bergstra and Bengio, "Random Search for Hyper-Parameter Optimization", JMLR 13, 2012).
 */
final class Grid {

  private static final int[] HIDDEN = {0, 16, 32, 64};
  private static final double[] RATE = {0.003, 0.01, 0.03, 0.1, 0.3};
  private static final double[] MOMENTUM = {0.0, 0.9};
  private static final double[] DECAY = {0.0, 0.001};
  private static final int[] BATCH = {16, 32, 64};

  private Grid() {}

  /** Every model of the grid, in a fixed order. */
  static List<Config> all() {
    List<Config> all = new ArrayList<>();
    for (int hidden : HIDDEN) {
      for (double rate : RATE) {
        for (double momentum : MOMENTUM) {
          for (double decay : DECAY) {
            for (int batch : BATCH) {
              all.add(new Config(hidden, rate, momentum, decay, batch));
            }
          }
        }
      }
    }
    return List.copyOf(all);
  }

  /**
   * Different models, drawn at random.
   *
   * @param count from 1 to the size of the grid
   * @param seed the same seed draws the same models
   */
  static List<Config> draw(int count, long seed) {
    List<Config> all = all();
    if (count < 1 || count > all.size()) {
      throw new IllegalArgumentException(
          "the grid has 1 to " + all.size() + " models to draw (was " + count + ")");
    }
    int[] order = Split.shuffled(IntStream.range(0, all.size()).toArray(), new Random(seed));
    return Arrays.stream(order, 0, count).mapToObj(all::get).toList();
  }
}
