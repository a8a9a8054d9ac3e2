package dev.furrow.examples.digits;

import dev.furrow.examples.CommandLine;

/**
 * What the user asked for on the command line.
 *
 * @param workers worker processes
 * @param configs models to try
 * @param folds parts of the data, each judged on once
 * @param epochs how often a model of the search sees each image
 * @param seed draws models, first weights and the order of images
 * @param kill whether to kill a worker half-way
 * @param serial whether to do the search once more in this process and compare
 * @param help whether to print the usage alone
 */
record Arguments(
    int workers,
    int configs,
    int folds,
    int epochs,
    long seed,
    boolean kill,
    boolean serial,
    boolean help) {

  static final String USAGE =
      """
      Looks for the best of many models that read handwritten digits, on worker processes.

        --workers n   worker processes (default 3)
        --configs n   models to try, each on every fold (default 48, at most %d)
        --folds n     parts of the data for cross-validation, 2 to 20 (default 3)
        --epochs n    how often a model sees each image, 1 to 1000 (default 5)
        --seed n      draws models and first weights (default 1)
        --kill        kill one worker with SIGKILL half-way; the same model must win
        --serial      search again in this process alone, and compare
        --help        print this\
      """
          .formatted(Grid.all().size());

  /**
   * Reads the command line.
   *
   * @throws IllegalArgumentException an argument is unknown, or its value out of range
   */
  static Arguments parse(String... args) {
    int workers = 3;
    int configs = 48;
    int folds = 3;
    int epochs = 5;
    long seed = 1;
    boolean kill = false;
    boolean serial = false;
    boolean help = false;
    CommandLine line = new CommandLine(args);
    while (line.next()) {
      switch (line.name()) {
        case "--workers" -> workers = (int) line.number(1, 64);
        case "--configs" -> configs = (int) line.number(1, Grid.all().size());
        case "--folds" -> folds = (int) line.number(2, 20);
        case "--epochs" -> epochs = (int) line.number(1, 1000);
        case "--seed" -> seed = line.number(Long.MIN_VALUE, Long.MAX_VALUE);
        case "--kill" -> kill = true;
        case "--serial" -> serial = true;
        case "--help", "-h" -> help = true;
        default -> throw line.unknown();
      }
    }
    if (kill && workers < 2) {
      throw new IllegalArgumentException(
          "--kill needs at least 2 workers (was " + workers + "): one must be left to go on");
    }
    return new Arguments(workers, configs, folds, epochs, seed, kill, serial, help);
  }
}
