package dev.furrow.examples.pi;

import dev.furrow.examples.CommandLine;

/**
 * What the user asked for on the command line.
 *
 * @param points darts to throw
 * @param workers worker processes; 0 is this JVM alone
 * @param seed another seed throws other darts
 */
record PiArguments(long points, int workers, long seed) {

  static final String USAGE =
      """
      Computes pi from random points, in parallel and in a plain loop, and compares.

        --points n    random points (default 4000000000)
        --workers n   worker processes, 0 to 64; 0 is this JVM alone (default 0)
        --seed n      draws the points (default 1)
        --help        print this\
      """;

  /**
   * Reads the command line.
   *
   * @throws IllegalArgumentException an argument is unknown, or its value out of range
   */
  static PiArguments parse(CommandLine line) {
    long points = 4_000_000_000L;
    int workers = 0;
    long seed = 1;
    while (line.next()) {
      switch (line.name()) {
        case "--points" -> points = line.number(1, 1_000_000_000_000L);
        case "--workers" -> workers = (int) line.number(0, 64);
        case "--seed" -> seed = line.number(Long.MIN_VALUE, Long.MAX_VALUE);
        default -> throw line.unknown();
      }
    }
    return new PiArguments(points, workers, seed);
  }
}
