package dev.furrow.examples.bench;

import dev.furrow.examples.bench.kit.Figure;
import dev.furrow.examples.bench.kit.Row;
import dev.furrow.examples.bench.kit.Shape;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Measures Furrow beside an in-JVM thread pool, plain loopback TCP and rivals: every contender in
 * each round, each in fresh processes, medians over rounds. Run it with {@code --help} for its
 * arguments.
 *
 * <p>Ends with status 0; 1 if a contender failed, whose figures are then missing; 2 if an argument
 * was wrong.
 */
public final class Bench {

  private static final int FAILED = 1;
  private static final int MISUSED = 2;

  private final Arguments arguments;
  private final Places places;
  private final PrintStream out;
  private final PrintStream err;
  private final Results results = new Results();
  private boolean failed;

  private Bench(Arguments arguments, Places places, PrintStream out, PrintStream err) {
    this.arguments = arguments;
    this.places = places;
    this.out = out;
    this.err = err;
  }

  /**
   * Runs the benchmark.
   *
   * @param args as {@code --help} lists them
   */
  public static void main(String[] args) {
    int status = run(Places.ofThisProgram(), System.out, System.err, args);
    if (status != 0) {
      System.exit(status);
    }
  }

  /** Runs the benchmark and gives the status to end with. */
  static int run(Places places, PrintStream out, PrintStream err, String... args) {
    Arguments arguments;
    try {
      arguments = Arguments.parse(args);
      arguments.contenders().forEach(places::classPath);
    } catch (IllegalArgumentException e) {
      err.println("bench: " + e.getMessage());
      return MISUSED;
    }
    if (arguments.help()) {
      out.println(Arguments.USAGE);
      return 0;
    }
    try {
      Bench bench = new Bench(arguments, places, out, err);
      bench.measure();
      return bench.failed ? FAILED : 0;
    } catch (IOException e) {
      err.println("bench: " + e.getMessage());
      return FAILED;
    } catch (InterruptedException e) {
      err.println("bench: interrupted before the end");
      return FAILED;
    }
  }

  private void measure() throws IOException, InterruptedException {
    Machine machine = Machine.now();
    print("%d cores, Java %s, load %.2f", machine.cores(), machine.java(), machine.load());
    for (int round = 1; round <= arguments.rounds(); round++) {
      for (Contender contender : arguments.contenders()) {
        for (Shape shape : Shape.values()) {
          measure(round, contender, shape);
        }
      }
      results.endRound(round);
    }
    String stamp = machine.time().toString().replace(":", "");
    Path file = places.output().resolve("bench-" + stamp + ".json");
    ResultsFile.write(file, machine, arguments, results);
    print("%n%s%n%s", Table.of(arguments, results), file);
  }

  private void measure(int round, Contender contender, Shape shape)
      throws IOException, InterruptedException {
    List<Row> rows =
        arguments.rows().stream()
            .filter(row -> row.shape() == shape && arguments.asksFor(contender, row))
            .toList();
    if (rows.isEmpty()) {
      return;
    }
    String name = contender.key() + "-" + shape.name().toLowerCase(Locale.ROOT) + "-" + round;
    Path log = places.output().resolve("logs").resolve(name + ".log");
    long start = System.nanoTime();
    try {
      for (Figure figure : new DriverRun(contender, rows, arguments).figures(places, log)) {
        results.add(contender, round, figure);
      }
    } catch (IOException e) {
      failed = true;
      err.println("bench: " + e.getMessage());
      return;
    }
    print(
        "round %d of %d  %-20s  %3.0f s  %s",
        round,
        arguments.rounds(),
        contender.title(),
        (System.nanoTime() - start) / 1e9,
        rows.stream().map(Row::key).collect(Collectors.joining(", ")));
  }

  private void print(String format, Object... values) {
    out.println(String.format(Locale.ROOT, format, values));
  }
}
