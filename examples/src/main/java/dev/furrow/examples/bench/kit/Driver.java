package dev.furrow.examples.bench.kit;

import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/**
 * The frame of a driver's program: starts a contender, warms it up, measures rows, and prints each
 * figure as a line. Arguments: {@code full} or {@code quick}, how many entries state has where
 * there are many, then rows of one shape.
 */
public final class Driver {

  private final Grid grid;
  private final Shape shape;
  private final Sizes sizes;
  private final int entries;
  private final List<ProcessHandle> workers;
  private @Nullable StateRows state;
  private boolean warm;

  private Driver(Grid grid, Shape shape, Sizes sizes, int entries, List<ProcessHandle> workers) {
    this.grid = grid;
    this.shape = shape;
    this.sizes = sizes;
    this.entries = entries;
    this.workers = workers;
  }

  /**
   * Measures a contender with worker processes. Does not return.
   *
   * @param args the program's arguments
   * @param factory starts the contender
   */
  public static void measureCluster(String[] args, Grid.Factory factory) {
    run(args, factory, true);
  }

  /**
   * Measures what a contender is compared with. Does not return.
   *
   * @param args the program's arguments
   * @param factory starts it
   */
  public static void measureReference(String[] args, Grid.Factory factory) {
    run(args, factory, false);
  }

  private static void run(String[] args, Grid.Factory factory, boolean hasWorkers) {
    WorkerJvms.endWithParent();
    try {
      Sizes sizes = args[0].equals("quick") ? Sizes.QUICK : Sizes.FULL;
      int entries = Integer.parseInt(args[1]);
      List<Row> rows = Arrays.stream(args).skip(2).map(Row::of).toList();
      Shape shape = rows.get(0).shape();
      Grid grid = factory.open(shape);
      List<ProcessHandle> workers = hasWorkers ? Workers.await(grid, shape) : List.of();
      tell(Figure.READY);
      Driver driver = new Driver(grid, shape, sizes, entries, workers);
      for (Row row : rows) {
        driver.measure(row);
      }
      tell(Figure.DONE);
      new CountDownLatch(1).await(); // until the parent ends this process and all workers
    } catch (Throwable failed) { // whatever it is, the benchmark must end and say so
      failed.printStackTrace();
      Runtime.getRuntime().halt(1);
    }
  }

  /** Prints a line, and to the log when that was. */
  private static void tell(String line) {
    System.out.println(line);
    long millis = ManagementFactory.getRuntimeMXBean().getUptime();
    System.err.println(millis + " ms after the driver's start: " + line);
  }

  private void measure(Row row) throws Exception {
    switch (row) {
      case START -> {} // measured by who started this process
      case SUBMIT -> print(Measure.SUBMIT, perSecond(Throughput.bySubmit(grid)));
      case SUBMIT_ALL -> print(Measure.SUBMIT_ALL, perSecond(grid::runAll));
      case ROUND_TRIP -> roundTrip();
      case MONTE_CARLO -> print(Measure.MONTE_CARLO, Rehearsal.value(this::speedup, sizes));
      case SLEEPS -> print(Measure.SLEEPS, efficiency(Sleeps.equal()));
      case PARETO -> print(Measure.PARETO, efficiency(Sleeps.uneven()));
      case KILL -> {
        warmUp(grid::runAll);
        print(Measure.KILL, KillRow.cost(grid, shape, workers.get(0)));
      }
      case UPDATES -> state().updates();
      case UPDATE_ROUND_TRIP -> state().roundTrip();
      case UPDATE_ALL -> state().updateAll();
      case ENTRIES -> state().entries(workers.size());
    }
  }

  private double perSecond(Throughput.Way way) throws Exception {
    WarmUp.run(rate(way), sizes.warmUp(), sizes.longestWarmUp());
    warm = true;
    return Throughput.perSecond(way, sizes.measured());
  }

  private void roundTrip() throws Exception {
    warmUp(Throughput.bySubmit(grid));
    long[] unused = RoundTrip.nanos(grid, sizes.rehearsal());
    long[] trips = RoundTrip.nanos(grid, sizes.measured());
    print(Measure.ROUND_TRIP_P50, Statistics.percentile(trips, 0.5) / 1e3);
    print(Measure.ROUND_TRIP_P99, Statistics.percentile(trips, 0.99) / 1e3);
  }

  private double efficiency(List<Integer> millis) throws Exception {
    warmUp(grid::runAll);
    return Rehearsal.value(repeats -> Sleeps.efficiency(grid, millis, shape, repeats), sizes);
  }

  private double speedup(int repeats) throws Exception {
    return MonteCarloRow.speedup(grid, sizes.monteCarloTasks(), Math.min(2, repeats));
  }

  /** Once in a driver's life, where the row's own way is not what takes the time. */
  private void warmUp(Throughput.Way way) throws Exception {
    if (!warm) {
      WarmUp.run(rate(way), sizes.warmUp(), sizes.longestWarmUp().dividedBy(2));
      warm = true;
    }
  }

  private static WarmUp.Rate rate(Throughput.Way way) {
    return time -> Throughput.perSecond(way, time);
  }

  private StateRows state() {
    if (state == null) {
      state = new StateRows(grid, sizes, entries, Driver::print);
    }
    return state;
  }

  private static void print(Measure measure, double value) {
    print(new Figure(measure, value));
  }

  private static void print(Figure figure) {
    tell(figure.line());
  }
}
