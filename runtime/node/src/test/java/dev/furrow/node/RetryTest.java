package dev.furrow.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.furrow.Furrow;
import dev.furrow.Job;
import dev.furrow.JobOptions;
import dev.furrow.Outcome;
import dev.furrow.Ref;
import dev.furrow.Task;
import dev.furrow.TaskContext;
import dev.furrow.TaskFailedException;
import dev.furrow.TaskOptions;
import dev.furrow.TaskTimedOutException;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Attempts that are made again, and attempts that take too long. */
final class RetryTest {

  private static final TaskOptions AT_ONCE = TaskOptions.defaults().backoff(Duration.ZERO);
  private static final TaskOptions SHORT = AT_ONCE.timeout(Duration.ofMillis(50));

  private static Furrow furrow;

  @BeforeAll
  static void start() {
    furrow = Furrow.builder().slots(1).start();
  }

  @AfterAll
  static void close() {
    furrow.close();
  }

  /** Throws until its last attempt. */
  record Stumble(String meeting, int until) implements Task<Integer> {
    @Override
    public Integer run(TaskContext context) {
      Meeting.named(meeting).pass("attempt " + context.attempt());
      if (context.attempt() < until) {
        throw new NumberFormatException("not yet");
      }
      return context.attempt();
    }
  }

  @Test
  void shouldTryAgainUntilItSucceeds() {
    try (Meeting meeting = Meeting.open()) {
      Ref<Integer> ref = furrow.submit(new Stumble(meeting.name(), 3), AT_ONCE.retries(5));
      assertThat(ref.join()).isEqualTo(3);
      assertThat(meeting.notes()).containsExactly("attempt 1", "attempt 2", "attempt 3");
    }
  }

  @Test
  void shouldFailWhenNoRetryIsLeft() {
    try (Meeting meeting = Meeting.open()) {
      Ref<Integer> ref = furrow.submit(new Stumble(meeting.name(), 9), AT_ONCE.retries(2));
      TaskFailedException failed = catchThrowableOfType(TaskFailedException.class, ref::join);
      assertThat(failed.failure().attempts()).isEqualTo(3);
      assertThat(failed).hasMessageContaining("3 attempts");
      assertThat(meeting.arrived()).isEqualTo(3);
    }
  }

  @Test
  void shouldNotTryAgainUnlessAsked() {
    try (Meeting meeting = Meeting.open()) {
      Ref<Integer> ref = furrow.submit(new Stumble(meeting.name(), 9));
      assertThatThrownBy(ref::join).isInstanceOf(TaskFailedException.class);
      assertThat(meeting.arrived()).isEqualTo(1);
    }
  }

  @Test
  void shouldNotTryAgainAfterASubtypeOfWhatIsNotToBeRetried() {
    TaskOptions picky = AT_ONCE.retries(5).doNotRetry(IllegalArgumentException.class);
    try (Meeting meeting = Meeting.open()) {
      Ref<Integer> ref = furrow.submit(new Stumble(meeting.name(), 3), picky);
      TaskFailedException failed = catchThrowableOfType(TaskFailedException.class, ref::join);
      assertThat(failed.failure().attempts()).isEqualTo(1);
      TaskOptions other = AT_ONCE.retries(5).doNotRetry(IllegalStateException.class);
      assertThat(furrow.submit(new Stumble(meeting.name(), 2), other).join()).isEqualTo(2);
    }
  }

  // ----------------------------------------------------------------- time

  @Test
  void shouldEndAnAttemptThatTakesTooLong() {
    try (Meeting meeting = Meeting.open()) {
      Ref<String> ref = furrow.submit(new Tasks.Attend(meeting.name()), SHORT);
      assertThatThrownBy(ref::join)
          .isInstanceOf(TaskTimedOutException.class)
          .hasMessageContaining(" 50 ms");
      meeting.awaitInterrupts(1);
      assertThat(meeting.notes()).containsExactly("cancelled: true");
    }
  }

  @Test
  void shouldReuseTheSlotOfATaskThatIgnoresItsTimeLimit() {
    try (Meeting meeting = Meeting.open()) {
      Ref<String> ref = furrow.submit(new Tasks.Stubborn(meeting.name()), SHORT);
      assertThatThrownBy(ref::join).isInstanceOf(TaskTimedOutException.class);
      assertThat(furrow.submit(new Tasks.Square(4)).join()).isEqualTo(16);
    }
  }

  @Test
  void shouldTryAgainAfterATimeout() {
    try (Meeting meeting = Meeting.open()) {
      Ref<String> ref = furrow.submit(new Tasks.Attend(meeting.name()), SHORT.retries(2));
      assertThatThrownBy(ref::join)
          .isInstanceOf(TaskTimedOutException.class)
          .hasMessageContaining("attempts made: 3");
      assertThat(meeting.arrived()).isEqualTo(3);
    }
  }

  @Test
  void shouldGiveTheLimitInTheOutcome() {
    try (Meeting meeting = Meeting.open()) {
      Job<String> job =
          furrow.submitAll(
              JobOptions.named("late").tasks(SHORT),
              List.of(new Tasks.Attend(meeting.name()), new Tasks.Attend(meeting.name())));
      try (Stream<Outcome<String>> outcomes = job.outcomes()) {
        assertThat(outcomes)
            .containsExactlyInAnyOrder(
                new Outcome.TimedOut<>(0, Duration.ofMillis(50)),
                new Outcome.TimedOut<>(1, Duration.ofMillis(50)));
      }
      assertThat(job.progress().failed()).isEqualTo(2);
    }
  }

  @Test
  void shouldNotCountTheWaitForASlot() {
    try (Meeting meeting = Meeting.open()) {
      Ref<String> first = furrow.submit(new Tasks.Attend(meeting.name()));
      meeting.awaitArrivals(1);
      TaskOptions limited = TaskOptions.defaults().timeout(Duration.ofSeconds(60));
      Ref<Long> second = furrow.submit(new Tasks.Square(2), limited);
      meeting.release();
      assertThat(first.join()).isEqualTo(meeting.name());
      assertThat(second.join()).isEqualTo(4);
    }
  }
}
