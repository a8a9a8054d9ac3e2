package dev.furrow.node.processes;

import static dev.furrow.node.processes.Counting.get;
import static org.assertj.core.api.Assertions.assertThat;

import dev.furrow.ClusterView;
import dev.furrow.Furrow;
import dev.furrow.Partitioned;
import dev.furrow.PartitionedOptions;
import dev.furrow.Task;
import dev.furrow.TaskContext;
import dev.furrow.node.processes.Counting.Add;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** State that is kept by key on several processes. */
class PartitionsTest {

  @Test
  void shouldKeepStateOnWorkersAndCountEachUpdateOnce() throws Exception {
    try (Cluster cluster = Cluster.of(2, 2)) {
      Furrow driver = cluster.driver();
      Cluster.awaitWorkers(driver, 2);
      Partitioned<String, Long> counts =
          driver.partitioned(
              "counts", String.class, Long.class, PartitionedOptions.defaults().partitions(16));

      Map<String, Add> updates = new LinkedHashMap<>();
      IntStream.range(0, 1_000).forEach(n -> updates.put("key-" + n, new Add(n)));
      assertThat(get(counts.updateAll(updates))).hasSize(1_000).containsEntry("key-7", 7L);
      List<CompletableFuture<Long>> adds =
          Stream.generate(() -> counts.update("one", new Add(1)).toCompletableFuture())
              .limit(2_000)
              .toList();
      for (CompletableFuture<Long> add : adds) {
        get(add);
      }

      assertThat(get(counts.get("one"))).contains(2_000L);
      assertThat(get(counts.size())).isEqualTo(1_001);
      try (Stream<Map.Entry<String, Long>> entries = counts.entries()) {
        assertThat(entries.count()).isEqualTo(1_001);
      }
      awaitAllShown(driver, 16, 1_001);
      assertThat(driver.cluster().hotPartitions())
          .extracting(ClusterView.Partition::node)
          .containsOnly(cluster.seed(), second(driver, cluster.seed()));
    }
  }

  /** Waits until a driver sees so many partitions of the only state, with so many entries. */
  private static void awaitAllShown(Furrow driver, int count, long entries) throws Exception {
    Cluster.await(
        () -> {
          List<ClusterView.Partition> shown = driver.cluster().hotPartitions();
          return shown.size() == count
              && shown.get(0).callsPerSecond() > 0
              && shown.stream().allMatch(one -> one.state().equals("counts"))
              && shown.stream().mapToLong(ClusterView.Partition::entries).sum() == entries;
        },
        () -> driver.cluster().hotPartitions().toString());
  }

  private static String second(Furrow driver, String first) {
    return driver.cluster().nodes().stream()
        .filter(node -> node.slots() > 0 && !node.name().equals(first))
        .map(ClusterView.Node::name)
        .findAny()
        .orElseThrow();
  }

  /** Uses state that nobody has used on its node. */
  record Count(String name) implements Task<Long> {
    @Override
    public Long run(TaskContext context) throws Exception {
      Partitioned<String, Long> counts =
          context.furrow().partitioned(name, String.class, Long.class);
      Map<String, Add> adds =
          IntStream.range(0, 100)
              .boxed()
              .collect(Collectors.toMap(n -> "key-" + n, n -> new Add(1)));
      get(counts.updateAll(adds));
      try (Stream<Map.Entry<String, Long>> entries = counts.entries()) {
        return entries.count();
      }
    }
  }

  @Test
  void shouldServeTasksThatUseStateFirst() throws Exception {
    try (Cluster cluster = Cluster.of(2, 1)) {
      Furrow driver = cluster.driver();
      Cluster.awaitWorkers(driver, 2);

      List<Long> seen =
          driver.submitAll(Stream.generate(() -> new Count("first")).limit(20)).join();

      assertThat(seen).hasSize(20).containsOnly(100L);
      Partitioned<String, Long> counts = driver.partitioned("first", String.class, Long.class);
      assertThat(get(counts.get("key-7"))).contains(20L);
    }
  }

  @Test
  void shouldTakeStateAlongWhenNodesComeAndLeave() throws Exception {
    try (Cluster cluster = Cluster.of(2, 1)) {
      Furrow driver = cluster.driver();
      Cluster.awaitWorkers(driver, 2);
      Partitioned<String, Long> counts =
          driver.partitioned(
              "counts", String.class, Long.class, PartitionedOptions.defaults().partitions(12));
      Adder adder = new Adder(counts);
      adder.start();

      Jvm third = cluster.node(1);
      Cluster.awaitWorkers(driver, 3);
      Counting.awaitSomeAt(counts, third.pid());
      Jvm second = cluster.get(1);
      second.signal("TERM");
      assertThat(second.awaitExit(Cluster.PATIENCE)).isZero();
      Cluster.awaitWorkers(driver, 2);

      long acknowledged = adder.end();
      assertThat(get(counts.size())).isEqualTo(KEYS);
      long kept = 0;
      for (int n = 0; n < KEYS; n++) {
        kept += get(counts.get("key-" + n)).orElse(0L);
      }
      assertThat(kept).isEqualTo(acknowledged).isPositive();
    }
  }

  private static final int KEYS = 64;

  /** Adds to keys, one update after the other, until it is stopped. */
  private static final class Adder extends Thread {

    private final Partitioned<String, Long> counts;
    private final CompletableFuture<Long> acknowledged = new CompletableFuture<>();
    private volatile boolean stopped;

    Adder(Partitioned<String, Long> counts) {
      this.counts = counts;
    }

    @Override
    public void run() {
      long count = 0;
      try {
        for (int n = 0; !stopped || n < KEYS; n++) {
          get(counts.update("key-" + n % KEYS, new Add(1)));
          count++;
        }
        acknowledged.complete(count);
      } catch (Throwable failed) {
        acknowledged.completeExceptionally(failed);
      }
    }

    long end() throws Exception {
      stopped = true;
      return get(acknowledged);
    }
  }
}
