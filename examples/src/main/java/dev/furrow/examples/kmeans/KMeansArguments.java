package dev.furrow.examples.kmeans;

import dev.furrow.examples.CommandLine;

/**
 * What the user asked for on the command line.
 *
 * @param clusters to find
 * @param rounds at most
 * @param workers worker processes; 0 is this JVM alone
 */
record KMeansArguments(int clusters, int rounds, int workers) {

  static final String USAGE =
      """
      Finds clusters among 10,000 handwritten digits that are kept in partitions, each round where
      the images are, and once more in a plain loop.

        --clusters n  clusters, 2 to 1000 (default 20)
        --rounds n    rounds at most, 1 to 1000 (default 30)
        --workers n   worker processes, 0 to 64; 0 is this JVM alone (default 3)
        --help        print this\
      """;

  /**
   * Reads the command line.
   *
   * @throws IllegalArgumentException an argument is unknown, or its value out of range
   */
  static KMeansArguments parse(CommandLine line) {
    int clusters = 20;
    int rounds = 30;
    int workers = 3;
    while (line.next()) {
      switch (line.name()) {
        case "--clusters" -> clusters = (int) line.number(2, 1_000);
        case "--rounds" -> rounds = (int) line.number(1, 1_000);
        case "--workers" -> workers = (int) line.number(0, 64);
        default -> throw line.unknown();
      }
    }
    return new KMeansArguments(clusters, rounds, workers);
  }
}
