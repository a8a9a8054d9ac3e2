package dev.furrow.examples.bench.kit;

import java.util.Collections;
import java.util.function.LongConsumer;

/** Kills a worker when half of the results are there, and sees how long the rest takes. */
final class KillRow {

  private static final int TASKS = 2_000;
  private static final int MILLIS = 10;

  private KillRow() {}

  /** Wall ÷ ideal. */
  static double cost(Grid grid, Shape shape, ProcessHandle victim) throws Exception {
    Tally tally = new Tally();
    LongConsumer killing =
        result -> {
          tally.accept(result);
          if (tally.count() == TASKS / 2 && !victim.destroyForcibly()) {
            throw new IllegalStateException(
                "worker process " + victim.pid() + " could not be killed");
          }
        };
    long start = System.nanoTime();
    grid.runAll(Collections.nCopies(TASKS, new Work.Sleep(MILLIS)).iterator(), killing);
    double wall = (System.nanoTime() - start) / 1e6;
    tally.check("kill", TASKS, (long) TASKS * MILLIS);
    if (victim.isAlive()) {
      throw new IllegalStateException("worker process " + victim.pid() + " outlived its kill");
    }
    return wall / Ideal.wallWithLoss(TASKS, MILLIS, shape);
  }
}
