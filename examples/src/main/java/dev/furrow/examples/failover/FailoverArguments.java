package dev.furrow.examples.failover;

import dev.furrow.Durability;
import dev.furrow.examples.CommandLine;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * What the user asked for on the command line.
 *
 * @param durabilities of the states that are updated, one run for each
 * @param settings further ones of every node, each as {@code name=value}
 */
record FailoverArguments(List<Durability> durabilities, List<String> settings) {

  static final String USAGE =
      """
      Updates state on three node processes, and runs tasks there, while one joins, one is told to leave,
      all are replaced and two are killed, and shows for how long updates and tasks waited. Each update that was acknowledged must be there in the end.

        --durability list  memory, replicated and journaled, with commas between (default memory,replicated)
        --set name=value   a setting of every node; journaled needs where the journal is:
                             --set furrow.journal.kind=postgresql
                             --set furrow.journal.postgresql.url=jdbc:postgresql://HOST/DATABASE
                             --set furrow.journal.postgresql.user=NAME, and the password in the
                             environment's FURROW_JOURNAL_PASSWORD
        --help             print this\
      """;

  /** Copies the lists. */
  FailoverArguments {
    durabilities = List.copyOf(durabilities);
    settings = List.copyOf(settings);
  }

  /**
   * Reads the command line.
   *
   * @throws IllegalArgumentException an argument is unknown, or its value out of range
   */
  static FailoverArguments parse(CommandLine line) {
    List<Durability> durabilities = List.of(Durability.MEMORY, Durability.REPLICATED);
    List<String> settings = new ArrayList<>();
    while (line.next()) {
      switch (line.name()) {
        case "--durability" -> durabilities = durabilities(line.value("a list"));
        case "--set" -> settings.add(setting(line.value("name=value")));
        default -> throw line.unknown();
      }
    }
    return new FailoverArguments(durabilities, settings);
  }

  private static List<Durability> durabilities(String text) {
    List<Durability> all = new ArrayList<>();
    for (String name : text.split(",", -1)) {
      all.add(
          Arrays.stream(Durability.values())
              .filter(one -> one.name().equals(name.toUpperCase(Locale.ROOT)))
              .findFirst()
              .orElseThrow(
                  () ->
                      new IllegalArgumentException(
                          "--durability takes memory, replicated and journaled (was '"
                              + name
                              + "')")));
    }
    return all;
  }

  private static String setting(String text) {
    if (text.indexOf('=') < 1) {
      throw new IllegalArgumentException("--set needs name=value after it (was '" + text + "')");
    }
    return text;
  }
}
