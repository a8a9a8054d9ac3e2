package dev.furrow.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.furrow.Furrow;
import dev.furrow.Job;
import dev.furrow.JobStatus;
import dev.furrow.Ref;
import dev.furrow.Task;
import dev.furrow.TaskContext;
import dev.furrow.TaskOptions;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a thread asks for while it is interrupted, as that of a stopped task is. */
@Timeout(60)
final class InterruptedThreadTest {

  private static final int ROUNDS = 300;

  @Test
  void shouldCancelAJobThatIsOnlyBeingStarted() {
    try (Furrow furrow = Furrow.builder().slots(1).start()) {
      for (int i = 0; i < ROUNDS; i++) {
        Job<String> job = furrow.submitAll(Stream.of(new Sleep()));
        Thread.currentThread().interrupt();
        job.cancel();
        assertThat(Thread.interrupted()).isTrue();
        assertThat(job.completion().toCompletableFuture().join().tasks()).isLessThan(2);
        assertThat(job.status()).isEqualTo(JobStatus.CANCELLED);
      }
    }
  }

  @Test
  void shouldCancelAJobHoweverOftenTheThreadIsInterruptedMeanwhile() {
    try (Furrow furrow = Furrow.builder().slots(1).start()) {
      for (int i = 0; i < ROUNDS; i++) {
        Job<String> job = furrow.submitAll(Stream.of(new Sleep()));
        Queue<Throwable> thrown = new ConcurrentLinkedQueue<>();
        Thread canceller = new Thread(job::cancel);
        canceller.setUncaughtExceptionHandler((thread, error) -> thrown.add(error));
        canceller.start();
        while (canceller.isAlive()) {
          canceller.interrupt();
        }
        assertThat(thrown).isEmpty();
        assertThat(job.completion().toCompletableFuture().join().tasks()).isLessThan(2);
        assertThat(job.status()).isEqualTo(JobStatus.CANCELLED);
      }
    }
  }

  /** Stopped while what it has submitted is only being started. */
  record Outer() implements Task<String> {
    @Override
    public String run(TaskContext context) {
      while (!context.cancelled()) {
        Thread.onSpinWait();
      }
      return context.furrow().submitAll(List.of(new Sleep(), new Sleep())).id();
    }
  }

  /** Runs until it is interrupted. */
  record Sleep() implements Task<String> {
    @Override
    public String run(TaskContext context) throws InterruptedException {
      Thread.currentThread().join();
      return "";
    }
  }

  /** If one inner task were left, it would have the only slot for ever. */
  @Test
  void shouldCancelWhatAStoppedTaskHasJustSubmitted() {
    try (Furrow furrow = Furrow.builder().slots(1).start()) {
      TaskOptions brief = TaskOptions.defaults().timeout(Duration.ofMillis(1));
      for (int i = 0; i < ROUNDS / 10; i++) {
        Ref<String> outer = furrow.submit(new Outer(), brief);
        outer.toCompletableFuture().handle((value, late) -> true).join();
      }
      assertThat(furrow.submit(new Tasks.Square(3)).join()).isEqualTo(9);
    }
  }
}
