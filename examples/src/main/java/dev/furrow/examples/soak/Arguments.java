package dev.furrow.examples.soak;

import java.util.Arrays;
import java.util.Iterator;
import java.util.regex.Pattern;

/**
 * What the user asked for on the command line.
 *
 * @param trial what is tried
 * @param count tasks, jobs or keys
 * @param heap the driver's largest heap, as {@code -Xmx} takes it
 * @param help whether to print the usage alone
 */
record Arguments(Trial trial, int count, String heap, boolean help) {

  static final String USAGE =
      """
      Shows what memory, threads and files a long run takes, on one worker process (--recover: on none). One of:

        --queued n   n tasks wait at once, as a job and as single refs (default 1,000,000)
        --stream n   n tasks pass through one job, outcomes read as they come
        --jobs n     n jobs of many kinds, one after the other on four threads
        --fair n     small jobs beside one of n tasks: by how much they are delayed
        --recover n  n keys of state in one journaled partition: how long until they are back

        --heap size  the driver's largest heap (default 512m; 256m for --stream and --jobs)
        --help       print this\
      """;

  private static final Pattern HEAP = Pattern.compile("[1-9][0-9]*[kmgKMG]");

  /** What can be tried. */
  enum Trial {
    QUEUED("512m"),
    STREAM("256m"),
    JOBS("256m"),
    FAIR("512m"),
    RECOVER("512m");

    final String heap;

    Trial(String heap) {
      this.heap = heap;
    }
  }

  /**
   * Reads the command line.
   *
   * @throws IllegalArgumentException an argument is unknown, or its value out of range
   */
  static Arguments parse(String... args) {
    Trial trial = Trial.QUEUED;
    int count = 1_000_000;
    String heap = "";
    boolean help = false;
    Iterator<String> rest = Arrays.asList(args).iterator();
    while (rest.hasNext()) {
      String name = rest.next();
      switch (name) {
        case "--queued", "--stream", "--jobs", "--fair", "--recover" -> {
          trial = Trial.valueOf(name.substring(2).toUpperCase(java.util.Locale.ROOT));
          count = count(name, rest);
        }
        case "--heap" -> heap = heap(rest);
        case "--help" -> help = true;
        default -> throw new IllegalArgumentException("unknown argument '" + name + "'");
      }
    }
    return new Arguments(trial, count, heap.isEmpty() ? trial.heap : heap, help);
  }

  private static int count(String name, Iterator<String> rest) {
    String text = rest.hasNext() ? rest.next() : "nothing";
    try {
      int count = Integer.parseInt(text.replace(",", "").replace("_", ""));
      if (count >= 100 && count <= 1_000_000_000) {
        return count;
      }
    } catch (NumberFormatException no) {
      // said below, as for any other number that will not do
    }
    throw new IllegalArgumentException(
        name + " must be a number from 100 to 1000000000 (was " + text + ")");
  }

  private static String heap(Iterator<String> rest) {
    String text = rest.hasNext() ? rest.next() : "nothing";
    if (!HEAP.matcher(text).matches()) {
      throw new IllegalArgumentException("--heap must be a size such as 512m (was " + text + ")");
    }
    return text;
  }
}
