package dev.furrow.node.processes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.furrow.Furrow;
import dev.furrow.Job;
import dev.furrow.JobOptions;
import dev.furrow.JobReport;
import dev.furrow.JobStatus;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Nodes that stand still or are slow, and jobs that do not wait for them. Silence is borne for
 * longer than a test may take, so that nothing but a second attempt can help.
 */
class StragglerTest {

  @Test
  void shouldEndWhileAWorkerStandsStill() throws Exception {
    try (Cluster cluster = Cluster.of(3, 1, Patience.options())) {
      Furrow driver = cluster.driver(Patience.settings());
      Cluster.awaitWorkers(driver, 3);
      Job<Long> job =
          driver.submitAll(
              JobOptions.named("stopped").speculate(),
              LongStream.range(0, 120).mapToObj(n -> new Tasks.Slow(n, 50)));
      Cluster.await(() -> job.progress().done() > 20, () -> job.progress().toString());
      Jvm stopped = cluster.get(1);
      stopped.signal("STOP");
      assertEnds(job, 120);
      assertThat(job.report().speculated()).isPositive();

      stopped.signal("CONT");
      awaitWorkOn(driver, cluster.address(stopped));
      assertEnds(job, 120);
    }
  }

  @Test
  void shouldNotWaitForAttemptsOfASlowNodeAndStopThem() throws Exception {
    try (Cluster cluster = Cluster.of(3, 2);
        Lobby lobby = Lobby.open()) {
      Furrow driver = cluster.driver();
      Cluster.awaitWorkers(driver, 3);
      String slow = cluster.address(cluster.get(1));
      awaitWorkOn(driver, slow);
      Job<Long> job =
          driver.submitAll(
              JobOptions.named("slow-node").speculate(),
              LongStream.range(0, 80).mapToObj(n -> new Tasks.StuckOn(n, slow, lobby.port())));
      assertEnds(job, 80);
      assertThat(lobby.arrived()).isPositive();
      assertThat(job.report().speculated()).isGreaterThanOrEqualTo(lobby.arrived());
      Cluster.await(() -> lobby.inside() == 0, () -> lobby.inside() + " attempts go on");
      Cluster.await(() -> lobby.notes().size() == lobby.arrived(), () -> lobby.notes().toString());
      assertThat(lobby.notes()).containsOnly("cancelled: true");
      assertThat(row(job, slow).tasks()).isZero();
    }
  }

  @Test
  void shouldEndBeforeTheSlowestAttemptOnANodeThatGetsATenthOfTheTime() throws Exception {
    try (Cluster cluster = Cluster.of(3, 1, Patience.options());
        Lobby lobby = Lobby.open()) {
      Furrow driver = cluster.driver(Patience.settings());
      Cluster.awaitWorkers(driver, 3);
      String slow = cluster.address(cluster.get(2));
      awaitWorkOn(driver, slow);
      try (Hog hog = new Hog(cluster.get(2))) {
        // A job may be lucky: its last attempt over there ends just before it is doubled.
        for (int i = 0; i < 10 && lobby.notes().isEmpty(); i++) {
          hog.check();
          Job<Long> job =
              driver.submitAll(
                  JobOptions.named("hogged-" + i).speculate(),
                  LongStream.range(0, 24).mapToObj(n -> new Tasks.Work(n, 150, lobby.port())));
          assertEnds(job, 24);
          Cluster.await(() -> idle(driver, slow), () -> "the slow node is not idle again");
        }
      }
      assertThat(lobby.notes()).as("attempts that were stopped, by node").contains(slow);
    }
  }

  /** The job ends with each result once, and nothing was taken for lost. */
  private static void assertEnds(Job<Long> job, int tasks) throws Exception {
    JobReport report =
        job.completion().toCompletableFuture().get(Cluster.PATIENCE.toSeconds(), TimeUnit.SECONDS);
    assertThat(job.status()).isEqualTo(JobStatus.SUCCEEDED);
    assertThat(job.join()).containsExactlyElementsOf(LongStream.range(0, tasks).boxed().toList());
    assertThat(report.lost()).isZero();
    assertThat(job.report().tasks()).isEqualTo(tasks);
    assertThat(job.report().nodes().stream().mapToLong(JobReport.NodeRow::tasks).sum())
        .as("attempts that were committed")
        .isEqualTo(tasks);
  }

  private static JobReport.NodeRow row(Job<?> job, String node) {
    return job.report().nodes().stream()
        .filter(row -> row.node().equals(node))
        .findFirst()
        .orElseThrow();
  }

  /** Waits until a node runs tasks. */
  private static void awaitWorkOn(Furrow driver, String node) throws InterruptedException {
    Cluster.await(() -> runsOn(driver, 20, node), () -> node + " runs nothing");
  }

  private static boolean idle(Furrow driver, String node) {
    return runsOn(driver, 1, node);
  }

  private static boolean runsOn(Furrow driver, long millis, String node) {
    Stream<Tasks.Where> probes = Stream.generate(() -> new Tasks.Where(millis)).limit(12);
    List<String> nodes = driver.submitAll(JobOptions.named("probe").speculate(), probes).join();
    return new HashSet<>(nodes).contains(node);
  }
}
