package dev.furrow.examples.bench;

import dev.furrow.examples.bench.kit.Kept;
import dev.furrow.examples.bench.kit.Row;
import java.util.Arrays;
import java.util.Collection;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Who is measured: a column of the table. */
enum Contender {
  FURROW("Furrow", "dev.furrow.examples.bench.FurrowDriver", false),
  FURROW_REPLICATED(FURROW, Kept.REPLICATED),
  FURROW_JOURNALED_H2(FURROW, Kept.JOURNALED_H2),
  FURROW_JOURNALED_POSTGRESQL(FURROW, Kept.JOURNALED_POSTGRESQL),
  POOL("in-JVM pool", "dev.furrow.examples.bench.PoolDriver", false),
  TCP("loopback TCP", "dev.furrow.examples.bench.TcpDriver", false),
  HAZELCAST("Hazelcast", "dev.furrow.rivals.hazelcast.HazelcastDriver", true),
  HAZELCAST_REPLICATED(HAZELCAST, Kept.REPLICATED),
  IGNITE("Ignite", "dev.furrow.rivals.ignite.IgniteDriver", true),
  PEKKO("Pekko by hand", "dev.furrow.rivals.pekko.PekkoDriver", true);

  private final String title;
  private final String mainClass;
  private final boolean rival;
  private final Contender product;
  private final Kept kept;

  Contender(String title, String mainClass, boolean rival) {
    this.title = title;
    this.mainClass = mainClass;
    this.rival = rival;
    this.product = this;
    this.kept = Kept.MEMORY;
  }

  /** The same product again, for its state alone. */
  Contender(Contender product, Kept kept) {
    this.title = product.title + ", " + kept.key();
    this.mainClass = product.mainClass;
    this.rival = product.rival;
    this.product = product;
    this.kept = kept;
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

  /** Itself, or what it is the same as but for what its state survives. */
  Contender product() {
    return product;
  }

  /** What its state survives. */
  Kept kept() {
    return kept;
  }

  /**
   * Whether a row means anything for it: a pool has no workers to kill, a socket no slots, and many
   * small entries are not made in a journal.
   */
  boolean has(Row row) {
    return switch (row) {
      case SUBMIT, ROUND_TRIP -> product == this;
      case SLEEPS, PARETO, MONTE_CARLO -> product == this && this != TCP;
      case START, SUBMIT_ALL, KILL -> product == this && this != TCP && this != POOL;
      case UPDATES -> this == POOL || keepsState();
      case UPDATE_ROUND_TRIP, UPDATE_ALL -> keepsState();
      case ENTRIES -> keepsState() && (kept == Kept.MEMORY || kept == Kept.REPLICATED);
    };
  }

  private boolean keepsState() {
    return product == FURROW || product == HAZELCAST;
  }

  /** This one, and after it the same product with each of what its state may survive. */
  Stream<Contender> with(Collection<Kept> durabilities) {
    return Arrays.stream(values())
        .filter(one -> one.product == this)
        .filter(one -> one == this || durabilities.contains(one.kept));
  }

  /** Its name on command lines and in files. */
  String key() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** All rivals' names, or all others', with commas. */
  static String keys(boolean rivals) {
    return products(rivals).map(Contender::key).collect(Collectors.joining(","));
  }

  /**
   * Finds one by its name.
   *
   * @throws IllegalArgumentException there is none among the rivals, or the others; names those
   *     there are
   */
  static Contender of(String key, boolean rival) {
    return products(rival)
        .filter(contender -> contender.key().equals(key))
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

  private static Stream<Contender> products(boolean rivals) {
    return Arrays.stream(values())
        .filter(contender -> contender.product == contender && contender.rival == rivals);
  }
}
