package dev.furrow.examples.bench.kit;

import java.util.Arrays;
import java.util.stream.Collectors;

/** What can be measured by itself. */
public enum Row {
  /** From the start of the driver's process until each worker has ended a task. */
  START("start", Shape.NARROW),
  /** Tasks a second, one submit each. */
  SUBMIT("submit", Shape.NARROW),
  /** Tasks a second, through the way for many. */
  SUBMIT_ALL("submit-all", Shape.NARROW),
  /** One task at a time. */
  ROUND_TRIP("round-trip", Shape.NARROW),
  /** Speedup of tasks that take CPU. */
  MONTE_CARLO("monte-carlo", Shape.NARROW),
  /** How full the slots are with equal tasks. */
  SLEEPS("sleeps", Shape.WIDE),
  /** How full the slots are with very uneven tasks. */
  PARETO("pareto", Shape.WIDE),
  /** What the loss of a worker costs. */
  KILL("kill", Shape.LOSS),
  /** Updates of state a second, one call each. */
  UPDATES("updates", Shape.STATE),
  /** One update of state at a time. */
  UPDATE_ROUND_TRIP("update-round-trip", Shape.STATE),
  /** Updates of state a second, many keys a call. */
  UPDATE_ALL("update-all", Shape.STATE),
  /** State of many small entries: its size, and adding it up. */
  ENTRIES("entries", Shape.STATE);

  private final String key;
  private final Shape shape;

  Row(String key, Shape shape) {
    this.key = key;
    this.shape = shape;
  }

  /** {@return its name on command lines} */
  public String key() {
    return key;
  }

  /** {@return the workers it needs} */
  public Shape shape() {
    return shape;
  }

  /**
   * Finds a row by its name.
   *
   * @param key as {@link #key()} gives it
   * @return the row
   * @throws IllegalArgumentException there is none; names those there are
   */
  public static Row of(String key) {
    return Arrays.stream(values())
        .filter(row -> row.key.equals(key))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "there is no row '" + key + "': choose from " + keys()));
  }

  /** {@return all names, with commas} */
  public static String keys() {
    return Arrays.stream(values()).map(Row::key).collect(Collectors.joining(", "));
  }
}
