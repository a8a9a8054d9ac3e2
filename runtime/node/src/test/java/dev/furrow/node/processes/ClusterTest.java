package dev.furrow.node.processes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.furrow.Furrow;
import dev.furrow.FurrowException;
import dev.furrow.Job;
import dev.furrow.JobOptions;
import dev.furrow.TaskFailedException;
import dev.furrow.node.Main;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URL;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Nodes that join, leave, stop, die and come back while jobs run. */
class ClusterTest {

  @Test
  void shouldGiveANodeThatJoinsWorkAndTakeTheLeasesOfOneThatLeavesBack() throws Exception {
    try (Cluster cluster = Cluster.of(2, 2)) {
      Furrow driver = cluster.driver();
      Cluster.awaitWorkers(driver, 2);
      Job<String> job =
          driver.submitAll(
              JobOptions.named("join-and-leave"),
              Stream.generate(() -> new Tasks.Where(100)).limit(400));
      Cluster.await(() -> job.progress().done() > 10, () -> job.progress().toString());

      Jvm late = cluster.nodeByFlags("--slots=2", "--role=late", "--seed=" + cluster.seed());
      String name = cluster.address(late);
      Cluster.await(
          () ->
              job.report().nodes().stream()
                  .anyMatch(row -> row.node().equals(name) && row.tasks() > 0),
          () -> job.report().toString());

      cluster.get(1).signal("TERM");
      assertThat(cluster.get(1).awaitExit(Cluster.PATIENCE)).isZero();
      assertThat(new HashSet<>(job.join())).contains(name);
      assertThat(job.report().lost()).isZero();
    }
  }

  @Test
  void shouldFreeTheSlotsOfADriverThatIsKilledForAnother() throws Exception {
    try (Cluster cluster = Cluster.of(2, 2);
        Jvm doomed = driverProgram(cluster.seed(), "forever", 100)) {
      doomed.awaitLine("running", Cluster.PATIENCE);
      Furrow other = cluster.driver();
      Cluster.awaitWorkers(other, 2);
      Job<Long> job =
          other.submitAll(
              JobOptions.named("second-driver"),
              LongStream.range(0, 20).mapToObj(n -> new Tasks.Slow(n, 1)));
      doomed.signal("KILL");
      assertThat(job.join()).hasSize(20);
    }
  }

  @Test
  void shouldServeTwoDriversAtOnce() throws Exception {
    try (Cluster cluster = Cluster.of(2, 1)) {
      Furrow one = cluster.driver();
      Furrow two = cluster.driver();
      Cluster.awaitWorkers(one, 2);
      Cluster.awaitWorkers(two, 2);
      Job<Long> large =
          one.submitAll(LongStream.range(0, 400).mapToObj(n -> new Tasks.Slow(n, 20)));
      Cluster.await(() -> large.progress().done() > 5, () -> large.progress().toString());
      Job<Long> small = two.submitAll(LongStream.range(0, 20).mapToObj(n -> new Tasks.Slow(n, 20)));
      assertThat(small.join()).hasSize(20);
      assertThat(large.status().isTerminal())
          .as("the small job went beside the large one")
          .isFalse();
      assertThat(large.join()).hasSize(400);
    }
  }

  @Test
  void shouldWorkWithANodeThatCameBackOnItsPort() throws Exception {
    int port = freePort();
    try (Cluster cluster = Cluster.of(2, 1)) {
      Furrow driver = cluster.driver();
      Jvm first = cluster.node(1, "-Dfurrow.node.port=" + port);
      Cluster.awaitWorkers(driver, 3);
      Job<Long> job =
          driver.submitAll(LongStream.range(0, 600).mapToObj(n -> new Tasks.Slow(n, 50)));
      Cluster.await(() -> job.progress().done() > 20, () -> job.progress().toString());
      first.signal("KILL");
      first.awaitExit(Cluster.PATIENCE);
      cluster.node(1, "-Dfurrow.node.port=" + port);
      Cluster.awaitWorkers(driver, 3);
      assertThat(job.join()).hasSize(600);
      List<String> names = job.report().nodes().stream().map(row -> row.node()).toList();
      assertThat(names.stream().filter(("127.0.0.1:" + port)::equals)).hasSize(2);
    }
  }

  @Test
  void shouldSayWhichClassIsMissingOnWhichNode() throws Exception {
    try (Cluster cluster = new Cluster();
        Jvm node =
            Jvm.start(classPathWithoutTests(), Main.class, List.of("-Dfurrow.node.slots=1"))) {
      String seed = cluster.address(node);
      try (Furrow driver =
          Furrow.builder()
              .profile("cluster")
              .set("furrow.node.slots", 0)
              .set("furrow.cluster.seeds", List.of(seed))
              .start()) {
        assertThatThrownBy(() -> driver.submit(new Tasks.Slow(1, 1)).join())
            .isInstanceOf(TaskFailedException.class)
            .hasMessageContaining("Tasks$Slow")
            .hasMessageContaining("class path")
            .hasMessageContaining(seed);
      }
    }
  }

  @Test
  void shouldSayWhenNoSeedNodeAnswers() throws Exception {
    String nobody = "127.0.0.1:" + freePort();
    assertThatThrownBy(
            () ->
                Furrow.builder()
                    .profile("cluster")
                    .set("furrow.cluster.seeds", List.of(nobody))
                    .set("furrow.cluster.join-timeout", Duration.ofSeconds(3))
                    .start())
        .isInstanceOf(FurrowException.class)
        .hasMessageContaining(nobody)
        .hasMessageContaining("check that one runs");
  }

  @Test
  void shouldExitInOrderWhileItStillLooksForACluster() throws Exception {
    try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        Jvm node =
            Jvm.start(
                Main.class,
                List.of(
                    "-Dfurrow.node.port=0",
                    "-Dfurrow.cluster.seeds.0=127.0.0.1:" + silent.getLocalPort()),
                "node")) {
      silent.accept().close(); // it asks
      node.signal("TERM");
      assertThat(node.awaitExit(Cluster.PATIENCE)).as(node.toString()).isZero();
    }
  }

  @Test
  void shouldSayWhichPortIsTaken() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      assertThatThrownBy(
              () ->
                  Furrow.builder()
                      .profile("cluster")
                      .set("furrow.node.port", taken.getLocalPort())
                      .start())
          .isInstanceOf(FurrowException.class)
          .hasMessageContaining("127.0.0.1:" + taken.getLocalPort())
          .hasMessageContaining("furrow.node.port");
    }
  }

  static Jvm driverProgram(String... arguments) {
    return Jvm.start(DriverProgram.class, List.of(), arguments);
  }

  static Jvm driverProgram(String seed, String kind, int count) {
    return driverProgram(seed, kind, Integer.toString(count));
  }

  private static int freePort() throws Exception {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  private static String classPathWithoutTests() {
    String all =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    Set<String> kept =
        Arrays.stream(all.split(java.io.File.pathSeparator))
            .filter(entry -> !Path.of(entry).endsWith("test-classes"))
            .collect(Collectors.toSet());
    URL here = ClusterTest.class.getProtectionDomain().getCodeSource().getLocation();
    assertThat(kept).noneMatch(entry -> here.getPath().startsWith(entry + "/"));
    return String.join(java.io.File.pathSeparator, kept);
  }
}
