package dev.furrow.examples.bench.kit;

import dev.furrow.examples.bench.kit.Aim.Direction;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** One figure of the benchmark; a row has one or more. */
public enum Measure {
  /** Tasks a second. */
  SUBMIT("no-op tasks/s, one submit each, window 10,000", Row.SUBMIT, 0, Direction.MORE, 300_000),
  /** Tasks a second. */
  SUBMIT_ALL("no-op tasks/s through submitAll", Row.SUBMIT_ALL, 0, Direction.MORE, 600_000),
  /** Microseconds. */
  ROUND_TRIP_P50("round trip of one task, p50 us", Row.ROUND_TRIP, 0, Direction.LESS, 150),
  /** Microseconds. */
  ROUND_TRIP_P99("round trip of one task, p99 us", Row.ROUND_TRIP, 0, Direction.LESS, 500),
  /** Ideal ÷ wall. */
  SLEEPS("4,000 x 10 ms on 64 slots, ideal / wall", Row.SLEEPS, 3, Direction.MORE, 0.96),
  /** Ideal ÷ wall. */
  PARETO("2,000 Pareto sleeps on 64 slots, ideal / wall", Row.PARETO, 3, Direction.NONE, 0),
  /** Share of the in-JVM pool's figure of the same round. */
  PARETO_TO_POOL("the same, / in-JVM pool", Row.PARETO, 3, Direction.MORE, 0.97),
  /** Wall of one thread ÷ wall. */
  MONTE_CARLO("Monte Carlo, speedup over one thread", Row.MONTE_CARLO, 2, Direction.MORE, 1.93),
  /** Wall ÷ ideal. */
  KILL("kill -9 one of 3 workers half-way, wall / ideal", Row.KILL, 2, Direction.LESS, 1.4),
  /** Seconds. */
  START("start to a ready cluster of 3 JVMs, s", Row.START, 1, Direction.LESS, 4),
  /** Updates a second. */
  UPDATES("updates/s, one update each, window 10,000", Row.UPDATES, 0, Direction.NONE, 0),
  /** Microseconds. */
  UPDATE_P50("one update, p50 us", Row.UPDATE_ROUND_TRIP, 0, Direction.NONE, 0),
  /** Microseconds. */
  UPDATE_P99("one update, p99 us", Row.UPDATE_ROUND_TRIP, 0, Direction.NONE, 0),
  /** Updates a second. */
  UPDATE_ALL("updates/s through updateAll, 10,000 keys", Row.UPDATE_ALL, 0, Direction.NONE, 0),
  /** Entries a second. */
  AGGREGATE("entries/s of an aggregate", Row.ENTRIES, 0, Direction.NONE, 0),
  /** Bytes. */
  ENTRY_HEAP("workers' heap, bytes an entry", Row.ENTRIES, 0, Direction.NONE, 0);

  private final String title;
  private final Row row;
  private final int decimals;
  private final Direction better;
  private final double aim;

  Measure(String title, Row row, int decimals, Direction better, double aim) {
    this.title = title;
    this.row = row;
    this.decimals = decimals;
    this.better = better;
    this.aim = aim;
  }

  /** {@return what is measured, in words} */
  public String title() {
    return title;
  }

  /** {@return the row that gives it} */
  public Row row() {
    return row;
  }

  /** {@return what Furrow is to reach} */
  public Aim aim() {
    return new Aim(better, aim);
  }

  /** {@return its name in files, as {@code round-trip-p50}} */
  public String key() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /**
   * Finds a measure by its name.
   *
   * @param key as {@link #key()} gives it
   * @return the measure, if there is one
   */
  public static Optional<Measure> of(String key) {
    return Arrays.stream(values()).filter(measure -> measure.key().equals(key)).findFirst();
  }

  /**
   * Writes a value as people read it.
   *
   * @param value a value of this measure
   * @return with its usual number of decimals
   */
  public String text(double value) {
    return String.format(Locale.ROOT, "%,." + decimals + "f", value);
  }
}
