package dev.furrow.examples.bench;

import dev.furrow.examples.bench.kit.Row;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** Who is measured. */
enum Contender {
  FURROW("Furrow", "dev.furrow.examples.bench.FurrowDriver", false),
  POOL("in-JVM pool", "dev.furrow.examples.bench.PoolDriver", false),
  TCP("loopback TCP", "dev.furrow.examples.bench.TcpDriver", false),
  HAZELCAST("Hazelcast", "dev.furrow.rivals.hazelcast.HazelcastDriver", true),
  IGNITE("Ignite", "dev.furrow.rivals.ignite.IgniteDriver", true),
  PEKKO("Pekko by hand", "dev.furrow.rivals.pekko.PekkoDriver", true);

  private final String title;
  private final String mainClass;
  private final boolean rival;

  Contender(String title, String mainClass, boolean rival) {
    this.title = title;
    this.mainClass = mainClass;
    this.rival = rival;
  }

  /** Its name in tables. */
  String title() {
    return title;
  }

  /** Its driver's program. */
  String mainClass() {
    return mainClass;
  }

  /** Whether it is another product, built apart. */
  boolean rival() {
    return rival;
  }

  /** Whether a row means anything for it: a pool has no workers to kill, a socket no slots. */
  boolean has(Row row) {
    return switch (row) {
      case SUBMIT, ROUND_TRIP -> true;
      case SLEEPS, PARETO, MONTE_CARLO -> this != TCP;
      case START, SUBMIT_ALL, KILL -> this != TCP && this != POOL;
    };
  }

  /** Its name on command lines and in files. */
  String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** All rivals' names, or all others', with commas. */
  static String keys(boolean rivals) {
    return Arrays.stream(values())
        .filter(contender -> contender.rival == rivals)
        .map(Contender::key)
        .collect(Collectors.joining(","));
  }

  /**
   * Finds one by its name.
   *
   * @throws IllegalArgumentException there is none among the rivals, or the others; names those
   *     there are
   */
  static Contender of(String key, boolean rival) {
    return Arrays.stream(values())
        .filter(contender -> contender.rival == rival && contender.key().equals(key))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "there is no "
                        + (rival ? "rival" : "contender")
                        + " '"
                        + key
                        + "': choose from "
                        + keys(rival)));
  }
}
