package dev.furrow.examples.bench.kit;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** What state survives, where a contender lets its users choose. */
public enum Kept {
  /** The loss of nothing. */
  MEMORY,
  /** The loss of one worker: another has a copy. */
  REPLICATED,
  /** The end of all processes: it is in files of an embedded H2. */
  JOURNALED_H2,
  /** The end of all processes: it is in PostgreSQL. */
  JOURNALED_POSTGRESQL;

  private static final String PROPERTY = "bench.kept";

  /** {@return its name on command lines, as {@code journaled-h2}} */
  public String key() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** {@return the option that tells it to a driver's JVM and to those that it starts} */
  public String jvmOption() {
    return "-D" + PROPERTY + "=" + key();
  }

  /** {@return what state in this process is to survive; memory unless the JVM was told} */
  public static Kept here() {
    return of(System.getProperty(PROPERTY, MEMORY.key()));
  }

  /**
   * Finds one by its name.
   *
   * @param key as {@link #key()} gives it
   * @return what state survives
   * @throws IllegalArgumentException there is none; names those there are
   */
  public static Kept of(String key) {
    return Arrays.stream(values())
        .filter(kept -> kept.key().equals(key))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "there is no durability '" + key + "': choose from " + keys()));
  }

  /** {@return all names, with commas} */
  public static String keys() {
    return Arrays.stream(values()).map(Kept::key).collect(Collectors.joining(", "));
  }
}
