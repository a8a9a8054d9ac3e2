package dev.furrow.examples.failover;

import dev.furrow.Furrow;
import dev.furrow.Job;
import dev.furrow.JobOptions;
import dev.furrow.Outcome;
import dev.furrow.Task;
import dev.furrow.TaskContext;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** A job of short tasks that goes on for as long as this is open, and how long none of it ended. */
final class Beside implements AutoCloseable {

  private static final long MILLIS = 10;
  private static final int IN_FLIGHT = 100;

  /** Waits a little and gives back its number. */
  record Tick(long n) implements Task<Long> {
    @Override
    public Long run(TaskContext context) throws InterruptedException {
      TimeUnit.MILLISECONDS.sleep(MILLIS);
      return n;
    }
  }

  private final Job<Long> job;
  private final CompletableFuture<Long> wrong = new CompletableFuture<>();
  private volatile boolean stopped;
  private volatile long lastNanos = System.nanoTime();
  private volatile long waitedNanos;

  /** Begins, as a program of a cluster. */
  Beside(Furrow driver) {
    Stream<Tick> tasks = LongStream.iterate(0, n -> !stopped, n -> n + 1).mapToObj(Tick::new);
    job = driver.submitAll(JobOptions.named("beside").maxInFlight(IN_FLIGHT), tasks);
    Thread reader = new Thread(this::read, "beside");
    reader.setDaemon(true);
    reader.start();
  }

  private void read() {
    long[] seen = new long[2];
    try (Stream<Outcome<Long>> outcomes = job.outcomes()) {
      outcomes.forEach(
          outcome -> {
            long now = System.nanoTime();
            waitedNanos = Math.max(waitedNanos, now - lastNanos);
            lastNanos = now;
            seen[0]++;
            boolean right =
                outcome instanceof Outcome.Succeeded<Long> done && done.value() == done.taskId();
            seen[1] += right ? 0 : 1;
          });
      wrong.complete(seen[1] + Math.abs(job.progress().total() - seen[0]));
    } catch (RuntimeException failed) {
      wrong.completeExceptionally(failed);
    }
  }

  /** Forgets how long it waited so far. */
  void forget() {
    waitedNanos = 0;
  }

  /** The longest time in which no task ended, in nanoseconds. */
  long waited() {
    return Math.max(waitedNanos, System.nanoTime() - lastNanos);
  }

  /** Ends the job, and tells how many tasks failed, were lost or came twice. */
  long finish() {
    stopped = true;
    return wrong.orTimeout(2, TimeUnit.MINUTES).join();
  }

  @Override
  public void close() {
    stopped = true;
  }
}
