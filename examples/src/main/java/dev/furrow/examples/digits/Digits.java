package dev.furrow.examples.digits;

import dev.furrow.Furrow;
import dev.furrow.FurrowException;
import java.io.IOException;
import java.io.PrintStream;
import java.util.Locale;
import java.util.Optional;

/**
 * Searches for the best of many small networks that read handwritten digits, on worker processes of
 * this machine, and judges it on images that the search has never seen. Run it with {@code --help}
 * for its arguments.
 *
 * <p>Ends with status 0; 1 if the search failed; 2 if an argument was wrong.
 */
public final class Digits {

  private static final int FAILED = 1;
  private static final int MISUSED = 2;

  /** The winner learns for longer than in the search. */
  private static final int FINAL_EPOCHS = 2;

  private final Arguments arguments;
  private final PrintStream out;

  private Digits(Arguments arguments, PrintStream out) {
    this.arguments = arguments;
    this.out = out;
  }

  /**
   * Runs the search.
   *
   * @param args as {@code --help} lists them
   */
  public static void main(String[] args) {
    int status = run(System.out, System.err, args);
    if (status != 0) {
      System.exit(status);
    }
  }

  /** Runs the search and gives the status to end with. */
  static int run(PrintStream out, PrintStream err, String... args) {
    Arguments arguments;
    try {
      arguments = Arguments.parse(args);
    } catch (IllegalArgumentException e) {
      err.println("digits: " + e.getMessage());
      return MISUSED;
    }
    if (arguments.help()) {
      out.println(Arguments.USAGE);
      return 0;
    }
    try {
      new Digits(arguments, out).search();
      return 0;
    } catch (FurrowException | IllegalStateException | IOException e) {
      err.println("digits: " + e.getMessage());
      return FAILED;
    } catch (InterruptedException e) {
      err.println("digits: interrupted before the end");
      return FAILED;
    }
  }

  private void search() throws IOException, InterruptedException {
    DigitSet digits = DigitFiles.shared();
    Split whole = Split.whole(digits.size());
    Search search = new Search(arguments, out);
    print(
        "Digits: %,d images to learn from, %,d held out for the end",
        whole.learn().length, whole.judge().length);
    print(
        "Search: %d models x %d folds = %d tasks, on %d worker processes",
        arguments.configs(), arguments.folds(), search.size(), arguments.workers());
    Search.Found found;
    Verdict verdict;
    FitWhole last;
    try (Furrow furrow = Furrow.builder().workers(arguments.workers()).start()) {
      found = search.onCluster(furrow);
      Config best = found.ranking().standings().get(0).config();
      last = new FitWhole(best, FINAL_EPOCHS * arguments.epochs(), arguments.seed());
      verdict = furrow.submit(last).join();
    }
    print("%n%s%n", Tables.ranking(found.ranking().standings()));
    print(
        "Best model, %d epochs on all %,d images: %.2f%% of the %,d held out are read correctly",
        last.epochs(), whole.learn().length, 100 * verdict.accuracy(), verdict.total());
    print("Most often misread: %s", Tables.misread(verdict));
    if (arguments.serial()) {
      compareWithLoop(search, found, last, verdict);
    }
    print("%n%s", found.report());
  }

  private void compareWithLoop(Search search, Search.Found found, FitWhole last, Verdict verdict)
      throws IOException, InterruptedException {
    print("%nThe same search in a plain loop, on one thread:");
    long start = System.nanoTime();
    Optional<String> difference = found.ranking().difference(search.inThisThread());
    double seconds = (System.nanoTime() - start) / 1e9;
    if (difference.isEmpty() && !last.verdict(epoch -> {}).equals(verdict)) {
      difference = Optional.of("the best model reads other images correctly");
    }
    if (difference.isPresent()) {
      throw new IllegalStateException(
          "the cluster and the loop in this process came to different scores: "
              + difference.get()
              + "; arithmetic must not differ between nodes");
    }
    print(
        "Equal to the last bit. %.1f s in the loop, %.1f s on the workers",
        seconds, found.report().wall().toMillis() / 1e3);
  }

  private void print(String format, Object... values) {
    out.println(String.format(Locale.ROOT, format, values));
  }
}
