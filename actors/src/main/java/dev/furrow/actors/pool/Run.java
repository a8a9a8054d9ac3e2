package dev.furrow.actors.pool;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Which entries of a run are done, running and open: the race between the thread that works the run
 * off and the pool that takes entries back, settled by one atomic word.
 *
 * <p>The word holds the number of entries claimed, the limit up to which entries may be claimed,
 * and whether the last claimed entry is running. An entry is claimed once or taken back once, never
 * both; a running entry is completed once or revoked once, never both.
 */
final class Run {

  /** What {@link #claim()} answers when nothing is left. */
  static final int NONE = -1;

  private static final long RUNNING = 1L << 62;
  private static final long INDEX = (1L << 31) - 1;

  private final AtomicLong word;

  /** A run of so many entries, all open. */
  Run(int size) {
    word = new AtomicLong(pack(0, size, false));
  }

  /** The worker takes the next entry. Answers its index, or {@link #NONE}. */
  int claim() {
    while (true) {
      long seen = word.get();
      int claimed = claimed(seen);
      if (claimed >= limit(seen)) {
        return NONE;
      }
      if (word.compareAndSet(seen, pack(claimed + 1, limit(seen), true))) {
        return claimed;
      }
    }
  }

  /** The worker is done with what it claimed. False if that was revoked: the result is void. */
  boolean complete() {
    while (true) {
      long seen = word.get();
      if (!running(seen)) {
        return false;
      }
      if (word.compareAndSet(seen, pack(claimed(seen), limit(seen), false))) {
        return true;
      }
    }
  }

  /** Whether the entry that was claimed last is neither complete nor revoked. */
  boolean isRunning() {
    return running(word.get());
  }

  /** The pool takes back what is open. Answers how many entries were claimed and stay. */
  int truncate() {
    while (true) {
      long seen = word.get();
      int claimed = claimed(seen);
      if (word.compareAndSet(seen, pack(claimed, claimed, running(seen)))) {
        return claimed;
      }
    }
  }

  /**
   * The pool declares a running entry void, and takes back what is open. False if the entry is not
   * running: it is complete, or was not claimed.
   */
  boolean revoke(int index) {
    while (true) {
      long seen = word.get();
      int claimed = claimed(seen);
      if (!running(seen) || claimed != index + 1) {
        return false;
      }
      if (word.compareAndSet(seen, pack(claimed, claimed, false))) {
        return true;
      }
    }
  }

  private static long pack(int claimed, int limit, boolean running) {
    return (running ? RUNNING : 0) | ((long) claimed << 31) | limit;
  }

  private static int claimed(long word) {
    return (int) ((word >>> 31) & INDEX);
  }

  private static int limit(long word) {
    return (int) (word & INDEX);
  }

  private static boolean running(long word) {
    return (word & RUNNING) != 0;
  }
}
