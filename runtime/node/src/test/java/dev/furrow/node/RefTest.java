package dev.furrow.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.furrow.Furrow;
import dev.furrow.FurrowInterruptedException;
import dev.furrow.Ref;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Waiting for one result. */
final class RefTest {

  private static Furrow furrow;

  @BeforeAll
  static void start() {
    furrow = Furrow.builder().slots(2).start();
  }

  @AfterAll
  static void close() {
    furrow.close();
  }

  private static String nameOfCurrent() {
    return Thread.currentThread().getName();
  }

  @Test
  void shouldGiveTheSameResultToEveryJoin() {
    Ref<Long> ref = furrow.submit(new Tasks.Square(7));
    assertThat(ref.join()).isEqualTo(49);
    assertThat(ref.join()).isEqualTo(49);
  }

  @Test
  void shouldEndABoundedJoinAndAllowAnother() throws TimeoutException {
    try (Meeting meeting = Meeting.open()) {
      Ref<String> ref = furrow.submit(new Tasks.Attend(meeting.name()));
      assertThatThrownBy(() -> ref.join(Duration.ofMillis(1)))
          .isInstanceOf(TimeoutException.class)
          .hasMessageContaining("task")
          .hasMessageContaining("can be joined again");
      meeting.release();
      assertThat(ref.join(Eventually.DEADLINE)).isEqualTo(meeting.name());
      assertThat(ref.join(Duration.ZERO)).isEqualTo(meeting.name());
      assertThat(ref.join(Duration.ofSeconds(-1))).isEqualTo(meeting.name());
    }
  }

  @Test
  void shouldTakeAnyLimitOfAJoin() throws TimeoutException {
    Duration forEver = ChronoUnit.FOREVER.getDuration();
    assertThat(furrow.submit(new Tasks.Square(2)).join(forEver)).isEqualTo(4);
    try (Meeting meeting = Meeting.open()) {
      Ref<String> ref = furrow.submit(new Tasks.Attend(meeting.name()));
      assertThatThrownBy(() -> ref.join(forEver.negated())).isInstanceOf(TimeoutException.class);
    }
  }

  @Test
  void shouldSetTheInterruptFlagAndLetTheTaskGoOnWhenAJoinIsInterrupted() throws Exception {
    try (Meeting meeting = Meeting.open()) {
      Ref<String> ref = furrow.submit(new Tasks.Attend(meeting.name()));
      List<Object> seen = new CopyOnWriteArrayList<>();
      Thread waiter =
          new Thread(
              () -> {
                try {
                  seen.add(ref.join());
                } catch (FurrowInterruptedException interrupted) {
                  seen.add(interrupted);
                  seen.add(Thread.currentThread().isInterrupted());
                }
              });
      waiter.start();
      Eventually.blocks(waiter);
      waiter.interrupt();
      waiter.join();
      assertThat(seen).hasSize(2);
      assertThat(seen.get(0)).isInstanceOf(FurrowInterruptedException.class);
      assertThat(seen.get(1)).isEqualTo(true);
      meeting.release();
      assertThat(ref.join()).isEqualTo(meeting.name());
      assertThat(meeting.interrupted()).isZero();
    }
  }

  // --------------------------------------------------------------- futures

  @Test
  void shouldGiveAFreshFutureEachTime() {
    try (Meeting meeting = Meeting.open()) {
      Ref<String> ref = furrow.submit(new Tasks.Attend(meeting.name()));
      CompletableFuture<String> cancelled = ref.toCompletableFuture();
      CompletableFuture<String> completed = ref.toCompletableFuture();
      CompletableFuture<String> kept = ref.toCompletableFuture();
      assertThat(cancelled.cancel(true)).isTrue();
      assertThat(completed.complete("mine")).isTrue();
      meeting.release();
      assertThat(kept.join()).isEqualTo(meeting.name());
      assertThat(ref.join()).isEqualTo(meeting.name());
      assertThat(meeting.interrupted()).isZero();
    }
  }

  @Test
  void shouldCompleteAFutureWithTheTasksFailure() {
    Ref<Long> ref = furrow.submit(new Tasks.Fail("no rain"));
    assertThat(ref.toCompletableFuture())
        .failsWithin(Eventually.DEADLINE)
        .withThrowableThat()
        .havingCause()
        .isInstanceOf(dev.furrow.TaskFailedException.class)
        .withMessageStartingWith("java.lang.IllegalStateException: no rain");
  }

  @Test
  void shouldRunContinuationsOnThreadsOfTheirOwn() {
    try (Meeting meeting = Meeting.open()) {
      CompletableFuture<String> name =
          furrow
              .submit(new Tasks.Attend(meeting.name()))
              .toCompletableFuture()
              .thenApply(result -> nameOfCurrent());
      meeting.release();
      assertThat(name.join()).startsWith("furrow-callback-");
    }
  }

  @Test
  void shouldRunContinuationsOnTheExecutorThatWasGiven() {
    ExecutorService mine = Executors.newSingleThreadExecutor(work -> new Thread(work, "mine"));
    try (Meeting meeting = Meeting.open();
        Furrow own = Furrow.builder().slots(1).callbackExecutor(mine).start()) {
      CompletableFuture<String> name =
          own.submit(new Tasks.Attend(meeting.name()))
              .toCompletableFuture()
              .thenApply(result -> nameOfCurrent());
      meeting.release();
      assertThat(name.join()).isEqualTo("mine");
    } finally {
      mine.shutdown();
    }
  }

  @Test
  void shouldKeepCallbacksOffTheRuntimesThreadsWhenTheirExecutorRunsThemInTheCaller() {
    try (Meeting meeting = Meeting.open();
        Furrow own = Furrow.builder().slots(1).callbackExecutor(Runnable::run).start()) {
      CompletableFuture<String> name =
          own.submit(new Tasks.Attend(meeting.name()))
              .toCompletableFuture()
              .thenApply(result -> nameOfCurrent());
      meeting.release();
      assertThat(name.join()).doesNotContain("dispatcher");
    }
  }

  @Test
  void shouldSurviveACallbackExecutorThatRefuses() throws Exception {
    try (Furrow own =
        Furrow.builder()
            .slots(1)
            .callbackExecutor(
                work -> {
                  throw new RejectedExecutionException("full");
                })
            .start()) {
      try (Meeting meeting = Meeting.open()) {
        Ref<String> ref = own.submit(new Tasks.Attend(meeting.name()));
        CompletableFuture<String> future = ref.toCompletableFuture();
        meeting.release();
        assertThat(future.get(60, TimeUnit.SECONDS)).isEqualTo(meeting.name());
      }
      assertThat(own.submit(new Tasks.Square(3)).join(Eventually.DEADLINE)).isEqualTo(9);
    }
  }
}
