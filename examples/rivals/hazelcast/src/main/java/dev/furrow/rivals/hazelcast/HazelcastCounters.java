package dev.furrow.rivals.hazelcast;

import com.hazelcast.aggregation.Aggregators;
import com.hazelcast.map.EntryProcessor;
import com.hazelcast.map.IMap;
import dev.furrow.examples.bench.kit.Counters;
import dev.furrow.examples.bench.kit.Pending;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * Counters in a map of the members, changed by an entry processor where they are.
 *
 * @param counts each key's counter
 */
record HazelcastCounters(IMap<Long, Long> counts) implements Counters {

  private static final Add ONE = new Add(1);

  /** Adds to a counter, and replies what it is then. */
  record Add(long n) implements EntryProcessor<Long, Long, Long> {
    @Override
    public Long process(Map.Entry<Long, Long> entry) {
      Long current = entry.getValue();
      long sum = current == null ? n : current + n;
      entry.setValue(sum);
      return sum;
    }
  }

  @Override
  public Pending add(long key) {
    CompletableFuture<Long> reply = counts.submitToKey(key, ONE).toCompletableFuture();
    return reply::get;
  }

  /** Hazelcast sends all keys to each partition, which then looks for its own. */
  @Override
  public Pending addAll(long first, int count) {
    Set<Long> keys = new HashSet<>();
    for (long key = first; key < first + count; key++) {
      keys.add(key);
    }
    CompletableFuture<Map<Long, Long>> replies =
        counts.submitToKeys(keys, ONE).toCompletableFuture();
    return () -> replies.get().values().stream().mapToLong(Long::longValue).sum();
  }

  @Override
  public Pending fill(long first, int count) {
    Map<Long, Long> ones = new HashMap<>();
    for (long key = first; key < first + count; key++) {
      ones.put(key, 1L);
    }
    CompletableFuture<Void> done = counts.putAllAsync(ones).toCompletableFuture();
    return () -> {
      done.get();
      return count;
    };
  }

  @Override
  public long sum() {
    return counts.aggregate(Aggregators.longSum());
  }
}
