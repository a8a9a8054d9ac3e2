package dev.furrow.examples.digits;

import dev.furrow.Furrow;
import dev.furrow.Job;
import dev.furrow.JobOptions;
import dev.furrow.JobProgress;
import dev.furrow.JobReport;
import dev.furrow.Outcome;
import dev.furrow.TaskFailure;
import dev.furrow.examples.ProgressLine;
import dev.furrow.examples.digits.Scoreboard.Standing;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/** The search for the best model: as a job on a cluster, or as a plain loop to compare with. */
final class Search {

  private static final Duration DRAW_EVERY = Duration.ofMillis(200);

  private final Arguments arguments;
  private final PrintStream out;
  private final List<Config> configs;
  private final List<FitFold> tasks;

  Search(Arguments arguments, PrintStream out) {
    this.arguments = arguments;
    this.out = out;
    this.configs = Grid.draw(arguments.configs(), arguments.seed());
    this.tasks = FitFold.each(configs, arguments.folds(), arguments.epochs(), arguments.seed());
  }

  /**
   * What a search has found.
   *
   * @param ranking every model, the best one first
   * @param report where the time went
   */
  record Found(List<Standing> ranking, JobReport report) {}

  /** How many tasks the search has. */
  int size() {
    return tasks.size();
  }

  /**
   * Searches on a cluster.
   *
   * @throws IllegalStateException a task failed, or there was no worker to kill; the job is
   *     cancelled
   */
  Found onCluster(Furrow furrow) {
    Scoreboard scores = new Scoreboard(configs, arguments.folds());
    Job<FoldScore> job = furrow.submitAll(JobOptions.named("digits").failFast(), tasks);
    try (ProgressLine line = ProgressLine.on(out);
        Stream<Outcome<FoldScore>> outcomes = job.outcomes()) {
      line.follow(DRAW_EVERY, () -> count(job, scores));
      int seen = 0;
      for (Outcome<FoldScore> outcome : (Iterable<Outcome<FoldScore>>) outcomes::iterator) {
        scores.add(outcome.taskId(), score(outcome));
        seen++;
        if (arguments.kill() && seen == (size() + 1) / 2) {
          line.say(killWorker(seen));
        }
      }
    } catch (RuntimeException e) {
      job.cancel();
      throw e;
    }
    return new Found(scores.ranking(), job.completion().toCompletableFuture().join());
  }

  /** Searches in a plain loop, on this thread. */
  List<Standing> inThisThread() throws IOException, InterruptedException {
    Scoreboard scores = new Scoreboard(configs, arguments.folds());
    AtomicLong done = new AtomicLong();
    try (ProgressLine line = ProgressLine.on(out)) {
      line.follow(
          DRAW_EVERY, () -> new ProgressLine.Count(size(), done.get(), 1, 0, 0, bestSoFar(scores)));
      for (FitFold task : tasks) {
        scores.add(done.get(), task.score(epoch -> {}));
        done.incrementAndGet();
      }
    }
    return scores.ranking();
  }

  private String killWorker(int seen) {
    long pid =
        WorkerProcesses.killOne(WorkerProcesses.MAIN)
            .orElseThrow(
                () ->
                    new IllegalStateException(
                        "found no process of "
                            + WorkerProcesses.MAIN
                            + " beneath this one to kill: run without --kill"));
    return "Killed worker process "
        + pid
        + " (SIGKILL) after "
        + seen
        + " of "
        + size()
        + " tasks; the same model must win.";
  }

  private FoldScore score(Outcome<FoldScore> outcome) {
    if (outcome instanceof Outcome.Succeeded<FoldScore> succeeded) {
      return succeeded.value();
    }
    FitFold task = tasks.get(Math.toIntExact(outcome.taskId()));
    throw new IllegalStateException(
        "task " + outcome.taskId() + ", " + task + ", did not succeed: " + reason(outcome));
  }

  private static String reason(Outcome<FoldScore> outcome) {
    if (outcome instanceof Outcome.Failed<FoldScore> failed) {
      TaskFailure failure = failed.failure();
      return failure.type()
          + ": "
          + failure.message()
          + " ["
          + failure.kind()
          + " on "
          + failure.node()
          + "]";
    }
    return outcome.toString();
  }

  private static ProgressLine.Count count(Job<FoldScore> job, Scoreboard scores) {
    JobProgress now = job.progress();
    JobReport report = job.report();
    return new ProgressLine.Count(
        now.total(),
        now.done() + now.failed() + now.cancelled(),
        now.running(),
        report.lost(),
        report.retried(),
        bestSoFar(scores));
  }

  private static String bestSoFar(Scoreboard scores) {
    return scores
        .best()
        .map(best -> String.format(Locale.ROOT, "best %.1f%%", 100 * best.accuracy()))
        .orElse("");
  }
}
