package dev.furrow.examples.wordcount;

import dev.furrow.examples.CommandLine;

/**
 * What the user asked for on the command line.
 *
 * @param verses to count the words of, from the first on
 * @param part verses of a task
 * @param workers worker processes; 0 is this JVM alone
 * @param kill whether to kill a worker when a third of the tasks is done
 */
record WordCountArguments(int verses, int part, int workers, boolean kill) {

  static final String USAGE =
      """
      Counts the words of a book on worker processes, into counts that are kept by word, kills one
      worker on the way, and compares each count with that of a plain loop.

        --verses n    verses to count the words of, 1 to 31102 (default 31102, the whole book)
        --part n      verses of a task, 1 to 31102 (default 250)
        --workers n   worker processes, 0 to 64; 0 is this JVM alone (default 3)
        --no-kill     let all workers live; fewer than 3 need this
        --help        print this\
      """;

  /** With fewer, what is kept is not on a second worker that outlives the one that is killed. */
  private static final int LEAST_WORKERS_TO_KILL_ONE = 3;

  /**
   * Reads the command line.
   *
   * @throws IllegalArgumentException an argument is unknown, or its value out of range
   */
  static WordCountArguments parse(CommandLine line) {
    int verses = Book.VERSES;
    int part = 250;
    int workers = 3;
    boolean kill = true;
    while (line.next()) {
      switch (line.name()) {
        case "--verses" -> verses = (int) line.number(1, Book.VERSES);
        case "--part" -> part = (int) line.number(1, Book.VERSES);
        case "--workers" -> workers = (int) line.number(0, 64);
        case "--no-kill" -> kill = false;
        default -> throw line.unknown();
      }
    }
    if (kill && workers < LEAST_WORKERS_TO_KILL_ONE) {
      throw new IllegalArgumentException(
          "--workers must be at least "
              + LEAST_WORKERS_TO_KILL_ONE
              + " where one is killed (was "
              + workers
              + "): add --no-kill");
    }
    return new WordCountArguments(verses, part, workers, kill);
  }
}
