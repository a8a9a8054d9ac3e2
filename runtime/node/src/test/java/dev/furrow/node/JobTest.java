package dev.furrow.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.furrow.Furrow;
import dev.furrow.FurrowException;
import dev.furrow.Job;
import dev.furrow.JobFailedException;
import dev.furrow.JobOptions;
import dev.furrow.JobProgress;
import dev.furrow.JobReport;
import dev.furrow.JobStatus;
import dev.furrow.Outcome;
import dev.furrow.Ref;
import dev.furrow.Task;
import dev.furrow.TaskCancelledException;
import dev.furrow.TaskFailedException;
import dev.furrow.TaskOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of tasks that are submitted together. */
final class JobTest {

  private static Furrow furrow;

  @BeforeAll
  static void start() {
    furrow = Furrow.builder().slots(2).start();
  }

  @AfterAll
  static void close() {
    furrow.close();
  }

  private static JobReport endOf(Job<?> job) throws Exception {
    return job.completion().toCompletableFuture().get(60, TimeUnit.SECONDS);
  }

  private static Stream<Tasks.Attend> attending(Meeting meeting, int count) {
    return IntStream.range(0, count).mapToObj(n -> new Tasks.Attend(meeting.name()));
  }

  // --------------------------------------------------------------- results

  @Test
  void shouldGiveResultsInTheOrderOfSubmission() {
    Job<Long> job = furrow.submitAll(LongStream.range(0, 2_000).mapToObj(Tasks.Square::new));
    List<Long> expected = LongStream.range(0, 2_000).map(n -> n * n).boxed().toList();
    List<Long> results = job.join();
    assertThat(results).isEqualTo(expected).isUnmodifiable();
    assertThat(job.join()).isEqualTo(expected);
    assertThat(job.status()).isEqualTo(JobStatus.SUCCEEDED);
  }

  @Test
  void shouldSucceedWithoutTasks() throws Exception {
    Job<Long> job = furrow.submitAll(List.of());
    assertThat(job.join()).isEmpty();
    assertThat(job.status()).isEqualTo(JobStatus.SUCCEEDED);
    assertThat(endOf(job).tasks()).isZero();
    assertThat(job.report().speedup()).isZero();
    Job<Long> streamed = furrow.submitAll(Stream.empty());
    assertThat(streamed.outcomes()).isEmpty();
  }

  @Test
  void shouldGiveEachJobAnIdOfItsOwn() {
    Job<Long> one = furrow.submitAll(List.of(new Tasks.Square(1)));
    Job<Long> other = furrow.submitAll(List.of(new Tasks.Square(1)));
    assertThat(one.id()).isNotBlank().isNotEqualTo(other.id());
  }

  // -------------------------------------------------------------- failures

  @Test
  void shouldThrowTheFirstFailureWithAllNumbers() {
    Job<Long> job =
        furrow.submitAll(
            JobOptions.named("odd"), LongStream.range(0, 10).mapToObj(Tasks.FailIfOdd::new));
    JobFailedException failed = catchThrowableOfType(JobFailedException.class, job::join);
    assertThat(failed)
        .hasMessageContaining("5 of 10 tasks of job odd")
        .hasMessageContaining("java.lang.IllegalArgumentException")
        .hasCauseInstanceOf(TaskFailedException.class);
    assertThat(failed.failures())
        .hasSize(5)
        .allSatisfy(failure -> assertThat(failure).isInstanceOf(Outcome.Failed.class));
    assertThat(failed.report().tasks()).isEqualTo(10);
    assertThat(job.status()).isEqualTo(JobStatus.FAILED);
  }

  @Test
  void shouldKeepTheFirstHundredFailures() {
    Job<Long> job = furrow.submitAll(LongStream.range(0, 300).mapToObj(Tasks.FailIfOdd::new));
    JobFailedException failed = catchThrowableOfType(JobFailedException.class, job::join);
    assertThat(failed.failures()).hasSize(100);
    assertThat(failed).hasMessageContaining("150 of 300");
    JobFailedException again = catchThrowableOfType(JobFailedException.class, job::join);
    assertThat(again.failures()).hasSize(100);
  }

  @Test
  void shouldCompleteNormallyWhenTasksFailed() throws Exception {
    Job<Long> job = furrow.submitAll(LongStream.range(0, 4).mapToObj(Tasks.FailIfOdd::new));
    assertThat(endOf(job).tasks()).isEqualTo(4);
    assertThat(job.progress().failed()).isEqualTo(2);
  }

  @Test
  void shouldCancelTheRestAtTheFirstFailureWhenFailingFast() throws Exception {
    LongStream endless = LongStream.iterate(1, n -> n + 2);
    Job<Long> job =
        furrow.submitAll(
            JobOptions.named("fast").failFast(), endless.mapToObj(Tasks.FailIfOdd::new));
    assertThatThrownBy(job::join).isInstanceOf(JobFailedException.class);
    endOf(job);
    JobProgress progress = job.progress();
    assertThat(progress.failed()).isPositive();
    assertThat(progress.total()).isEqualTo(progress.failed() + progress.cancelled());
    assertThat(job.status()).isEqualTo(JobStatus.FAILED);
  }

  // ---------------------------------------------------------------- cancel

