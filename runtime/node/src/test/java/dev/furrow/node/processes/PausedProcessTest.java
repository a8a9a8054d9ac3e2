package dev.furrow.node.processes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.furrow.Furrow;
import dev.furrow.Job;
import dev.furrow.JobOptions;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Processes that stand still for a while (SIGSTOP) and go on as if nothing had been. */
class PausedProcessTest {

  /** Longer than furrow.liveness.supervisor-silence, after which nothing more is given up. */
  private static final Duration LONGER_THAN_ALL = Duration.ofSeconds(25);

  @Test
  void shouldLoseNothingWhenAWorkerStandsStillForThreeSeconds() throws Exception {
    try (Cluster cluster = Cluster.of(3, 1)) {
      Furrow driver = cluster.driver();
      Cluster.awaitWorkers(driver, 3);
      Job<Long> job =
          driver.submitAll(
              JobOptions.named("pause-3"),
              LongStream.range(0, 300).mapToObj(n -> new Tasks.Slow(n, 50)));
      Cluster.await(() -> job.progress().done() > 10, () -> job.progress().toString());
      pause(cluster.get(1), Duration.ofSeconds(3));
      assertThat(job.join()).hasSize(300);
      Cluster.awaitWorkers(driver, 3);
      assertThat(cluster.get(1).isAlive()).isTrue();
    }
  }

  @Test
  void shouldGoOnWithoutAWorkerThatStandsStillForLongAndEndItAfterwards() throws Exception {
    try (Cluster cluster = Cluster.of(3, 1);
        Jvm driver = ClusterTest.driverProgram(cluster.seed(), "slow", 300);
        Cluster other = Cluster.of(2, 1);
        Jvm paused = ClusterTest.driverProgram(other.seed(), "forever", 10)) {
      driver.awaitLine("running", Cluster.PATIENCE);
      paused.awaitLine("running", Cluster.PATIENCE);
      cluster.get(2).signal("STOP");
      pause(paused, LONGER_THAN_ALL);
      cluster.get(2).signal("CONT");

      // The worker was removed: its tasks went to others, and it ends when it learns of it.
      assertThat(driver.awaitLine("joined: ", Cluster.PATIENCE)).startsWith("300 lost ");
      assertThat(cluster.get(2).awaitExit(Cluster.PATIENCE)).isEqualTo(1);

      // So was the driver: its program lives and is told.
      assertThat(paused.awaitLine("failed: ", Cluster.PATIENCE)).contains("ClusterLostException");
      Furrow next = other.driver();
      assertThat(next.submit(new Tasks.Slow(5, 1)).join()).isEqualTo(5);
    }
  }

  @Test
  void shouldLoseNothingWhenADriverStandsStillForThreeSeconds() throws Exception {
    try (Cluster cluster = Cluster.of(2, 1);
        Jvm driver = ClusterTest.driverProgram(cluster.seed(), "slow", 100)) {
      driver.awaitLine("running", Cluster.PATIENCE);
      pause(driver, Duration.ofSeconds(3));
      assertThat(driver.awaitLine("joined: ", Cluster.PATIENCE)).startsWith("100 lost ");
    }
  }

  @Test
  void shouldEndForkedWorkersWithTheirDriver() throws Exception {
    try (Jvm driver = ClusterTest.driverProgram("workers", "forever", 10)) {
      long pid = Long.parseLong(driver.awaitLine("up: ", Cluster.PATIENCE));
      driver.awaitLine("running", Cluster.PATIENCE);
      var workers = ProcessHandle.of(pid).orElseThrow().descendants().toList();
      assertThat(workers).hasSize(2);
      driver.signal("KILL");
      for (ProcessHandle worker : workers) {
        worker.onExit().get(60, TimeUnit.SECONDS);
      }
    }
  }

  private static void pause(Jvm process, Duration time) throws Exception {
    process.signal("STOP");
    boolean early = new CountDownLatch(1).await(time.toMillis(), TimeUnit.MILLISECONDS);
    process.signal("CONT");
    assertThat(early).isFalse();
  }
}
