package dev.furrow.config;

import java.time.Duration;

/** Durations and sizes as a settings file writes them. */
final class Texts {

  private static final long DAY = 24 * 60 * 60;
  private static final long EXACT_SECONDS = Duration.ofDays(36_500).toSeconds();
  private static final String[] UNITS = {"B", "KiB", "MiB", "GiB"};

  private Texts() {}

  /** As {@code 5s}, {@code 20ms} or {@code 7ns}; beyond a century in whole seconds. */
  static String duration(Duration duration) {
    long seconds = duration.toSeconds();
    boolean whole = duration.equals(Duration.ofSeconds(seconds));
    if (whole && seconds > 0 && seconds % DAY == 0) {
      return seconds / DAY + "d";
    }
    if (whole || Math.abs(seconds) > EXACT_SECONDS) {
      return seconds + "s";
    }
    long nanos = duration.toNanos();
    if (nanos % 1_000_000 == 0) {
      return nanos / 1_000_000 + "ms";
    }
    return nanos % 1_000 == 0 ? nanos / 1_000 + "us" : nanos + "ns";
  }

  /** As {@code 64KiB}, in the largest unit that is exact. */
  static String size(long bytes) {
    long amount = bytes;
    int unit = 0;
    while (amount != 0 && amount % 1024 == 0 && unit < UNITS.length - 1) {
      amount /= 1024;
      unit++;
    }
    return amount + UNITS[unit];
  }
}
