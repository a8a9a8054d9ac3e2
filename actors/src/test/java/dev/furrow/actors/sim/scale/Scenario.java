package dev.furrow.actors.sim.scale;

/**
 * One cell of the table.
 *
 * @param nodes workers, all connected when the job starts
 * @param taskNanos length of a task; each is up to 20 % shorter or longer
 * @param tasks how many
 * @param deaths whether every tenth node dies when half of the tasks are done
 * @param budget nanoseconds of the supervisor's CPU after which the run is cut
 */
record Scenario(int nodes, long taskNanos, int tasks, boolean deaths, long budget) {

  static final int SLOTS = 32;
  static final long MILLI = 1_000_000;

  /** Bounds a full run to a few minutes, even where nothing gets done. */
  private static final long BUDGET = 5_000 * MILLI;

  private static final int FEWEST = 100_000;
  private static final int MOST = 1_600_000;

  /** A cluster of a size and tasks of a length, as the full run has them. */
  static Scenario of(int nodes, int millis, boolean deaths) {
    int tasks = Math.max(FEWEST, Math.min(MOST, 20 * SLOTS * nodes));
    return new Scenario(nodes, millis * MILLI, tasks, deaths, deaths ? 2 * BUDGET : BUDGET);
  }

  int slots() {
    return nodes * SLOTS;
  }

  /** Nodes that die: every tenth. */
  int dying() {
    return deaths ? (nodes + 4) / 10 : 0;
  }

  /** The length of a task: the same in each run. */
  long lengthOf(long task) {
    long mixed = (task + 1) * 0x9E3779B97F4A7C15L;
    mixed = (mixed ^ (mixed >>> 32)) * 0xD6E8FEB86659FD93L;
    double jitter = ((mixed >>> 11) & 0xFFFFF) / (double) 0xFFFFF;
    return (long) (taskNanos * (0.8 + 0.4 * jitter));
  }

  /** Slot time of all tasks together. */
  long work() {
    long sum = 0;
    for (int i = 0; i < tasks; i++) {
      sum += lengthOf(i);
    }
    return sum;
  }

  String label() {
    long millis = taskNanos / MILLI;
    return millis < 1_000 ? millis + " ms" : millis / 1_000 + " s";
  }
}
