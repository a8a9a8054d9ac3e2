package dev.furrow.node.processes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.furrow.Durability;
import dev.furrow.Furrow;
import dev.furrow.Job;
import dev.furrow.JobOptions;
import dev.furrow.Partitioned;
import dev.furrow.PartitionedOptions;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** All nodes of a cluster are replaced, one after the other, while tasks and updates go on. */
class RollingRestartTest {

  private static final int NODES = 3;

  private final AtomicBoolean enough = new AtomicBoolean();

  private Job<Long> tasks(Furrow driver) {
    return driver.submitAll(
        JobOptions.named("rolling").maxInFlight(50),
        LongStream.iterate(0, n -> !enough.get(), n -> n + 1).mapToObj(n -> new Tasks.Slow(n, 10)));
  }

  private static void awaitDone(Job<Long> job, long more) throws InterruptedException {
    long wanted = job.progress().done() + more;
    Cluster.await(() -> job.progress().done() >= wanted, () -> job.progress().toString());
  }

  @Test
  void shouldFailNoCallAndLoseNoResultWhenAllNodesAreReplaced() throws Exception {
    int http;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      http = free.getLocalPort();
    }
    try (Cluster cluster = Cluster.of(NODES, 1)) {
      Furrow driver = cluster.driver();
      Cluster.awaitWorkers(driver, NODES);
      Partitioned<String, Long> counts =
          driver.partitioned(
              "rolling",
              String.class,
              Long.class,
              PartitionedOptions.defaults().partitions(12).durability(Durability.REPLICATED));
      Job<Long> job = tasks(driver);
      try (Counting counting = new Counting(counts, 1)) {
        counting.awaitAllKeys();
        awaitDone(job, 50);
        for (int old = 0; old < NODES; old++) {
          Jvm next = cluster.node(1, "-Dfurrow.http.port=" + (old == 0 ? http : "off"));
          cluster.seed(next);
          Cluster.awaitWorkers(driver, NODES + 1);
          Jvm leaving = cluster.get(old);
          if (old == NODES - 1) {
            tellToLeave(http, cluster.address(leaving));
          } else {
            leaving.signal("TERM");
          }
          assertThat(leaving.awaitExit(Cluster.PATIENCE)).as(leaving.toString()).isZero();
          Cluster.awaitWorkers(driver, NODES);
          counting.awaitAllKeys();
          awaitDone(job, 50);
        }
        Counting.awaitSomeAt(counts, cluster.get(2 * NODES - 1).pid());
        counting.verify(counts);
        assertThat(counting.failed()).isZero();
      }
      enough.set(true);
      List<Long> results = job.join();
      assertThat(results)
          .isEqualTo(LongStream.range(0, job.progress().total()).boxed().toList())
          .hasSizeGreaterThan(4 * 50);
      assertThat(job.report().lost()).isZero();
    }
  }

  /** As an operator would, by another node. */
  private static void tellToLeave(int port, String node) throws Exception {
    HttpResponse<String> answer =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + port + "/api/nodes/" + node + "/drain"))
                    .POST(HttpRequest.BodyPublishers.noBody())
                    .build(),
                HttpResponse.BodyHandlers.ofString());
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
  }
}
