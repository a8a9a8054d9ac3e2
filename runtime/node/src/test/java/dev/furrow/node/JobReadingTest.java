package dev.furrow.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.furrow.Furrow;
import dev.furrow.Job;
import dev.furrow.JobOptions;
import dev.furrow.JobReport;
import dev.furrow.JobStatus;
import dev.furrow.Outcome;
import dev.furrow.Ref;
import dev.furrow.Task;
import dev.furrow.TaskContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reading a job's results: all at once, one by one, early, late, or not at all. */
final class JobReadingTest {

  private static final int WINDOW = 10;

  private static Furrow furrow;
  @TempDir private static Path directory;

  @BeforeAll
  static void start() {
    furrow =
        Furrow.builder()
            .slots(2)
            .set("furrow.results.window", WINDOW)
            .set("furrow.results.memory", 1_000)
            .set("furrow.results.directory", directory.toString())
            .start();
  }

  @AfterAll
  static void close() throws IOException {
    furrow.close();
    try (Stream<Path> left = Files.list(directory)) {
      assertThat(left).as("files that are left").isEmpty();
    }
  }

  /** Results of some size. */
  record Sheaf(int n) implements Task<String> {
    @Override
    public String run(TaskContext context) {
      return "straw ".repeat(60) + n;
    }
  }

  private static JobReport endOf(Job<?> job) throws Exception {
    return job.completion().toCompletableFuture().get(60, TimeUnit.SECONDS);
  }

  private static Job<Long> squares(int count) {
    return furrow.submitAll(LongStream.range(0, count).mapToObj(Tasks.Square::new));
  }

