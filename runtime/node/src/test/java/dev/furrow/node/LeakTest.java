package dev.furrow.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.furrow.Furrow;
import dev.furrow.FurrowException;
import dev.furrow.Job;
import dev.furrow.JobOptions;
import dev.furrow.Outcome;
import dev.furrow.Ref;
import dev.furrow.Task;
import dev.furrow.TaskContext;
import dev.furrow.TaskOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Nothing of a job is left when it has ended and its user has let go of it. */
final class LeakTest {

  private static final int ROUNDS = 100;
  private static final int FEW = 20;

  private static Furrow furrow;

  @BeforeAll
  static void start() {
    furrow =
        Furrow.builder()
            .slots(2)
            .set("furrow.results.memory", "1KiB")
            .set("furrow.liveness.status-interval", Duration.ofMillis(20))
            .start();
  }

  @AfterAll
  static void close() {
    furrow.close();
  }

  /** Answers so many bytes. */
  record Bytes(int count) implements Task<byte[]> {
    @Override
    public byte[] run(TaskContext context) {
      return new byte[count];
    }
  }

  /** Submits single tasks and a job, and fails or not, with some of it unread. */
  record Nest(boolean fails) implements Task<Long> {
    @Override
    public Long run(TaskContext context) {
      Ref<Long> single = context.furrow().submit(new Tasks.Square(3));
      Job<Long> job = context.furrow().submitAll(squares(5));
      context.furrow().submit(new Tasks.Square(4));
      if (fails) {
        throw new IllegalStateException("fails after it has submitted");
      }
      return single.join() + job.join().size();
    }
  }

  /** Runs until it is stopped, as does what it has submitted. */
  record Endless(boolean nests) implements Task<Long> {
    @Override
    public Long run(TaskContext context) throws InterruptedException {
      if (nests) {
        return context.furrow().submit(new Endless(false)).join();
      }
      Thread.currentThread().join();
      return 0L;
    }
  }

  /** The ways of a job; each waits for its end. */
  enum Way {
    JOINED(f -> f.submitAll(squares(10)).join()),
    STREAMED(f -> f.submitAll(squares(10)).outcomes().forEach(outcome -> {})),
    NEVER_READ(f -> await(f.submitAll(squares(10)))),
    SPILLED(f -> f.submitAll(bytes()).join()),
    SPILLED_AND_STREAMED(
        f -> {
          Job<byte[]> job = f.submitAll(bytes());
          await(job);
          job.outcomes().forEach(outcome -> {});
        }),
    SPILLED_AND_NEVER_READ(f -> await(f.submitAll(bytes()))),
    STREAM_CLOSED_EARLY(
        f -> {
          Job<Long> job = f.submitAll(squares(50));
          try (Stream<Outcome<Long>> outcomes = job.outcomes()) {
            assertThat(outcomes.limit(1).count()).isEqualTo(1);
          }
          await(job);
        }),
    CANCELLED(
        f -> {
          Job<Long> job = f.submitAll(Stream.generate(() -> new Endless(false)).limit(20));
          job.cancel();
          await(job);
        }),
    CANCELLED_WHILE_ITS_SOURCE_IS_READ(
        f -> {
          Job<Long> job = f.submitAll(Stream.generate(() -> new Tasks.Square(2)));
          job.cancel();
          await(job);
        }),
    FAILED(f -> fails(() -> f.submitAll(Stream.of(new Tasks.Fail("it"))).join())),
    FAILED_FAST(
        f ->
            fails(
                () ->
                    f.submitAll(
                            JobOptions.named("fast").failFast(),
                            Stream.generate(() -> new Tasks.Fail("it")).limit(20))
                        .join())),
    SOURCE_THREW(
        f ->
            fails(
                () ->
                    f.submitAll(
                            squares(10)
                                .peek(
                                    one -> {
                                      if (one.n() == 5) {
                                        throw new IllegalStateException("source");
                                      }
                                    }))
                        .join())),
    SINGLE(f -> f.submit(new Tasks.Square(2)).join()),
    SINGLE_SPILLED(f -> f.submit(new Bytes(2_000)).join()),
    SINGLE_NEVER_READ(f -> await(f.submit(new Bytes(2_000)))),
    SINGLE_UNDER_A_KEY(
        f ->
            f.submit(
                    new Tasks.Square(2),
                    TaskOptions.defaults().key(Long.toString(System.nanoTime())))
                .join()),
    SINGLE_TIMED_OUT(
        f ->
            fails(
                () ->
                    f.submit(
                            new Endless(false),
                            TaskOptions.defaults().timeout(Duration.ofMillis(1)))
                        .join())),
    NESTED(f -> f.submit(new Nest(false)).join()),
    NESTED_AND_FAILED(f -> fails(() -> f.submit(new Nest(true)).join())),
    NESTED_AND_TIMED_OUT(
        f ->
            fails(
                () ->
                    f.submit(
                            new Endless(true), TaskOptions.defaults().timeout(Duration.ofMillis(5)))
                        .join())),
    NESTED_AND_CANCELLED(
        f -> {
          Ref<Long> ref = f.submit(new Endless(true));
          ref.cancel();
          fails(ref::join);
        });

    @SuppressWarnings("ImmutableEnumChecker") // each is a lambda that captures nothing
    final Consumer<Furrow> run;

    Way(Consumer<Furrow> run) {
      this.run = run;
    }
  }

  @ParameterizedTest
  @EnumSource
  void shouldHoldNothingOfWhatHasEnded(Way way) {
    for (int i = 0; i < ROUNDS / 2; i++) {
      way.run.accept(furrow);
    }
    Held before = Held.now();
    for (int i = 0; i < ROUNDS; i++) {
      way.run.accept(furrow);
    }
    String[] left = new String[1];
    try {
      Eventually.holds(
          "nothing is left",
          () -> {
            // What is let go of under a key is noticed when the next key is used.
            Way.SINGLE_UNDER_A_KEY.run.accept(furrow);
            left[0] = Held.now().beyond(before, FEW);
            return left[0].isEmpty();
          });
    } catch (AssertionError late) {
      throw new AssertionError("left of " + ROUNDS + " jobs: " + left[0], late);
    }
  }

  @Test
  void shouldCloseTheFileOfAJobThatHasBeenRead() {
    List<Job<byte[]>> jobs = new ArrayList<>();
    Held before = Held.now();
    for (int i = 0; i < ROUNDS; i++) {
      Job<byte[]> job = furrow.submitAll(bytes());
      await(job);
      assertThat(i % 2 == 0 ? (long) job.join().size() : job.outcomes().count()).isEqualTo(10L);
      jobs.add(job);
    }
    assertThat(Held.now().files()).isLessThan(before.files() + ROUNDS / 4);
    assertThat(jobs).allMatch(job -> job.report().tasks() == 10);
  }

  private static Stream<Tasks.Square> squares(int count) {
    return LongStream.range(0, count).mapToObj(Tasks.Square::new);
  }

  /** More than may be in memory. */
  private static Stream<Bytes> bytes() {
    return Stream.generate(() -> new Bytes(500)).limit(10);
  }

  private static void await(Job<?> job) {
    job.completion().toCompletableFuture().join();
  }

  private static void await(Ref<?> ref) {
    ref.toCompletableFuture().join();
  }

  private static void fails(Runnable call) {
    try {
      call.run();
    } catch (FurrowException expected) {
      return;
    }
    throw new AssertionError("it succeeded");
  }
}
