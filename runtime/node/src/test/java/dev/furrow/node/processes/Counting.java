package dev.furrow.node.processes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.furrow.Change;
import dev.furrow.FurrowException;
import dev.furrow.Partitioned;
import dev.furrow.Update;
import dev.furrow.UpdateRejectedException;
import dev.furrow.UpdateUnknownException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.stream.IntStream;

/**
 * Threads that add to counters, one update after the other, and note what they were told: each
 * update that was acknowledged is to be there once, each of which nothing is known at most once.
 */
final class Counting implements AutoCloseable {

  record Add(long n) implements Update<Long, Long> {
    @Override
    public Change<Long, Long> apply(Optional<Long> now) {
      long sum = now.orElse(0L) + n;
      return Change.set(sum, sum);
    }
  }

  /** Says in which process the state of a key is. */
  record Where() implements Update<Long, Long> {
    @Override
    public Change<Long, Long> apply(Optional<Long> now) {
      return new Change<>(now, ProcessHandle.current().pid());
    }
  }

  static final int KEYS = 32;
  static final int THREADS = 4;

  private final Partitioned<String, Long> counts;
  private final int step;
  private final AtomicIntegerArray acknowledged = new AtomicIntegerArray(KEYS);
  private final AtomicIntegerArray unknown = new AtomicIntegerArray(KEYS);
  private final List<CompletableFuture<Void>> threads = new ArrayList<>();
  private final AtomicInteger failed = new AtomicInteger();
  private volatile boolean stopped;

  Counting(Partitioned<String, Long> counts) {
    this(counts, THREADS);
  }

  /** With fewer threads, which leave the machine to what else goes on. */
  Counting(Partitioned<String, Long> counts, int count) {
    this.counts = counts;
    this.step = count;
    for (int first = 0; first < count; first++) {
      CompletableFuture<Void> done = new CompletableFuture<>();
      int from = first;
      Thread thread = new Thread(() -> count(from, done), "counting-" + first);
      thread.setDaemon(true);
      thread.start();
      threads.add(done);
    }
  }

  static <T> T get(CompletionStage<T> stage) throws Exception {
    return stage.toCompletableFuture().get(60, TimeUnit.SECONDS);
  }

  static String key(int n) {
    return "key-" + n;
  }

  private void count(int first, CompletableFuture<Void> done) {
    try {
      for (int n = first; !stopped; n = (n + step) % KEYS) {
        try {
          counts.update(key(n), new Add(1)).toCompletableFuture().join();
          acknowledged.incrementAndGet(n);
        } catch (CompletionException failed) {
          note(n, failed.getCause());
        }
      }
      done.complete(null);
    } catch (Throwable wrong) {
      done.completeExceptionally(wrong);
    }
  }

  private void note(int key, Throwable failure) {
    failed.incrementAndGet();
    if (failure instanceof UpdateUnknownException) {
      unknown.incrementAndGet(key);
    } else if (!(failure instanceof UpdateRejectedException)) {
      throw new IllegalStateException("not a failure of an update", failure);
    }
  }

  /** A key whose state is in a process; −1 if none is. */
  static int at(Partitioned<String, Long> counts, long pid) {
    return IntStream.range(0, KEYS)
        .filter(n -> counts.update(key(n), new Where()).toCompletableFuture().join() == pid)
        .findFirst()
        .orElse(-1);
  }

  static void awaitSomeAt(Partitioned<String, Long> counts, long pid) throws InterruptedException {
    Cluster.await(() -> at(counts, pid) >= 0, () -> "no partition is in process " + pid);
  }

  long acknowledged() {
    long sum = 0;
    for (int key = 0; key < KEYS; key++) {
      sum += acknowledged.get(key);
    }
    return sum;
  }

  /** Updates that failed, whether they may have been applied or not. */
  int failed() {
    return failed.get();
  }

  /** Waits until so many more are acknowledged than now. */
  void awaitMore(long more) throws InterruptedException {
    long wanted = acknowledged() + more;
    Cluster.await(() -> acknowledged() >= wanted, () -> acknowledged() + " of " + wanted);
  }

  /** Waits until every key was added to once more than now. */
  void awaitAllKeys() throws InterruptedException {
    int[] before = new int[KEYS];
    for (int key = 0; key < KEYS; key++) {
      before[key] = acknowledged.get(key);
    }
    for (int n = 0; n < KEYS; n++) {
      int key = n;
      Cluster.await(
          () -> acknowledged.get(key) > before[key], () -> "nothing is added to " + key(key));
    }
  }

  void stop() throws Exception {
    stopped = true;
    for (CompletableFuture<Void> thread : threads) {
      get(thread);
    }
  }

  /** Stops, and checks every counter, as a caller sees it. */
  void verify(Partitioned<String, Long> seen) throws Exception {
    stop();
    for (int key = 0; key < KEYS; key++) {
      long kept = get(seen.get(key(key))).orElse(0L);
      assertThat(kept)
          .as(key(key))
          .isBetween((long) acknowledged.get(key), (long) acknowledged.get(key) + unknown.get(key));
    }
    assertThat(acknowledged()).isPositive();
  }

  @Override
  public void close() {
    stopped = true;
  }

  /** The failure itself, where a stage has wrapped it. */
  static FurrowException failure(CompletionStage<?> stage) {
    try {
      stage.toCompletableFuture().join();
    } catch (CompletionException failed) {
      if (failed.getCause() instanceof FurrowException failure) {
        return failure;
      }
      throw failed;
    }
    throw new AssertionError("it did not fail");
  }
}
