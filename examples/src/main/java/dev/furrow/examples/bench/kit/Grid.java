package dev.furrow.examples.bench.kit;

import java.util.Iterator;
import java.util.function.LongConsumer;

/**
 * A contender at work: a driver's handle on its workers. Used by one thread. It is never closed:
 * all its processes are killed after the last figure, since ending in order is not measured.
 */
public interface Grid {

  /** How many tasks are in flight at most. */
  int WINDOW = 10_000;

  /**
   * Starts a contender.
   *
   * <p>Called once in a driver's life.
   */
  @FunctionalInterface
  interface Factory {

    /**
     * Starts it, workers included.
     *
     * @param shape how many workers, with how many slots
     * @return the contender, which may still be waiting for its workers
     * @throws Exception it could not be started
     */
    Grid open(Shape shape) throws Exception;
  }

  /**
   * Submits one task.
   *
   * @param work what to run
   * @return a handle on its result
   * @throws Exception it was not accepted
   */
  Pending submit(Work work) throws Exception;

  /**
   * Runs many tasks in the way the contender offers for that. Without such a way: one {@link
   * #submit} each, with a window.
   *
   * @param works what to run; may be endless for practical purposes, so read lazily
   * @param results gets each task's result once, on the caller's thread
   * @throws Exception a task failed
   */
  default void runAll(Iterator<? extends Work> works, LongConsumer results) throws Exception {
    Window.run(this::submit, works, WINDOW, results);
  }

  /**
   * Gives counters that the workers keep, as durable as {@link Kept#here()} says. Only asked of
   * contenders that have rows of state.
   *
   * @param name theirs alone
   * @return the counters
   */
  default Counters counters(String name) {
    throw new UnsupportedOperationException(getClass().getName() + " keeps no state");
  }
}
