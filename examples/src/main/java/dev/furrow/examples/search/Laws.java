package dev.furrow.examples.search;

import java.util.List;
import java.util.OptionalDouble;

/** What is known of the speedup of parallel work. */
final class Laws {

  private Laws() {}

  /**
   * How many times as fast the same work is done.
   *
   * @param serial the part of its time on one processor that cannot be shared, from 0 to 1
   * @param processors at least 1
   */
  static double amdahl(double serial, int processors) {
    return 1 / (serial + (1 - serial) / processors);
  }

  /**
   * How many times as much work is done in the same time, if all that is added can be shared.
   *
   * @param serial the part of that time that cannot be shared, from 0 to 1
   * @param processors at least 1
   */
  static double gustafson(double serial, int processors) {
    return processors - serial * (processors - 1);
  }

  /**
   * The serial part that explains a measured speedup by Amdahl's law: Karp and Flatt's metric.
   * Below 0 if the speedup was more than there were processors.
   *
   * @param processors at least 2
   */
  static double karpFlatt(double speedup, int processors) {
    if (processors < 2) {
      throw new IllegalArgumentException(
          "one processor says nothing of the serial part: needs 2 (was " + processors + ")");
    }
    return (1 / speedup - 1.0 / processors) / (1 - 1.0 / processors);
  }

  /**
   * A measured speedup.
   *
   * @param processors that were at work; at least 1
   */
  record Measured(int processors, double speedup) {}

  /**
   * The serial part for which Amdahl's law comes closest to all measurements, by least squares of
   * the times, from 0 to 1. With one measurement on more than one processor that is Karp and
   * Flatt's metric; with none it is unknown.
   */
  static OptionalDouble fit(List<Measured> measurements) {
    // Amdahl's time, 1/S = 1/p + s (1 − 1/p), is a straight line in s through the measured times.
    double product = 0;
    double square = 0;
    for (Measured one : measurements) {
      double shared = 1 - 1.0 / one.processors();
      product += shared * (1 / one.speedup() - 1.0 / one.processors());
      square += shared * shared;
    }
    return square == 0
        ? OptionalDouble.empty()
        : OptionalDouble.of(Math.max(0, Math.min(1, product / square)));
  }
}
