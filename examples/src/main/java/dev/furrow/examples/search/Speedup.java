package dev.furrow.examples.search;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.furrow.Furrow;
import dev.furrow.JobReport;
import dev.furrow.examples.Program;
import dev.furrow.examples.digits.Ranking;
import dev.furrow.examples.digits.Search;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.IntFunction;

/**
 * Does the same search in a plain loop and on 1, 2, 3 … workers of one slot each: all must come to
 * the same ranking, and the times make the speedup curve. Run it with {@code --help} for its
 * arguments.
 *
 * <p>Ends with status 0; 1 if rankings differ or something failed; 2 if an argument was wrong.
 */
public final class Speedup {

  private final SpeedupArguments arguments;
  private final IntFunction<Furrow> cluster;
  private final PrintStream out;
  private final Search search;

  private Speedup(SpeedupArguments arguments, IntFunction<Furrow> cluster, PrintStream out) {
    this.arguments = arguments;
    this.cluster = cluster;
    this.out = out;
    this.search = Search.of(arguments.configs(), SpeedupArguments.FOLDS, arguments.epochs(), out);
  }

  /**
   * Measures the speedup.
   *
   * @param args as {@code --help} lists them
   */
  public static void main(String[] args) {
    IntFunction<Furrow> processes = n -> Furrow.builder().workers(n).slots(1).start();
    int status = run(processes, System.out, System.err, args);
    if (status != 0) {
      System.exit(status);
    }
  }

  /**
   * Measures the speedup and gives the status to end with.
   *
   * @param cluster starts a cluster of so many slots
   */
  static int run(IntFunction<Furrow> cluster, PrintStream out, PrintStream err, String... args) {
    return new Program("search", SpeedupArguments.USAGE, out, err)
        .run(
            SpeedupArguments::parse,
            arguments -> new Speedup(arguments, cluster, out).measure(),
            args);
  }

  private void measure() throws IOException, InterruptedException {
    int cores = Runtime.getRuntime().availableProcessors();
    print(
        "Search: %d models x %d folds = %d tasks; cores: %d",
        arguments.configs(), SpeedupArguments.FOLDS, search.size(), cores);
    print("Each run warms up first, not timed, on %d models a worker", arguments.warmUp());
    print("%nIn a plain loop, on one thread:");
    if (arguments.warmUp() > 0) {
      Ranking unused = warmUp(1).inThisThread();
    }
    long begin = System.nanoTime();
    Ranking expected = search.inThisThread();
    double loop = (System.nanoTime() - begin) / 1e9;
    List<Double> seconds = new ArrayList<>();
    List<JobReport> reports = new ArrayList<>();
    for (int workers = 1; workers <= arguments.workers(); workers++) {
      print("%nOn %s:", workers == 1 ? "1 worker" : workers + " workers");
      JobReport report = onCluster(workers, expected);
      reports.add(report);
      seconds.add(report.wall().toNanos() / 1e9);
    }
    print("%nEqual: every run came to the loop's ranking. Best is %s", expected.best());
    explain(new Curve(cores, List.copyOf(seconds)), loop);
    print("%n%s", reports.get(reports.size() - 1));
  }

  private JobReport onCluster(int workers, Ranking expected) {
    Search.Found found;
    try (Furrow furrow = cluster.apply(workers)) {
      if (arguments.warmUp() > 0) {
        Search.Found unused = warmUp(workers).onCluster(furrow);
      }
      found = search.onCluster(furrow);
    }
    Optional<String> difference = found.ranking().difference(expected);
    if (difference.isPresent()) {
      throw new IllegalStateException(
          "workers: "
              + workers
              + "; their ranking is not the plain loop's: "
              + difference.get()
              + "; arithmetic must not differ between nodes");
    }
    return found.report();
  }

  private Search warmUp(int workers) {
    PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream(), false, UTF_8);
    return Search.of(arguments.warmUp() * workers, SpeedupArguments.FOLDS, 1, nowhere);
  }

  private void explain(Curve curve, double loop) {
    CurveText text = new CurveText(curve);
    print(
        "The loop took %.2f s, 1 worker %.2f s: %.2f times as long",
        loop, curve.seconds(1), curve.seconds(1) / loop);
    print("%n%s", text.table());
    print("%n%s", text.chart());
    print("%n%s", text.moreCores());
    print("%n%s", text.words());
  }

  private void print(String format, Object... values) {
    out.println(String.format(Locale.ROOT, format, values));
  }
}
