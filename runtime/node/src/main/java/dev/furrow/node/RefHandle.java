package dev.furrow.node;

import dev.furrow.FurrowException;
import dev.furrow.Ref;
import dev.furrow.actors.job.OutcomeRecord;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** A handle on the outcome of one task. Results are decoded on the thread that reads them. */
final class RefHandle<R> implements Ref<R> {

  private static final Duration LONGEST = Duration.ofNanos(Long.MAX_VALUE);

  private final JobClient job;
  private final ResultReader reader;
  private final Executor callbacks;

  /** Not the handle itself, which users could lock: the event loop completes handles. */
  private final Object lock = new Object();

  private long index = -1;
  private boolean unwanted;
  private Vault.@Nullable Kept outcome;
  private @Nullable FurrowException lost;
  private @Nullable Read<R> read;
  private @Nullable CompletableFuture<RefHandle<R>> ended;

  RefHandle(JobClient job, ResultReader reader, Executor callbacks) {
    this.job = job;
    this.reader = reader;
    this.callbacks = callbacks;
  }

  /** A decoded result, which may be null. */
  private record Read<R>(@Nullable R value) {}

  /** Its task's place in the job. */
  void place(long task) {
    synchronized (lock) {
      index = task;
    }
  }

  void complete(OutcomeRecord result) {
    complete(() -> result);
  }

  void complete(Vault.Kept result) {
    CompletableFuture<RefHandle<R>> waiting;
    synchronized (lock) {
      if (isEnded()) {
        return;
      }
      outcome = result;
      waiting = ended;
      lock.notifyAll();
    }
    if (waiting != null) {
      waiting.completeAsync(() -> this, callbacks);
    }
  }

  /** Completes it with a result that was decoded before. */
  void complete(@Nullable R value) {
    synchronized (lock) {
      read = new Read<>(value);
      lock.notifyAll();
    }
  }

  void fail(FurrowException why) {
    CompletableFuture<RefHandle<R>> waiting;
    synchronized (lock) {
      if (isEnded()) {
        return;
      }
      lost = why;
      waiting = ended;
      lock.notifyAll();
    }
    if (waiting != null) {
      waiting.completeAsync(() -> this, callbacks);
    }
  }

  private boolean isEnded() {
    return outcome != null || lost != null || read != null;
  }

  @Override
  public R join() {
    boolean there;
    synchronized (lock) {
      there = isEnded();
    }
    if (!there) {
      Waiting.on(
          toString(),
          () -> {
            synchronized (lock) {
              while (!isEnded()) {
                lock.wait();
              }
              return this;
            }
          });
    }
    return value();
  }

  @Override
  public R join(Duration limit) throws TimeoutException {
    long until = System.nanoTime() + nanos(limit);
    boolean there;
    synchronized (lock) {
      there = isEnded();
    }
    if (!there) {
      there = Waiting.on(toString(), () -> awaitUntil(until));
    }
    if (!there) {
      throw new TimeoutException(
          this + " has not ended within " + limit + "; it goes on, and can be joined again");
    }
    return value();
  }

  /** A limit as nanoseconds; one that no long can hold is for ever. */
  private static long nanos(Duration limit) {
    if (limit.isNegative()) {
      return 0;
    }
    return limit.compareTo(LONGEST) > 0 ? LONGEST.toNanos() : limit.toNanos();
  }

  private boolean awaitUntil(long until) throws InterruptedException {
    synchronized (lock) {
      while (!isEnded()) {
        long left = until - System.nanoTime();
        if (left <= 0) {
          return false;
        }
        TimeUnit.NANOSECONDS.timedWait(lock, left);
      }
      return true;
    }
  }

  /** The result of a task that has ended, or the exception that says how. */
  @SuppressWarnings("NullAway") // a task may return null
  private R value() {
    synchronized (lock) {
      FurrowException cause = lost;
      if (cause != null) {
        throw Failures.again(cause);
      }
      Vault.Kept kept = outcome;
      if (read == null && kept != null) {
        OutcomeRecord taken = kept.take();
        outcome = () -> taken; // for whoever asks again, should this throw
        read = new Read<>(reader.<R>value(taken, job.spec()));
        outcome = null;
      }
      return read.value();
    }
  }

  @Override
  public CompletableFuture<R> toCompletableFuture() {
    CompletableFuture<RefHandle<R>> waiting;
    synchronized (lock) {
      if (ended == null) {
        ended = isEnded() ? CompletableFuture.completedFuture(this) : new CompletableFuture<>();
      }
      waiting = ended;
    }
    return waiting.thenApplyAsync(RefHandle::value, callbacks);
  }

  @Override
  public void cancel() {
    long task;
    synchronized (lock) {
      unwanted = true;
      task = isEnded() ? -1 : index;
    }
    if (task >= 0) {
      job.cancelTask(task);
    }
  }

  /** Whether it was cancelled, perhaps before its task was there. */
  boolean isUnwanted() {
    synchronized (lock) {
      return unwanted;
    }
  }

  @Override
  public String toString() {
    synchronized (lock) {
      return "task " + index + " of job " + job.spec().name();
    }
  }
}
