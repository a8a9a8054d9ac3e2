package dev.furrow.examples.bench.kit;

import java.util.Collections;
import java.util.List;

/** How close sleeping tasks come to the time that the slots alone would take. */
final class Sleeps {

  /** First-in-first-out itself comes to 0.747 of the ideal with these times. */
  private static final int PARETO_SEED = 54;

  private Sleeps() {}

  static List<Integer> equal() {
    return Collections.nCopies(4_000, 10);
  }

  static List<Integer> uneven() {
    return Pareto.millis(2_000, PARETO_SEED);
  }

  /** Ideal ÷ wall over all repeats. */
  static double efficiency(Grid grid, List<Integer> millis, Shape shape, int repeats)
      throws Exception {
    double wall = 0;
    for (int i = 0; i < repeats; i++) {
      wall += wallMillis(grid, millis);
    }
    return repeats * Ideal.wall(millis, shape.slots()) / wall;
  }

  private static double wallMillis(Grid grid, List<Integer> millis) throws Exception {
    Tally tally = new Tally();
    long start = System.nanoTime();
    grid.runAll(millis.stream().map(Work.Sleep::new).iterator(), tally);
    long wall = System.nanoTime() - start;
    long sum = millis.stream().mapToLong(Integer::longValue).sum();
    tally.check("sleeps", millis.size(), sum);
    return wall / 1e6;
  }
}
