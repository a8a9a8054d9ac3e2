package dev.furrow.examples.pi;

import dev.furrow.Furrow;
import dev.furrow.Job;
import dev.furrow.JobOptions;
import dev.furrow.JobReport;
import dev.furrow.examples.Comparison;
import dev.furrow.examples.Program;
import dev.furrow.examples.ProgressLine;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Computes pi from random points, on every core, and then once more in a plain loop: both must
 * count the same, task by task. Run it with {@code --help} for its arguments.
 *
 * <p>Ends with status 0; 1 if the counts differ or something failed; 2 if an argument was wrong.
 */
public final class Pi {

  private static final Duration DRAW_EVERY = Duration.ofMillis(200);

  /** Tasks of a slot that are not timed: Java compiles a program while it runs. */
  private static final int WARM_UP = 100;

  private final PrintStream out;
  private final long points;
  private final List<Darts> tasks;

  private Pi(PiArguments arguments, PrintStream out) {
    this.out = out;
    this.points = arguments.points();
    this.tasks = Darts.share(arguments.points(), arguments.seed());
  }

  /**
   * Computes pi.
   *
   * @param args as {@code --help} lists them
   */
  public static void main(String[] args) {
    int status = run(System.out, System.err, args);
    if (status != 0) {
      System.exit(status);
    }
  }

  /** Computes pi and gives the status to end with. */
  static int run(PrintStream out, PrintStream err, String... args) {
    return new Program("pi", PiArguments.USAGE, out, err)
        .run(PiArguments::parse, arguments -> new Pi(arguments, out).compute(arguments), args);
  }

  private void compute(PiArguments arguments) {
    Counts parallel;
    JobReport report;
    try (Furrow furrow = start(arguments.workers())) {
      print(
          "Pi from %,d random points in %,d tasks, on %d slots of %s",
          points,
          tasks.size(),
          furrow.cluster().slots(),
          arguments.workers() == 0 ? "this JVM" : arguments.workers() + " worker processes");
      warmUp(furrow);
      long begin = System.nanoTime();
      Job<Long> job = furrow.submitAll(JobOptions.named("pi"), tasks);
      parallel = new Counts(follow(job), since(begin));
      report = job.completion().toCompletableFuture().join();
    }
    Estimate estimate = new Estimate(parallel.total(), points);
    print(
        "%npi = %.8f, off by %+.8f (expected: ±%.8f)",
        estimate.pi(), estimate.pi() - Math.PI, estimate.standardError());
    print("%nThe same in a plain loop, on one thread:");
    Counts serial = inThisThread();
    requireEqual(serial.hits(), parallel.hits());
    print(
        "%nEqual: %,d points hit, and as many in each of the %,d tasks",
        serial.total(), tasks.size());
    print("%s", new Comparison(serial.time(), parallel.time(), report.slots()));
    print("%n%s", report);
  }

  /**
   * What was counted.
   *
   * @param hits of each task
   * @param time by the clock on the wall
   */
  private record Counts(List<Long> hits, Duration time) {

    long total() {
      return hits.stream().mapToLong(Long::longValue).sum();
    }
  }

  private static Furrow start(int workers) {
    return workers == 0 ? Furrow.local() : Furrow.builder().workers(workers).start();
  }

  private void warmUp(Furrow furrow) {
    int some = Math.min(tasks.size(), WARM_UP * furrow.cluster().slots());
    print("Warming up, not timed: %d tasks", some);
    List<Long> unused =
        furrow.submitAll(JobOptions.named("warm-up"), tasks.subList(0, some)).join();
  }

  private List<Long> follow(Job<Long> job) {
    try (ProgressLine line = ProgressLine.on(out)) {
      line.follow(DRAW_EVERY, () -> ProgressLine.Count.of(job, ""));
      return job.join();
    }
  }

  private Counts inThisThread() {
    Long[] hits = new Long[tasks.size()];
    long unused = tasks.stream().limit(WARM_UP).mapToLong(Darts::hits).sum();
    AtomicInteger done = new AtomicInteger();
    long begin = System.nanoTime();
    try (ProgressLine line = ProgressLine.on(out)) {
      line.follow(DRAW_EVERY, () -> new ProgressLine.Count(tasks.size(), done.get(), 1, 0, 0, ""));
      for (int task = 0; task < hits.length; task++) {
        hits[task] = tasks.get(task).hits();
        done.incrementAndGet();
      }
    }
    return new Counts(List.of(hits), since(begin));
  }

  /**
   * Compares the counts of each task.
   *
   * @throws IllegalStateException they differ; the message says where
   */
  static void requireEqual(List<Long> serial, List<Long> parallel) {
    for (int task = 0; task < serial.size(); task++) {
      if (!serial.get(task).equals(parallel.get(task))) {
        throw new IllegalStateException(
            String.format(
                Locale.ROOT,
                "task %d counted %,d hits in parallel but %,d in the plain loop",
                task,
                parallel.get(task),
                serial.get(task)));
      }
    }
  }

  private static Duration since(long begin) {
    return Duration.ofNanos(System.nanoTime() - begin);
  }

  private void print(String format, Object... values) {
    out.println(String.format(Locale.ROOT, format, values));
  }
}
