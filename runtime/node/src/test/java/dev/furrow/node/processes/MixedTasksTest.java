package dev.furrow.node.processes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.furrow.Furrow;
import dev.furrow.Job;
import dev.furrow.JobOptions;
import dev.furrow.Outcome;
import dev.furrow.Task;
import java.util.List;
import java.util.function.LongPredicate;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Jobs that mix tasks of microseconds with ones that end when the test lets them: what waits for
 * such a one waits for ever.
 */
class MixedTasksTest {

  private static final int SLOTS = 4;
  private static final int TASKS = 6_000;

  private static Cluster cluster;
  private static Furrow driver;

  @BeforeAll
  static void start() throws InterruptedException {
    cluster = Cluster.of(2, 2);
    driver = cluster.driver();
    Cluster.awaitWorkers(driver, 2);
  }

  @AfterAll
  static void stop() {
    cluster.close();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2_000, 4_000, TASKS - 100, TASKS - SLOTS + 1})
  void shouldEndAllShortTasksWhileLongOnesRun(int place) throws Exception {
    shouldEndAllShortTasks(n -> n >= place && n < place + SLOTS - 1);
  }

  @ParameterizedTest
  @ValueSource(ints = {7, 64, 500, 1_999})
  void shouldEndAllShortTasksWhileLongOnesThatAreScatteredRun(int distance) throws Exception {
    shouldEndAllShortTasks(n -> n % distance == 0 && n > 0 && n / distance < SLOTS);
  }

  private static void shouldEndAllShortTasks(LongPredicate isLong) throws Exception {
    try (Lobby lobby = Lobby.open()) {
      Job<Long> job = driver.submitAll(JobOptions.named("mixed"), tasks(lobby, isLong));
      awaitShort(job, lobby);
      lobby.release();
      List<Long> order;
      try (Stream<Outcome<Long>> outcomes = job.outcomes()) {
        order = outcomes.map(Outcome::taskId).toList();
      }
      assertThat(order).hasSize(TASKS).doesNotHaveDuplicates();
      assertThat(order.subList(TASKS - SLOTS + 1, TASKS)).allMatch(isLong::test);
      assertThat(job.report().lost()).isZero();
    }
  }

  @Test
  void shouldStartLongTasksSideBySideWhateverWasMeasuredBefore() throws Exception {
    try (Lobby lobby = Lobby.open()) {
      Job<Long> job =
          driver.submitAll(
              JobOptions.named("abreast"), tasks(lobby, n -> n >= 3_000 && n < 3_000 + SLOTS));
      Cluster.await(
          () -> lobby.inside() == SLOTS, () -> lobby.inside() + " inside, " + job.progress());
      lobby.release();
      assertThat(job.join()).hasSize(TASKS);
    }
  }

  private static Stream<Task<Long>> tasks(Lobby lobby, LongPredicate isLong) {
    int port = lobby.port();
    return LongStream.range(0, TASKS)
        .mapToObj(n -> isLong.test(n) ? new Tasks.Attend(n, port) : new Tasks.Tiny(n));
  }

  /** Waits until nothing is open but the long tasks, which all run. */
  private static void awaitShort(Job<Long> job, Lobby lobby) throws InterruptedException {
    int held = SLOTS - 1;
    Cluster.await(
        () -> job.progress().done() == TASKS - held && lobby.inside() == held,
        () -> lobby.inside() + " of " + held + " long tasks run, " + job.progress());
  }
}
