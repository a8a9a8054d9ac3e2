package dev.furrow.examples.bench.kit;

import java.util.List;
import java.util.stream.LongStream;

/** The speedup of tasks that take CPU over the same tasks in a loop of the driver. */
final class MonteCarloRow {

  /** About five milliseconds of a core. */
  private static final int POINTS = 500_000;

  private MonteCarloRow() {}

  static double speedup(Grid grid, int tasks, int repeats) throws Exception {
    List<Work.MonteCarlo> works =
        LongStream.range(0, tasks).mapToObj(seed -> new Work.MonteCarlo(seed, POINTS)).toList();
    double loop = 0;
    double wall = 0;
    for (int i = 0; i < repeats; i++) {
      Tally expected = new Tally();
      loop += inLoop(works, expected);
      Tally tally = new Tally();
      long start = System.nanoTime();
      grid.runAll(works.iterator(), tally);
      wall += System.nanoTime() - start;
      tally.check("Monte Carlo", expected.count(), expected.sum());
    }
    return loop / wall;
  }

  private static long inLoop(List<Work.MonteCarlo> works, Tally tally) {
    long start = System.nanoTime();
    for (Work.MonteCarlo work : works) {
      tally.accept(work.call());
    }
    return System.nanoTime() - start;
  }
}
