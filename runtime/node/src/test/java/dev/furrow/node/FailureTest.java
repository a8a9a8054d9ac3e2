package dev.furrow.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.furrow.Furrow;
import dev.furrow.Ref;
import dev.furrow.TaskFailedException;
import dev.furrow.TaskFailure;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What a program sees of a task that threw. */
final class FailureTest {

  private static Furrow furrow;

  @BeforeAll
  static void start() {
    furrow = Furrow.builder().slots(1).start();
  }

  @AfterAll
  static void close() {
    furrow.close();
  }

  private static TaskFailedException failureOf(Ref<?> ref) {
    return catchThrowableOfType(TaskFailedException.class, ref::join);
  }

  @Test
  void shouldBeginTheMessageWithTheRemoteTypeAndText() {
    TaskFailedException failed = failureOf(furrow.submit(new Tasks.Fail("the well is dry")));
    assertThat(failed).hasMessageStartingWith("java.lang.IllegalStateException: the well is dry");
    assertThat(failed.getMessage()).contains("local").contains("1 attempt");
  }

  @Test
  void shouldPrintTheRemoteTrace() {
    StringWriter text = new StringWriter();
    failureOf(furrow.submit(new Tasks.Fail("x"))).printStackTrace(new PrintWriter(text));
    assertThat(text.toString())
        .contains("Caused by: java.lang.IllegalStateException: x")
        .contains("Tasks$Fail.run")
        .contains("Caused by: java.io.IOException: the disk is full");
  }

  @Test
  void shouldGiveTheFailureAsData() {
    TaskFailure failure = failureOf(furrow.submit(new Tasks.Fail("x"))).failure();
    assertThat(failure.kind()).isEqualTo(TaskFailure.Kind.THREW);
    assertThat(failure.type()).isEqualTo("java.lang.IllegalStateException");
    assertThat(failure.message()).isEqualTo("x");
    assertThat(failure.attempts()).isEqualTo(1);
    assertThat(failure.node()).isEqualTo("local");
    assertThat(failure.trace()).hasSizeBetween(1, 64);
    assertThat(failure.trace().get(0)).contains("Tasks$Fail.run");
    TaskFailure cause = failure.cause().orElseThrow();
    assertThat(cause.type()).isEqualTo("java.io.IOException");
    assertThat(cause.message()).isEqualTo("the disk is full");
    assertThat(cause.cause()).isEmpty();
  }

  @Test
  void shouldShowEachCallerItsOwnFrames() {
    Ref<Long> ref = furrow.submit(new Tasks.Fail("x"));
    TaskFailedException first = failureOf(ref);
    TaskFailedException second = failureOf(ref);
    assertThat(second).isNotSameAs(first).hasMessage(first.getMessage());
  }
}