  @Test
  void shouldRefuseToGiveOutcomesTwice() {
    Job<Long> job = squares(3);
    try (Stream<Outcome<Long>> outcomes = job.outcomes()) {
      assertThat(outcomes).hasSize(3);
    }
    assertThatThrownBy(job::outcomes).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(job::join)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("outcomes()");
    assertThatThrownBy(() -> job.ref(0)).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void shouldRefuseOutcomesAfterAJoin() {
    Job<Long> job = squares(3);
    assertThat(job.join()).hasSize(3);
    assertThatThrownBy(job::outcomes).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void shouldGoOnToItsEndWhenItsReaderLeavesEarly() throws Exception {
    Job<Long> job = squares(1_000);
    try (Stream<Outcome<Long>> outcomes = job.outcomes()) {
      assertThat(outcomes.limit(3)).hasSize(3);
    }
    assertThat(endOf(job).tasks()).isEqualTo(1_000);
    assertThat(job.status()).isEqualTo(JobStatus.SUCCEEDED);
    assertThat(job.progress().done()).isEqualTo(1_000);
  }

  @Test
  void shouldGiveEveryOutcomeOnceThoughNobodyReadThemInTime() throws Exception {
    Job<String> job = furrow.submitAll(IntStream.range(0, 3_000).mapToObj(Sheaf::new));
    endOf(job);
    try (Stream<Outcome<String>> outcomes = job.outcomes()) {
      List<Long> ids = outcomes.map(Outcome::taskId).sorted().toList();
      assertThat(ids).isEqualTo(LongStream.range(0, 3_000).boxed().toList());
    }
  }

  @Test
  void shouldListResultsThatDidNotFitIntoMemory() {
    Job<String> job = furrow.submitAll(IntStream.range(0, 3_000).mapToObj(Sheaf::new));
    List<String> results = job.join();
    assertThat(results).hasSize(3_000);
    assertThat(results.get(2_999)).endsWith("straw 2999");
  }

  @Test
  void shouldReadNoFurtherWhileItsReaderLags() {
    AtomicInteger given = new AtomicInteger();
    AtomicInteger read = new AtomicInteger();
    AtomicInteger mostAhead = new AtomicInteger();
    try (Meeting source = Meeting.open()) {
      Stream<Sheaf> tasks =
          IntStream.range(0, 3_000)
              .mapToObj(
                  n -> {
                    source.attendStubbornly();
                    mostAhead.accumulateAndGet(given.incrementAndGet() - read.get(), Math::max);
                    return new Sheaf(n);
                  });
      Job<String> job = furrow.submitAll(JobOptions.named("slow").maxInFlight(WINDOW), tasks);
      try (Stream<Outcome<String>> outcomes = job.outcomes()) {
        source.release();
        Iterator<Outcome<String>> reader = outcomes.iterator();
        for (int i = 0; i < 3_000; i++) {
          if (i % 1_000 == 1) {
            Eventually.settles("the source", given::get);
          }
          assertThat(reader.hasNext()).isTrue();
          assertThat(reader.next().taskId()).isBetween(0L, 2_999L);
          read.incrementAndGet();
        }
        assertThat(reader.hasNext()).isFalse();
      }
    }
    // What the job may hold, what the handle may hold, and what is in flight.
    assertThat(mostAhead.get()).isLessThan(8 * WINDOW);
  }

  @Test
  void shouldBeCancelledThoughItsReaderLags() throws Exception {
    AtomicLong given = new AtomicLong();
    Job<Long> job =
        furrow.submitAll(
            LongStream.iterate(0, n -> n + 1)
                .peek(n -> given.incrementAndGet())
                .mapToObj(Tasks.Square::new));
    try (Stream<Outcome<Long>> outcomes = job.outcomes()) {
      Iterator<Outcome<Long>> reader = outcomes.iterator();
      assertThat(reader.hasNext()).isTrue();
      job.cancel();
      Eventually.settles("the source", given::get);
      long seen = 0;
      while (reader.hasNext()) {
        assertThat(reader.next()).isNotNull();
        seen++;
      }
      assertThat(seen).isEqualTo(job.progress().total());
    }
    endOf(job);
    assertThat(job.status()).isEqualTo(JobStatus.CANCELLED);
  }

  // ------------------------------------------------------------------ refs

  @Test
  void shouldGiveRefsBeforeAndAfterATaskHasEnded() throws Exception {
    try (Meeting meeting = Meeting.open()) {
      Job<String> job =
          furrow.submitAll(IntStream.range(0, 3).mapToObj(n -> new Tasks.Attend(meeting.name())));
      Ref<String> before = job.ref(1);
      Ref<String> twin = job.ref(1);
      meeting.release();
      assertThat(before.join()).isEqualTo(meeting.name());
      assertThat(twin.join()).isEqualTo(meeting.name());
      endOf(job);
      assertThat(job.ref(2).join()).isEqualTo(meeting.name());
      assertThat(job.join()).hasSize(3);
      assertThat(job.ref(0).join()).isEqualTo(meeting.name());
      assertThat(job.ref(0).toCompletableFuture().join()).isEqualTo(meeting.name());
    }
  }

  @Test
  void shouldFindTheResultOfOneTaskInTheFile() throws Exception {
    Job<String> job = furrow.submitAll(IntStream.range(0, 1_000).mapToObj(Sheaf::new));
    endOf(job);
    assertThat(job.ref(777).join()).endsWith("straw 777");
    assertThat(job.ref(1).join()).endsWith("straw 1");
    assertThat(job.join()).hasSize(1_000);
  }

  @Test
  void shouldRefuseARefToNoTask() throws Exception {
    Job<Long> job = squares(3);
    assertThatThrownBy(() -> job.ref(-1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("-1");
    endOf(job);
    assertThatThrownBy(() -> job.ref(3))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("3 tasks");
  }

  @Test
  void shouldEndARefToATaskThatNeverCame() {
    try (Meeting source = Meeting.open()) {
      Job<Long> job =
          furrow.submitAll(
              LongStream.range(0, 2)
                  .peek(n -> source.attendStubbornly())
                  .mapToObj(Tasks.Square::new));
      source.awaitArrivals(1);
      Ref<Long> never = job.ref(7);
      source.release();
      assertThatThrownBy(() -> never.join(Eventually.DEADLINE))
          .isInstanceOf(dev.furrow.FurrowException.class)
          .hasMessageContaining("before the task was submitted");
    }
  }
}
