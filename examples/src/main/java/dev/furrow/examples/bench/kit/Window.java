package dev.furrow.examples.bench.kit;

import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.function.LongConsumer;

/** Submits tasks one by one, with many in flight: at the bound, the oldest is waited for. */
public final class Window {

  private Window() {}

  /**
   * Runs tasks to their end.
   *
   * @param grid who runs them
   * @param works the tasks
   * @param size how many are in flight at most
   * @param results gets each result, in the order of submission
   * @throws Exception a task failed
   */
  public static void run(Grid grid, Iterator<? extends Work> works, int size, LongConsumer results)
      throws Exception {
    ArrayDeque<Pending> inFlight = new ArrayDeque<>(size);
    while (works.hasNext()) {
      if (inFlight.size() == size) {
        results.accept(inFlight.remove().join());
      }
      inFlight.add(grid.submit(works.next()));
    }
    while (!inFlight.isEmpty()) {
      results.accept(inFlight.remove().join());
    }
  }
}
