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
    return (works, results) -> Window.run(grid::submit, works, Grid.WINDOW, results);
  }

  static double perSecond(Way way, Duration time) throws Exception {
    Tally tally = new Tally();
    long start = System.nanoTime();
    Numbered<Work> source = new Numbered<>(Work.NoOp::new, 1, time);
    way.run(source, tally);
    double seconds = (System.nanoTime() - start) / 1e9;
    long issued = source.issued();
    tally.check("no-op tasks", issued, issued * (issued - 1) / 2);
    return tally.count() / seconds;
  }
}
