package dev.furrow.examples.bench;

import dev.furrow.examples.bench.kit.Counters;
import dev.furrow.examples.bench.kit.Pending;
import java.util.concurrent.ConcurrentHashMap;

/** Counters in a concurrent map of this JVM, updated on the caller's thread: what a map costs. */
final class MapCounters implements Counters {

  private final ConcurrentHashMap<Long, Long> counts = new ConcurrentHashMap<>();

  @Override
  public Pending add(long key) {
    long sum = counts.merge(key, 1L, Long::sum);
    return () -> sum;
  }

  @Override
  public Pending addAll(long first, int count) {
    long sum = 0;
    for (long key = first; key < first + count; key++) {
      sum += counts.merge(key, 1L, Long::sum);
    }
    long all = sum;
    return () -> all;
  }

  @Override
  public long sum() {
    return counts.reduceValuesToLong(Long.MAX_VALUE, Long::longValue, 0, Long::sum);
  }
}
