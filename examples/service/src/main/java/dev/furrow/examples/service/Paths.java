package dev.furrow.examples.service;

import dev.furrow.Task;
import dev.furrow.TaskContext;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * Ways that a share's price may go (geometric Brownian motion without risk premium), and what an
 * option would pay on each, discounted.
 *
 * @param option what is priced
 * @param seed the same seed gives the same ways
 * @param count how many; at least 1
 */
record Paths(AsianCall option, long seed, int count) implements Task<Moments> {

  /** Steps of one task: some milliseconds of work, a thousand times what it costs to send it. */
  private static final int STEPS = 500_000;

  /**
   * Shares ways out to tasks; how depends on nothing but the arguments, so that the same question
   * has the same answer on any number of cores.
   *
   * @param total at least 1
   */
  static Stream<Paths> share(AsianCall option, long total, long seed) {
    int each = Math.max(1, STEPS / option.days());
    SplittableRandom seeds = new SplittableRandom(seed);
    return LongStream.iterate(0, from -> from < total, from -> from + each)
        .mapToObj(from -> new Paths(option, seeds.nextLong(), (int) Math.min(each, total - from)));
  }

  @Override
  public Moments run(TaskContext context) {
    SplittableRandom random = new SplittableRandom(seed);
    double step = 1.0 / AsianCall.DAYS_OF_A_YEAR;
    double drift = (option.rate() - option.volatility() * option.volatility() / 2) * step;
    double spread = option.volatility() * Math.sqrt(step);
    double discount = Math.exp(-option.rate() * option.years());
    double sum = 0;
    double squares = 0;
    for (int path = 0; path < count; path++) {
      double price = option.spot();
      double prices = 0;
      for (int day = 0; day < option.days(); day++) {
        price *= Math.exp(drift + spread * random.nextGaussian());
        prices += price;
      }
      double pays = discount * Math.max(0, prices / option.days() - option.strike());
      sum += pays;
      squares += pays * pays;
    }
    return new Moments(count, sum, squares);
  }
}
