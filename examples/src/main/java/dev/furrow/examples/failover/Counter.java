package dev.furrow.examples.failover;

import dev.furrow.Partitioned;
import dev.furrow.UpdateRejectedException;
import dev.furrow.UpdateUnknownException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Adds to one key, one update after the other, a little after the last was answered, and notes for
 * how long it has waited for an acknowledgement. Safe for use by many threads.
 */
final class Counter {

  /** All keys together leave processors free on two cores: nodes start beside them. */
  static final long PACE_MILLIS = 50;

  private final Partitioned<String, Long> state;
  private final String key;
  private final Executor pace =
      CompletableFuture.delayedExecutor(PACE_MILLIS, TimeUnit.MILLISECONDS, Runnable::run);
  private final CompletableFuture<Void> ended = new CompletableFuture<>();
  private long last = System.nanoTime();
  private long longest;
  private long acknowledged;
  private long rejected;
  private long unknown;
  private String failure = "none failed";
  private boolean stopped;

  /** Begins at once. */
  Counter(Partitioned<String, Long> state, String key) {
    this.state = state;
    this.key = key;
    add();
  }

  private void add() {
    state.update(key, new Add(1)).whenComplete((sum, failure) -> answered(failure));
  }

  private synchronized void answered(@Nullable Throwable thrown) {
    Throwable cause = thrown instanceof CompletionException ? thrown.getCause() : thrown;
    if (cause != null) {
      failure = String.valueOf(cause.getMessage());
    }
    if (cause == null) {
      longest = waited();
      last = System.nanoTime();
      acknowledged++;
    } else if (cause instanceof UpdateRejectedException) {
      rejected++;
    } else if (cause instanceof UpdateUnknownException) {
      unknown++;
    } else {
      ended.completeExceptionally(cause);
      return;
    }
    if (stopped) {
      ended.complete(null);
    } else {
      pace.execute(this::add);
    }
  }

  /** The longest time between two acknowledgements, in nanoseconds; the present one included. */
  synchronized long waited() {
    return Math.max(longest, System.nanoTime() - last);
  }

  /** Forgets for how long it has waited. */
  synchronized void forget() {
    longest = 0;
  }

  synchronized long acknowledged() {
    return acknowledged;
  }

  /** Updates that failed. */
  synchronized long failed() {
    return rejected + unknown;
  }

  /** What the last update that failed said. */
  synchronized String failure() {
    return failure;
  }

  /**
   * Stops, and compares what is kept with what was acknowledged.
   *
   * @return acknowledged updates that are not there
   * @throws IllegalStateException more is there than can be
   */
  long lost() {
    synchronized (this) {
      stopped = true;
    }
    ended.join();
    long kept = state.get(key).toCompletableFuture().join().orElse(0L);
    synchronized (this) {
      if (kept > acknowledged + unknown) {
        throw new IllegalStateException(
            key
                + " is "
                + kept
                + " though only "
                + acknowledged
                + " updates were acknowledged and "
                + unknown
                + " may have been applied");
      }
      return Math.max(0, acknowledged - kept);
    }
  }
}
