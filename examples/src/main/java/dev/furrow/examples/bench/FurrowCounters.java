package dev.furrow.examples.bench;

import dev.furrow.Aggregation;
import dev.furrow.Change;
import dev.furrow.Partitioned;
import dev.furrow.Update;
import dev.furrow.examples.bench.kit.Counters;
import dev.furrow.examples.bench.kit.Pending;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Counters as a user of Furrow would write them.
 *
 * @param counts each key's counter
 */
record FurrowCounters(Partitioned<Long, Long> counts) implements Counters {

  private static final Add ONE = new Add(1);

  /** Adds to a counter, and replies what it is then. */
  record Add(long n) implements Update<Long, Long> {
    @Override
    public Change<Long, Long> apply(Optional<Long> current) {
      long sum = current.orElse(0L) + n;
      return Change.set(sum, sum);
    }
  }

  /** Adds up all counters. */
  record Total() implements Aggregation<Long, Long, Long> {
    @Override
    public Long zero() {
      return 0L;
    }

    @Override
    public Long add(Long sum, Long key, Long value) {
      return sum + value;
    }

    @Override
    public Long merge(Long left, Long right) {
      return left + right;
    }
  }

  @Override
  public Pending add(long key) {
    CompletableFuture<Long> reply = counts.update(key, ONE).toCompletableFuture();
    return reply::join;
  }

  @Override
  public Pending addAll(long first, int count) {
    Map<Long, Add> updates = new HashMap<>();
    for (long key = first; key < first + count; key++) {
      updates.put(key, ONE);
    }
    CompletableFuture<Map<Long, Long>> replies = counts.updateAll(updates).toCompletableFuture();
    return () -> replies.join().values().stream().mapToLong(Long::longValue).sum();
  }

  @Override
  public long sum() {
    return counts.aggregate(new Total()).toCompletableFuture().join();
  }
}
