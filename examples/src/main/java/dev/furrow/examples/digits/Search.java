package dev.furrow.examples.digits;

import dev.furrow.Furrow;
import dev.furrow.Job;
import dev.furrow.JobOptions;
import dev.furrow.JobReport;
import dev.furrow.Outcome;
import dev.furrow.examples.ProgressLine;
import dev.furrow.examples.Results;
import dev.furrow.examples.WorkerProcesses;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/** The search for the best model: as a job on a cluster, or as a plain loop to compare with. */
public final class Search {

  private static final Duration DRAW_EVERY = Duration.ofMillis(200);

  private final Arguments arguments;
  private final PrintStream out;
  private final List<Config> configs;
  private final List<FitFold> tasks;

  /**
   * A search like the main example's, of another size.
   *
   * @param configs models to try, 1 to 240
   * @param folds parts of the data, each judged on once; at least 2
   * @param epochs how often a model sees each image; at least 1
   * @param out where to show how far it has come
   */
  public static Search of(int configs, int folds, int epochs, PrintStream out) {
    return new Search(new Arguments(0, configs, folds, epochs, 1, false, false, false), out);
  }

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
  public record Found(Ranking ranking, JobReport report) {}

  /** How many tasks the search has. */
  public int size() {
    return tasks.size();
  }

  /**
   * Searches on a cluster.
   *
   * @throws IllegalStateException a task failed, or there was no worker to kill; the job is
   *     cancelled
   */
  public Found onCluster(Furrow furrow) {
    Scoreboard scores = new Scoreboard(configs, arguments.folds());
    Job<FoldScore> job = furrow.submitAll(JobOptions.named("digits").failFast(), tasks);
    try (ProgressLine line = ProgressLine.on(out);
        Stream<Outcome<FoldScore>> outcomes = job.outcomes()) {
      line.follow(DRAW_EVERY, () -> ProgressLine.Count.of(job, bestSoFar(scores)));
      int seen = 0;
      for (Outcome<FoldScore> outcome : (Iterable<Outcome<FoldScore>>) outcomes::iterator) {
        FitFold task = tasks.get(Math.toIntExact(outcome.taskId()));
        scores.add(outcome.taskId(), Results.value(outcome, task));
        seen++;
        if (arguments.kill() && seen == (size() + 1) / 2) {
          line.say(killWorker(seen));
        }
      }
    } catch (RuntimeException e) {
      job.cancel();
      throw e;
    }
    return new Found(new Ranking(scores.ranking()), job.completion().toCompletableFuture().join());
  }

  /**
   * Searches in a plain loop, on this thread.
   *
   * @throws InterruptedException this thread was interrupted
   */
  public Ranking inThisThread() throws IOException, InterruptedException {
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
    return new Ranking(scores.ranking());
  }

  private String killWorker(int seen) {
    long pid = WorkerProcesses.killWorker("run without --kill");
    return "Killed worker process "
        + pid
        + " (SIGKILL) after "
        + seen
        + " of "
        + size()
        + " tasks; the same model must win.";
  }

  private static String bestSoFar(Scoreboard scores) {
    return scores
        .best()
        .map(best -> String.format(Locale.ROOT, "best %.1f%%", 100 * best.accuracy()))
        .orElse("");
  }
}
