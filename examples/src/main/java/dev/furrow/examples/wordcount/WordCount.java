package dev.furrow.examples.wordcount;

import dev.furrow.Furrow;
import dev.furrow.Job;
import dev.furrow.JobOptions;
import dev.furrow.JobReport;
import dev.furrow.Outcome;
import dev.furrow.Partitioned;
import dev.furrow.examples.Comparison;
import dev.furrow.examples.Program;
import dev.furrow.examples.ProgressLine;
import dev.furrow.examples.Results;
import dev.furrow.examples.WorkerProcesses;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Counts the words of a book. A task counts those of a part, and adds them to counts that are kept
 * by word on worker processes, of which one is killed on the way; then the same in a plain loop,
 * which must count every word as often. Run it with {@code --help} for its arguments.
 *
 * <p>Ends with status 0; 1 if a count differs or something failed; 2 if an argument was wrong.
 */
public final class WordCount {

  private static final Duration DRAW_EVERY = Duration.ofMillis(200);

  private final WordCountArguments arguments;
  private final List<String> verses;
  private final List<CountPart> tasks;
  private final PrintStream out;

  private WordCount(WordCountArguments arguments, List<String> verses, PrintStream out) {
    this.arguments = arguments;
    this.verses = verses;
    this.tasks = CountPart.each(verses, arguments.part());
    this.out = out;
  }

  /**
   * Counts.
   *
   * @param args as {@code --help} lists them
   */
  public static void main(String[] args) {
    int status = run(System.out, System.err, args);
    if (status != 0) {
      System.exit(status);
    }
  }

  /** Counts and gives the status to end with. */
  static int run(PrintStream out, PrintStream err, String... args) {
    return new Program("wordcount", WordCountArguments.USAGE, out, err)
        .run(
            WordCountArguments::parse,
            arguments ->
                new WordCount(arguments, Book.verses().subList(0, arguments.verses()), out).count(),
            args);
  }

  private void count() {
    String text = String.join("\n", verses);
    print("Text: %s, %,d verses, %,d characters", Book.TITLE, verses.size(), text.length());
    Counted parallel;
    JobReport report;
    try (Furrow furrow = start()) {
      Partitioned<String, Long> counts = Counts.of(furrow);
      print(
          "Counting in %,d tasks, on %s",
          tasks.size(),
          arguments.workers() == 0 ? "this JVM" : arguments.workers() + " worker processes");
      long begin = System.nanoTime();
      Job<Long> job = furrow.submitAll(JobOptions.named("wordcount").failFast(), tasks);
      follow(job);
      Duration time = since(begin);
      report = job.completion().toCompletableFuture().join();
      parallel = kept(counts, time);
    }
    print("%n%s", parallel.summary());
    print(
        "%n%,d words, %,d different ones",
        parallel.summary().total(), parallel.summary().distinct());
    print("%n%s", report);
    print("%nThe same in a plain loop, on one thread:");
    Counted serial = inThisThread(text);
    requireEqual(serial, parallel);
    print("Equal: the counts of all %,d words", serial.counts().size());
    print("%s", new Comparison(serial.time(), parallel.time(), report.slots()));
  }

  private Furrow start() {
    return arguments.workers() == 0
        ? Furrow.local()
        : Furrow.builder().workers(arguments.workers()).start();
  }

  // ------------------------------------------------------------------ counts

  /**
   * What was counted.
   *
   * @param counts how often each word comes
   * @param summary of the counts, computed where they are kept
   * @param time the counting took, by the clock on the wall
   */
  record Counted(Map<String, Long> counts, Summary summary, Duration time) {}

  private static Counted kept(Partitioned<String, Long> counts, Duration time) {
    Summary summary = Summary.of(counts);
    try (Stream<Map.Entry<String, Long>> entries = counts.entries()) {
      return new Counted(
          entries.collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)), summary, time);
    }
  }

  private static Counted inThisThread(String text) {
    long begin = System.nanoTime();
    Map<String, Long> counts = Words.count(text);
    Duration time = since(begin);
    return new Counted(counts, Summary.of(counts), time);
  }

  /**
   * Compares the counts of each word, and what they come to.
   *
   * @throws IllegalStateException they differ; the message says how many, and which is the first
   */
  static void requireEqual(Counted serial, Counted parallel) {
    TreeSet<String> words = new TreeSet<>(serial.counts().keySet());
    words.addAll(parallel.counts().keySet());
    int all = words.size();
    words.removeIf(word -> times(word, serial) == times(word, parallel));
    if (!words.isEmpty()) {
      String first = words.first();
      throw new IllegalStateException(
          String.format(
              Locale.ROOT,
              "not equal: %,d of %,d words have another count than in the plain loop; the first,"
                  + " '%s', was counted %,d times instead of %,d",
              words.size(),
              all,
              first,
              times(first, parallel),
              times(first, serial)));
    }
    if (!serial.summary().equals(parallel.summary())) {
      throw new IllegalStateException(
          "not equal: the counts of all words are those of the plain loop, but not their number,"
              + " their sum, or the most frequent ones");
    }
  }

  private static long times(String word, Counted counted) {
    return counted.counts().getOrDefault(word, 0L);
  }

  // -------------------------------------------------------------------- job

  /**
   * Waits for all tasks.
   *
   * @throws IllegalStateException one failed, or there was no worker to kill; the job is cancelled
   */
  private void follow(Job<Long> job) {
    AtomicLong words = new AtomicLong();
    try (ProgressLine line = ProgressLine.on(out);
        Stream<Outcome<Long>> outcomes = job.outcomes()) {
      line.follow(
          DRAW_EVERY,
          () -> ProgressLine.Count.of(job, String.format(Locale.ROOT, "%,d words", words.get())));
      int seen = 0;
      for (Outcome<Long> outcome : (Iterable<Outcome<Long>>) outcomes::iterator) {
        words.addAndGet(Results.value(outcome, tasks.get(Math.toIntExact(outcome.taskId()))));
        seen++;
        if (arguments.kill() && seen == (tasks.size() + 2) / 3) {
          line.say(killWorker(seen));
        }
      }
    } catch (RuntimeException e) {
      job.cancel();
      throw e;
    }
  }

  private String killWorker(int seen) {
    long pid = WorkerProcesses.killWorker("run with --no-kill");
    return String.format(
        Locale.ROOT,
        "Killed worker process %d (SIGKILL) after %,d of %,d tasks; no count may change.",
        pid,
        seen,
        tasks.size());
  }

  private static Duration since(long begin) {
    return Duration.ofNanos(System.nanoTime() - begin);
  }

  private void print(String format, Object... values) {
    out.println(String.format(Locale.ROOT, format, values));
  }
}