  @Test
  void shouldCancelWhatIsUnfinishedAndKeepWhatHasEnded() throws Exception {
    try (Meeting meeting = Meeting.open()) {
      Stream<Task<String>> tasks =
          Stream.concat(Stream.of(new Tasks.Note(meeting.name(), "first")), attending(meeting, 20));
      Job<String> job = furrow.submitAll(tasks);
      meeting.awaitArrivals(3);
      Eventually.holds("the source is read", () -> job.progress().total() == 21);
      job.cancel();
      assertThatThrownBy(job::join)
          .isInstanceOf(TaskCancelledException.class)
          .hasMessageContaining("was cancelled");
      endOf(job);
      assertThat(job.status()).isEqualTo(JobStatus.CANCELLED);
      assertThat(job.progress().done()).isEqualTo(1);
      assertThat(job.progress().cancelled()).isEqualTo(20);
      meeting.awaitInterrupts(2);
      job.cancel();
      assertThat(job.ref(0).join()).isEqualTo("first");
      assertThatThrownBy(job.ref(5)::join).isInstanceOf(TaskCancelledException.class);
    }
  }

  @Test
  void shouldStopReadingItsSourceWhenCancelled() throws Exception {
    Meeting closed = Meeting.open();
    Job<Long> job =
        furrow.submitAll(
            LongStream.iterate(0, n -> n + 1)
                .mapToObj(Tasks.Square::new)
                .onClose(() -> closed.pass("closed")));
    job.cancel();
    endOf(job);
    closed.awaitArrivals(1);
    assertThat(job.status()).isEqualTo(JobStatus.CANCELLED);
  }

  // ---------------------------------------------------- progress and report

  @Test
  void shouldCountTasksByState() throws Exception {
    try (Meeting meeting = Meeting.open()) {
      Job<String> job = furrow.submitAll(attending(meeting, 5));
      meeting.awaitArrivals(2);
      Eventually.holds("2 of 5 run", () -> job.progress().running() == 2);
      Eventually.holds("the source is read", () -> job.progress().total() == 5);
      assertThat(job.progress().queued()).isEqualTo(3);
      assertThat(job.status()).isEqualTo(JobStatus.RUNNING);
      meeting.release();
      endOf(job);
      JobProgress end = job.progress();
      assertThat(end.done()).isEqualTo(5);
      assertThat(end.total()).isEqualTo(5);
      assertThat(end.running() + end.queued() + end.failed() + end.cancelled()).isZero();
    }
  }

  @Test
  void shouldSumUpToTheTotalAtEveryMoment() {
    Job<Long> job = furrow.submitAll(LongStream.range(0, 5_000).mapToObj(Tasks.FailIfOdd::new));
    Eventually.holds(
        "the job ends",
        () -> {
          JobProgress seen = job.progress();
          long sum =
              seen.done() + seen.failed() + seen.cancelled() + seen.running() + seen.queued();
          assertThat(seen.queued()).isNotNegative();
          assertThat(seen.total()).isIn(-1L, sum);
          return job.status().isTerminal();
        });
    assertThat(job.progress().total()).isEqualTo(5_000);
  }

  @Test
  void shouldNotKnowItsTotalWhileTheSourceIsRead() {
    try (Meeting source = Meeting.open()) {
      Job<Long> job =
          furrow.submitAll(
              LongStream.range(0, 2)
                  .peek(n -> source.attendStubbornly())
                  .mapToObj(Tasks.Square::new));
      source.awaitArrivals(1);
      assertThat(job.progress().total()).isEqualTo(-1);
      source.release();
      assertThat(job.join()).containsExactly(0L, 1L);
      assertThat(job.progress().total()).isEqualTo(2);
    }
  }

  @Test
  void shouldReportWhereTheTimeWent() throws Exception {
    TaskOptions twice = TaskOptions.defaults().retries(1).backoff(Duration.ZERO);
    Job<Long> job =
        furrow.submitAll(
            JobOptions.named("harvest").tasks(twice),
            LongStream.range(0, 6).mapToObj(Tasks.FailIfOdd::new));
    JobReport report = endOf(job);
    assertThat(report.name()).isEqualTo("harvest");
    assertThat(report.tasks()).isEqualTo(6);
    assertThat(report.retried()).isEqualTo(3);
    assertThat(report.lost()).isZero();
    assertThat(report.slots()).isEqualTo(2);
    assertThat(report.wall()).isPositive();
    assertThat(report.work()).isPositive();
    assertThat(report.speedup()).isPositive();
    assertThat(report.efficiency()).isEqualTo(report.speedup() / 2);
    assertThat(report.serialFraction()).isBetween(0.0, 1.0);
    assertThat(report.nodes()).hasSize(1);
    assertThat(report.nodes().get(0).node()).isEqualTo("local");
    assertThat(report.nodes().get(0).tasks()).isEqualTo(3);
    assertThat(report.nodes().get(0).work()).isEqualTo(report.work());
    assertThat(report.toString())
        .contains("job harvest: failed", "6 tasks", "3 retried", "speedup", "local");
  }

  @Test
  void shouldEndWhenItsResultsCannotBeKept(@TempDir Path dir) throws Exception {
    Path gone = Files.createDirectory(dir.resolve("gone"));
    try (Furrow own =
        Furrow.builder()
            .slots(1)
            .set("furrow.results.memory", 0)
            .set("furrow.results.directory", gone.toString())
            .start()) {
      Files.delete(gone);
      Job<Long> job = own.submitAll(LongStream.range(0, 100).mapToObj(Tasks.Square::new));
      assertThatThrownBy(job::join)
          .isInstanceOf(FurrowException.class)
          .hasMessageContaining("furrow.results.directory");
      assertThat(job.status()).isEqualTo(JobStatus.FAILED);
      assertThat(own.submit(new Tasks.Square(3)).join()).isEqualTo(9);
      Ref<String> large = own.submit(new JobReadingTest.Sheaf(1_000));
      assertThatThrownBy(large::join)
          .isInstanceOf(FurrowException.class)
          .hasMessageContaining("furrow.results.directory");
      assertThat(own.submit(new Tasks.Square(4)).join()).isEqualTo(16);
    }
  }
}
