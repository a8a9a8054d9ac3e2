package dev.furrow.examples.search;

import dev.furrow.examples.CommandLine;

/**
 * What the user asked for on the command line.
 *
 * @param workers the most worker processes to measure with
 * @param configs models to try, each on every fold
 * @param epochs how often a model sees each image
 * @param warmUp models that each worker tries before, for one epoch; 0 for none
 */
record SpeedupArguments(int workers, int configs, int epochs, int warmUp) {

  /** Parts of the data for cross-validation. */
  static final int FOLDS = 3;

  static final String USAGE =
      """
      Does the search of the main example, digits, on 1, 2, 3 ... worker processes of one slot
      each, and shows the speedup beside what Amdahl's and Gustafson's laws say.

        --workers n   the most worker processes, 1 to 16 (default 3)
        --configs n   models to try, each on 3 folds, 1 to 240 (default 24)
        --epochs n    how often a model sees each image, 1 to 100 (default 1)
        --full        the search of digits in full: 48 models, 5 epochs
        --warm-up n   models that each worker tries before the clock starts, 0 to 10: Java
                      compiles a program while it runs (default 4)
        --help        print this\
      """;

  /**
   * Reads the command line.
   *
   * @throws IllegalArgumentException an argument is unknown, or its value out of range
   */
  static SpeedupArguments parse(CommandLine line) {
    int workers = 3;
    int configs = 24;
    int epochs = 1;
    int warmUp = 4;
    while (line.next()) {
      switch (line.name()) {
        case "--workers" -> workers = (int) line.number(1, 16);
        case "--configs" -> configs = (int) line.number(1, 240);
        case "--epochs" -> epochs = (int) line.number(1, 100);
        case "--warm-up" -> warmUp = (int) line.number(0, 10);
        case "--full" -> {
          configs = 48;
          epochs = 5;
        }
        default -> throw line.unknown();
      }
    }
    return new SpeedupArguments(workers, configs, epochs, warmUp);
  }
}
