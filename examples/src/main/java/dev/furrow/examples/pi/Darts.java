package dev.furrow.examples.pi;

import dev.furrow.Task;
import dev.furrow.TaskContext;
import java.util.List;
import java.util.stream.LongStream;

/**
 * Throws darts at a square and counts those that hit the quarter of a circle in it. The darts are
 * points with whole coordinates from 0 to 2³¹ − 1, so that nothing is ever rounded.
 *
 * @param seed the same seed throws the same darts
 * @param count how many; from 0
 */
record Darts(long seed, long count) implements Task<Long> {

  /** Most darts of one task: some milliseconds of work. */
  static final long AT_MOST = 5_000_000;

  /** The weight of 1 in the golden ratio, as an odd number of 64 bits. */
  private static final long GOLDEN = 0x9e3779b97f4a7c15L;

  private static final int RADIUS_SQUARED_BITS = 62;

  /**
   * Shares darts out to tasks.
   *
   * @param total darts in all; at least 1
   * @param seed another seed throws other darts
   */
  static List<Darts> share(long total, long seed) {
    long tasks = (total + AT_MOST - 1) / AT_MOST;
    return LongStream.range(0, tasks)
        .mapToObj(
            task -> new Darts(mix(mix(seed) + task), Math.min(AT_MOST, total - task * AT_MOST)))
        .toList();
  }

  @Override
  public Long run(TaskContext context) {
    return hits();
  }

  /** What the task does, for any thread: how many darts hit. */
  long hits() {
    long state = seed;
    long hits = 0;
    for (long dart = 0; dart < count; dart++) {
      state += GOLDEN;
      long random = mix(state);
      long x = random >>> 33;
      long y = random & Integer.MAX_VALUE;
      hits += 1 - ((x * x + y * y) >>> RADIUS_SQUARED_BITS);
    }
    return hits;
  }

  /**
   * Random bits of a counter's next value: SplitMix64 (Steele, Lea and Flood, "Fast Splittable
   * Pseudorandom Number Generators", OOPSLA 2014).
   */
  private static long mix(long counter) {
    long bits = (counter ^ (counter >>> 30)) * 0xbf58476d1ce4e5b9L;
    bits = (bits ^ (bits >>> 27)) * 0x94d049bb133111ebL;
    return bits ^ (bits >>> 31);
  }
}
