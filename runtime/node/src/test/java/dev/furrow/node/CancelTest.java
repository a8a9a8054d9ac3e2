package dev.furrow.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.furrow.Furrow;
import dev.furrow.Job;
import dev.furrow.Ref;
import dev.furrow.Task;
import dev.furrow.TaskCancelledException;
import dev.furrow.TaskContext;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Tasks that are no longer wanted. */
final class CancelTest {

  private Furrow furrow;

  @BeforeEach
  void start() {
    furrow = Furrow.builder().slots(1).set("furrow.close.timeout", Duration.ZERO).start();
  }

  @AfterEach
  void close() {
    furrow.close();
  }

  private static void assertCancelled(Ref<?> ref) {
    assertThatThrownBy(() -> ref.join(Eventually.DEADLINE))
        .isInstanceOf(TaskCancelledException.class)
        .hasMessageContaining("was cancelled");
  }

  @Test
  void shouldEndATaskThatWaitsForASlot() {
    try (Meeting meeting = Meeting.open()) {
      Ref<String> running = furrow.submit(new Tasks.Attend(meeting.name()));
      meeting.awaitArrivals(1);
      Ref<String> queued = furrow.submit(new Tasks.Note(meeting.name(), "ran"));
      queued.cancel();
      assertCancelled(queued);
      meeting.release();
      assertThat(running.join()).isEqualTo(meeting.name());
      assertThat(meeting.notes()).isEmpty();
    }
  }

  @Test
  void shouldInterruptARunningTaskAndTellIt() {
    try (Meeting meeting = Meeting.open()) {
      Ref<String> ref = furrow.submit(new Tasks.Attend(meeting.name()));
      meeting.awaitArrivals(1);
      ref.cancel();
      assertCancelled(ref);
      meeting.awaitInterrupts(1);
      assertThat(meeting.notes()).containsExactly("cancelled: true");
    }
  }

  @Test
  void shouldFreeTheSlotAtOnceWhenTheTaskIgnoresInterruption() throws TimeoutException {
    try (Meeting meeting = Meeting.open()) {
      Ref<String> ref = furrow.submit(new Tasks.Stubborn(meeting.name()));
      meeting.awaitArrivals(1);
      ref.cancel();
      assertCancelled(ref);
      assertThat(furrow.submit(new Tasks.Square(5)).join(Eventually.DEADLINE)).isEqualTo(25);
      meeting.awaitInterrupts(1);
    }
  }

  @Test
  void shouldChangeNothingWhenTheTaskHasEnded() {
    Ref<Long> ref = furrow.submit(new Tasks.Square(6));
    assertThat(ref.join()).isEqualTo(36);
    ref.cancel();
    assertThat(ref.join()).isEqualTo(36);
  }

  @Test
  void shouldNotLoseACancelThatFollowsItsSubmitAtOnce() {
    try (Meeting meeting = Meeting.open()) {
      Ref<String> first = furrow.submit(new Tasks.Attend(meeting.name()));
      first.cancel();
      assertCancelled(first);
    }
  }

  @Test
  void shouldNotLoseCancelsThatOvertakeTheirTasks() {
    try (Meeting meeting = Meeting.open()) {
      Ref<String> running = furrow.submit(new Tasks.Attend(meeting.name()));
      meeting.awaitArrivals(1);
      List<Ref<String>> many =
          IntStream.range(0, 20_000)
              .mapToObj(n -> furrow.submit(new Tasks.Note(meeting.name(), "ran")))
              .toList();
      many.forEach(Ref::cancel);
      many.forEach(CancelTest::assertCancelled);
      meeting.release();
      assertThat(running.join()).isEqualTo(meeting.name());
      assertThat(meeting.notes()).isEmpty();
    }
  }

  /** Cancels a task of its own as soon as it has submitted it. */
  record Impatient(String meeting) implements Task<Boolean> {
    @Override
    public Boolean run(TaskContext context) {
      Ref<String> ref = context.furrow().submit(new Tasks.Attend(meeting));
      ref.cancel();
      try {
        ref.join();
        return false;
      } catch (TaskCancelledException cancelled) {
        return true;
      }
    }
  }

  @Test
  void shouldNotLoseACancelThatOvertakesTheFirstTask() {
    try (Meeting meeting = Meeting.open()) {
      List<Ref<Boolean>> refs =
          IntStream.range(0, 200)
              .mapToObj(n -> furrow.submit(new Impatient(meeting.name())))
              .toList();
      refs.forEach(
          ref ->
              assertThat(ref.toCompletableFuture())
                  .succeedsWithin(Eventually.DEADLINE)
                  .isEqualTo(true));
    }
  }

  @Test
  void shouldNotLoseACancelThatComesBeforeItsTaskIsRead() {
    try (Meeting source = Meeting.open();
        Meeting meeting = Meeting.open()) {
      Stream<Tasks.Attend> slow =
          IntStream.range(0, 2)
              .peek(n -> source.attendStubbornly())
              .mapToObj(n -> new Tasks.Attend(meeting.name()));
      Job<String> job = furrow.submitAll(slow);
      Ref<String> first = job.ref(0);
      Ref<String> second = job.ref(1);
      second.cancel();
      source.release();
      assertCancelled(second);
      meeting.release();
      assertThat(first.join()).isEqualTo(meeting.name());
    }
  }
}
