package dev.furrow.examples.bench;

import dev.furrow.examples.bench.kit.Kept;
import dev.furrow.examples.bench.kit.Row;
import dev.furrow.examples.bench.kit.Shape;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * What the user asked for on the command line.
 *
 * @param contenders who is measured, in the order of the table's columns
 * @param rows what is measured
 * @param rounds how often
 * @param quick whether to run small sizes
 * @param help whether to print the usage alone
 * @param durabilities what state survives where it is measured
 * @param entries how many entries state has where there are many
 * @param heapGib the largest heap of each process
 */
record Arguments(
    List<Contender> contenders,
    Set<Row> rows,
    int rounds,
    boolean quick,
    boolean help,
    Set<Kept> durabilities,
    int entries,
    int heapGib) {

  static final String USAGE =
      """
      Measures Furrow beside an in-JVM thread pool, plain loopback TCP and, if asked, its rivals.

        --rivals LIST      rivals to measure in the same run, from %s
                           (build them in the same command with -Privals)
        --only LIST        rows, from %s
        --contenders LIST  who else takes part (default %s)
        --durability LIST  what state survives in the rows of updates, from
                           %s (default memory)
        --entries N        entries of state in the row of that name (default 1000000)
        --heap N           largest heap of each process, in GiB, 1 to 99 (default 1)
        --rounds N         how often each is measured, 1 to 99 (default 3); medians are shown
        --quick            one round of small sizes: shows that all runs, its figures say little
        --help             print this

      LIST is one or more names with commas between them.\
      """
          .formatted(Contender.keys(true), Row.keys(), Contender.keys(false), Kept.keys());

  /**
   * Reads the command line.
   *
   * @throws IllegalArgumentException an argument is unknown, or its value is
   */
  static Arguments parse(String... args) {
    Set<Row> rows = EnumSet.allOf(Row.class);
    List<Contender> rivals = List.of();
    List<Contender> others = list("--contenders", Contender.keys(false), Arguments::other);
    List<Kept> durabilities = List.of(Kept.MEMORY);
    int rounds = 0;
    int entries = 0;
    int heapGib = 1;
    boolean quick = false;
    boolean help = false;
    Iterator<String> rest = Arrays.asList(args).iterator();
    while (rest.hasNext()) {
      String name = rest.next();
      switch (name) {
        case "--rivals" -> rivals = list(name, value(name, rest), Arguments::rival);
        case "--contenders" -> others = list(name, value(name, rest), Arguments::other);
        case "--only" -> rows = EnumSet.copyOf(list(name, value(name, rest), Row::of));
        case "--durability" -> durabilities = list(name, value(name, rest), Kept::of);
        case "--rounds" -> rounds = number(name, value(name, rest), 99);
        case "--entries" -> entries = number(name, value(name, rest), 99_999_999);
        case "--heap" -> heapGib = number(name, value(name, rest), 99);
        case "--quick" -> quick = true;
        case "--help", "-h" -> help = true;
        default ->
            throw new IllegalArgumentException(
                "unknown argument '" + name + "': --help lists those there are");
      }
    }
    Set<Kept> kept = EnumSet.copyOf(durabilities);
    return new Arguments(
        Stream.concat(others.stream(), rivals.stream()).flatMap(one -> one.with(kept)).toList(),
        rows,
        rounds > 0 ? rounds : quick ? 1 : 3,
        quick,
        help,
        kept,
        entries > 0 ? entries : quick ? 20_000 : 1_000_000,
        heapGib);
  }

  /** Whether a row of a contender is to be measured. */
  boolean asksFor(Contender contender, Row row) {
    boolean kept = row.shape() != Shape.STATE || durabilities.contains(contender.kept());
    return rows.contains(row) && contender.has(row) && kept;
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

  private static int number(String name, String text, int most) {
    if (!text.matches("[1-9][0-9]{0,8}") || Integer.parseInt(text) > most) {
      throw new IllegalArgumentException(
          name + " must be a whole number from 1 to " + most + " (was '" + text + "')");
    }
    return Integer.parseInt(text);
  }
}
