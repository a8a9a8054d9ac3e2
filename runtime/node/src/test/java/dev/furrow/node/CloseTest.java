package dev.furrow.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.furrow.Furrow;
import dev.furrow.FurrowException;
import dev.furrow.Job;
import dev.furrow.JobStatus;
import dev.furrow.Ref;
import dev.furrow.TaskCancelledException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** The end of a Furrow. */
final class CloseTest {

  private static Furrow.Builder one(Duration patience) {
    return Furrow.builder().slots(1).set("furrow.close.timeout", patience);
  }

  private static Set<Thread> threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith("furrow-"))
        .collect(Collectors.toSet());
  }

  @Test
  void shouldCloseOnce() {
    Furrow furrow = one(Duration.ofSeconds(30)).start();
    assertThat(furrow.submit(new Tasks.Square(2)).join()).isEqualTo(4);
    furrow.close();
    furrow.close();
  }

  @Test
  void shouldRefuseNewWork() {
    Furrow furrow = one(Duration.ofSeconds(30)).start();
    assertThat(furrow.submit(new Tasks.Square(2)).join()).isEqualTo(4);
    furrow.close();
    assertThatThrownBy(() -> furrow.submit(new Tasks.Square(2)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("this Furrow is closed: start another one");
    assertThatThrownBy(() -> furrow.submitAll(List.of(new Tasks.Square(2))))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("closed");
  }

  @Test
  void shouldLetOpenWorkEnd() {
    Furrow furrow = one(Duration.ofMinutes(2)).start();
    Job<Long> job = furrow.submitAll(LongStream.range(0, 3_000).mapToObj(Tasks.Square::new));
    Ref<Long> ref = furrow.submit(new Tasks.Square(9));
    furrow.close();
    assertThat(job.status()).isEqualTo(JobStatus.SUCCEEDED);
    assertThat(job.join()).hasSize(3_000);
    assertThat(ref.join()).isEqualTo(81);
  }

  @Test
  void shouldWaitForATaskThatEndsInTime() throws InterruptedException {
    try (Meeting meeting = Meeting.open()) {
      Furrow furrow = one(Duration.ofMinutes(2)).start();
      Ref<String> ref = furrow.submit(new Tasks.Attend(meeting.name()));
      meeting.awaitArrivals(1);
      Thread closer = new Thread(furrow::close);
      closer.start();
      Eventually.holds("close waits", () -> closer.getState() == Thread.State.TIMED_WAITING);
      assertThatThrownBy(() -> furrow.submit(new Tasks.Square(2)))
          .isInstanceOf(IllegalStateException.class);
      meeting.release();
      closer.join();
      assertThat(ref.join()).isEqualTo(meeting.name());
    }
  }

  @Test
  void shouldCancelWhatHasNotEndedInTime() {
    try (Meeting meeting = Meeting.open()) {
      Furrow furrow = one(Duration.ofMillis(50)).start();
      Ref<String> running = furrow.submit(new Tasks.Attend(meeting.name()));
      Ref<String> queued = furrow.submit(new Tasks.Attend(meeting.name()));
      Job<String> job = furrow.submitAll(List.of(new Tasks.Attend(meeting.name())));
      meeting.awaitArrivals(1);
      furrow.close();
      meeting.awaitInterrupts(1);
      assertThatThrownBy(running::join).isInstanceOf(TaskCancelledException.class);
      assertThatThrownBy(queued::join).isInstanceOf(TaskCancelledException.class);
      assertThatThrownBy(job::join).isInstanceOf(TaskCancelledException.class);
      assertThat(job.status()).isEqualTo(JobStatus.CANCELLED);
      assertThat(job.completion().toCompletableFuture()).succeedsWithin(Eventually.DEADLINE);
    }
  }

  @Test
  void shouldEndAJobThatIsStillBeingRead() {
    try (Meeting source = Meeting.open()) {
      Furrow furrow = one(Duration.ofMillis(50)).start();
      Job<Long> job =
          furrow.submitAll(
              LongStream.range(0, 5)
                  .peek(n -> source.attendStubbornly())
                  .mapToObj(Tasks.Square::new));
      source.awaitArrivals(1);
      furrow.close();
      assertThatThrownBy(job::join).isInstanceOf(FurrowException.class);
      assertThat(job.status().isTerminal()).isTrue();
    }
  }

  @Test
  void shouldLeaveNoThread() {
    Set<Thread> before = threads();
    try (Furrow furrow = Furrow.builder().slots(3).start()) {
      assertThat(furrow.submitAll(LongStream.range(0, 500).mapToObj(Tasks.Square::new)).join())
          .hasSize(500);
      assertThat(furrow.submit(new Tasks.Square(2)).toCompletableFuture().join()).isEqualTo(4);
    }
    Eventually.holds(
        "its threads end",
        () -> {
          Set<Thread> left = threads();
          left.removeAll(before);
          return left.isEmpty();
        });
  }

  @Test
  void shouldEndATaskThatIsLeftByItsSystem() {
    try (Meeting meeting = Meeting.open()) {
      Furrow furrow = one(Duration.ZERO).start();
      Ref<String> ref = furrow.submit(new Tasks.Stubborn(meeting.name()));
      meeting.awaitArrivals(1);
      furrow.close();
      assertThatThrownBy(ref::join).isInstanceOf(TaskCancelledException.class);
      meeting.awaitInterrupts(1);
    }
  }
}
