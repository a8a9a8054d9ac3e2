package dev.furrow.examples.bench;

import dev.furrow.examples.bench.kit.Row;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/**
 * What the user asked for on the command line.
 *
 * @param contenders who is measured, in the order of the table's columns
 * @param rows what is measured
 * @param rounds how often
 * @param quick whether to run small sizes
 * @param help whether to print the usage alone
 */
record Arguments(
    List<Contender> contenders, Set<Row> rows, int rounds, boolean quick, boolean help) {

  static final String USAGE =
      """
      Measures Furrow beside an in-JVM thread pool, plain loopback TCP and, if asked, its rivals.

        --rivals LIST      rivals to measure in the same run, from %s
                           (build them in the same command with -Privals)
        --only LIST        rows, from %s
        --contenders LIST  who else takes part (default %s)
        --rounds N         how often each is measured, 1 to 99 (default 3); medians are shown
        --quick            one round of small sizes: shows that all runs, its figures say little
        --help             print this

      LIST is one or more names with commas between them.\
      """
          .formatted(Contender.keys(true), Row.keys(), Contender.keys(false));

  /**
   * Reads the command line.
   *
   * @throws IllegalArgumentException an argument is unknown, or its value is
   */
  static Arguments parse(String... args) {
    Set<Row> rows = EnumSet.allOf(Row.class);
    List<Contender> rivals = List.of();
    List<Contender> others = list("--contenders", Contender.keys(false), Arguments::other);
    int rounds = 0;
    boolean quick = false;
    boolean help = false;
    Iterator<String> rest = Arrays.asList(args).iterator();
    while (rest.hasNext()) {
      String name = rest.next();
      switch (name) {
        case "--rivals" -> rivals = list(name, value(name, rest), Arguments::rival);
        case "--contenders" -> others = list(name, value(name, rest), Arguments::other);
        case "--only" -> rows = EnumSet.copyOf(list(name, value(name, rest), Row::of));
        case "--rounds" -> rounds = rounds(value(name, rest));
        case "--quick" -> quick = true;
        case "--help", "-h" -> help = true;
        default ->
            throw new IllegalArgumentException(
                "unknown argument '" + name + "': --help lists those there are");
      }
    }
    List<Contender> all = new ArrayList<>(others);
    all.addAll(rivals);
    int asked = rounds > 0 ? rounds : quick ? 1 : 3;
    return new Arguments(List.copyOf(all), rows, asked, quick, help);
  }

  private static Contender rival(String key) {
    return Contender.of(key, true);
  }

  private static Contender other(String key) {
    return Contender.of(key, false);
  }

  private static String value(String name, Iterator<String> rest) {
    if (!rest.hasNext()) {
      throw new IllegalArgumentException(name + " needs a value after it");
    }
    return rest.next();
  }

  private static <T> List<T> list(String name, String text, Function<String, T> read) {
    List<T> all = Arrays.stream(text.split(",", -1)).map(String::strip).map(read).toList();
    if (Set.copyOf(all).size() < all.size()) {
      throw new IllegalArgumentException(name + " names one twice (was '" + text + "')");
    }
    return all;
  }

  private static int rounds(String text) {
    if (!text.matches("[1-9][0-9]?")) {
      throw new IllegalArgumentException(
          "--rounds must be a whole number from 1 to 99 (was '" + text + "')");
    }
    return Integer.parseInt(text);
  }
}
