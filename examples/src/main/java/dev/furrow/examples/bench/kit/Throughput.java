package dev.furrow.examples.bench.kit;

import java.time.Duration;
import java.util.Iterator;
import java.util.function.LongConsumer;

/** How many tasks that do nothing pass in a second, first submit to last result. */
final class Throughput {

  /** A way to run many tasks. */
  @FunctionalInterface
  interface Way {
    void run(Iterator<? extends Work> works, LongConsumer results) throws Exception;
  }

  private Throughput() {}

  /** One submit each. */
  static Way bySubmit(Grid grid) {
    return (works, results) -> Window.run(grid, works, Grid.WINDOW, results);
  }

  static double perSecond(Way way, Duration time) throws Exception {
    Tally tally = new Tally();
    long start = System.nanoTime();
    NoOps source = new NoOps(time);
    way.run(source, tally);
    double seconds = (System.nanoTime() - start) / 1e9;
    tally.check("no-op tasks", source.issued(), source.sum());
    return tally.count() / seconds;
  }
}
