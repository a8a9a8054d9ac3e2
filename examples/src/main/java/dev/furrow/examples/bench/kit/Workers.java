package dev.furrow.examples.bench.kit;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Finds out which processes do the work, by asking tasks. */
final class Workers {

  private static final long PATIENCE_NANOS = 120_000_000_000L;

  private Workers() {}

  /**
   * Waits until each worker has ended a task.
   *
   * @return the workers' processes
   * @throws IllegalStateException that did not happen in time, or a task ran in this process
   */
  static List<ProcessHandle> await(Grid grid, Shape shape) throws Exception {
    Set<Long> seen = new TreeSet<>();
    long start = System.nanoTime();
    while (seen.size() < shape.workers()) {
      if (System.nanoTime() - start > PATIENCE_NANOS) {
        throw new IllegalStateException(
            "waited two minutes for "
                + shape.workers()
                + " workers; processes that ran tasks: "
                + seen);
      }
      List<Pending> asked = new ArrayList<>();
      for (int i = 0; i < 2 * shape.slots(); i++) {
        asked.add(grid.submit(new Work.ProcessId()));
      }
      for (Pending one : asked) {
        seen.add(one.join());
      }
      if (seen.size() > shape.workers() || seen.contains(ProcessHandle.current().pid())) {
        throw new IllegalStateException(
            "tasks ran in other processes than the " + shape.workers() + " workers: " + seen);
      }
    }
    return seen.stream().map(ProcessHandle::of).flatMap(Optional::stream).toList();
  }

  /**
   * Adds up what is used of the workers' heaps after collections.
   *
   * @param workers how many there are
   * @return bytes
   * @throws IllegalStateException not every worker answered in time
   */
  static long heap(Grid grid, int workers) throws Exception {
    Map<Long, Long> used = new TreeMap<>();
    long start = System.nanoTime();
    while (used.size() < workers) {
      if (System.nanoTime() - start > PATIENCE_NANOS) {
        throw new IllegalStateException(
            "waited two minutes for what the heaps of "
                + workers
                + " workers hold; those that answered: "
                + used.keySet());
      }
      List<Pending> asked = new ArrayList<>();
      for (int i = 0; i < 2 * workers; i++) {
        asked.add(grid.submit(new Work.UsedHeap()));
      }
      for (Pending one : asked) {
        long result = one.join();
        used.put(Work.UsedHeap.process(result), Work.UsedHeap.bytes(result));
      }
    }
    return used.values().stream().mapToLong(Long::longValue).sum();
  }
}
