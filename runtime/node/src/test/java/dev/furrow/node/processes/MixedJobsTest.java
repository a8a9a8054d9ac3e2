package dev.furrow.node.processes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.furrow.Furrow;
import dev.furrow.Job;
import dev.furrow.JobOptions;
import dev.furrow.Ref;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * A job whose tasks end when the test lets them has every slot but one; others use that one, and
 * what waits for a slot of the first would wait for ever.
 */
class MixedJobsTest {

  private static final int HELD = 3;

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

  @Test
  void shouldEndAJobOfShortTasksThatWasThereFirst() throws Exception {
    try (Lobby lobby = Lobby.open()) {
      Job<Long> tiny = tiny(40_000);
      Job<Long> held = hold(lobby);
      Cluster.await(() -> tiny.status().isTerminal(), () -> tiny.progress().toString());
      assertEnds(tiny, 40_000, held, lobby);
    }
  }

  @Test
  void shouldEndJobsOfShortTasksThatCameLater() throws Exception {
    try (Lobby lobby = Lobby.open()) {
      Job<Long> held = hold(lobby);
      for (int tasks : new int[] {1, 2, 3, 10, 1_000}) {
        Job<Long> tiny = tiny(tasks);
        Cluster.await(() -> tiny.status().isTerminal(), () -> tiny.progress().toString());
        assertThat(tiny.join()).hasSize(tasks);
      }
      assertEnds(tiny(1), 1, held, lobby);
    }
  }

  @Test
  void shouldEndSingleTasks() throws Exception {
    try (Lobby lobby = Lobby.open()) {
      Job<Long> held = hold(lobby);
      for (long n = 0; n < 20; n++) {
        Ref<Long> single = driver.submit(new Tasks.Tiny(n));
        long number = n;
        Cluster.await(
            () -> single.toCompletableFuture().isDone(), () -> "task " + number + " waits");
        assertThat(single.join()).isEqualTo(n);
      }
      assertEnds(tiny(1), 1, held, lobby);
    }
  }

  private static Job<Long> tiny(int count) {
    return driver.submitAll(
        JobOptions.named("tiny"), LongStream.range(0, count).mapToObj(Tasks.Tiny::new));
  }

  private static Job<Long> hold(Lobby lobby) throws InterruptedException {
    List<Tasks.Attend> tasks =
        LongStream.range(0, HELD).mapToObj(n -> new Tasks.Attend(n, lobby.port())).toList();
    Job<Long> held = driver.submitAll(JobOptions.named("held"), tasks);
    Cluster.await(() -> lobby.inside() == HELD, () -> held.progress().toString());
    return held;
  }

  private static void assertEnds(Job<Long> tiny, int tasks, Job<Long> held, Lobby lobby) {
    assertThat(tiny.join()).hasSize(tasks);
    assertThat(lobby.inside()).isEqualTo(HELD);
    lobby.release();
    assertThat(held.join()).hasSize(HELD);
  }
}
