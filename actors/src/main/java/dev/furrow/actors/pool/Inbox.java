package dev.furrow.actors.pool;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * What is said to a pool, and who works it off: one thread at a time, any that comes by (flat
 * combining: Hendler, Incze, Shavit and Tzafrir, SPAA 2010). So a slot's thread that has ended a
 * run finds its next one itself, and waits neither for another thread to be woken nor for a core
 * that tasks keep busy.
 *
 * <p>What one thread says stays in order, and what a thread has said is worked off without its
 * coming back.
 */
final class Inbox {

  /** After so many rounds a thread leaves the rest to the pool's own. */
  private static final int MOST_ROUNDS = 4;

  private final Consumer<List<PoolCommand>> pool;
  private final Runnable wake;
  private final Queue<PoolCommand> commands = new ConcurrentLinkedQueue<>();
  private final AtomicBoolean woken = new AtomicBoolean();
  private final AtomicBoolean taken = new AtomicBoolean();
  private volatile boolean closed;

  /**
   * @param pool works off commands; is never called by two threads at once
   * @param wake has the pool's own thread call {@link #work}
   */
  Inbox(Consumer<List<PoolCommand>> pool, Runnable wake) {
    this.pool = pool;
    this.wake = wake;
  }

  /** From a thread that may be deep in user code: leaves a command for the pool's own thread. */
  void leave(PoolCommand command) {
    if (closed) {
      return;
    }
    commands.add(command);
    if (!woken.get() && woken.compareAndSet(false, true)) {
      wake.run();
    }
  }

  /** From any other thread: a command, and whatever else is there, are worked off at once. */
  void hand(PoolCommand command) {
    commands.add(command);
    work();
  }

  /** Works off what is there, unless another thread is at it, which then does so. */
  void work() {
    woken.set(false);
    for (int round = 0; !commands.isEmpty() && taken.compareAndSet(false, true); round++) {
      try {
        turn();
      } finally {
        taken.set(false);
      }
      if (round >= MOST_ROUNDS && !commands.isEmpty()) {
        if (woken.compareAndSet(false, true)) {
          wake.run();
        }
        return;
      }
    }
  }

  private void turn() {
    List<PoolCommand> all = new ArrayList<>();
    for (PoolCommand next = commands.poll(); next != null; next = commands.poll()) {
      all.add(next);
    }
    if (closed || all.isEmpty()) {
      return;
    }
    try {
      pool.accept(all);
    } catch (RuntimeException | Error broken) {
      closed = true;
      throw broken;
    }
  }

  /** Nothing is worked off any more. */
  void close() {
    closed = true;
  }
}
