package dev.furrow.node.processes;

import static dev.furrow.node.processes.Counting.get;
import static dev.furrow.node.processes.Counting.key;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.furrow.Durability;
import dev.furrow.Furrow;
import dev.furrow.Partitioned;
import dev.furrow.PartitionedOptions;
import dev.furrow.node.processes.Counting.Where;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** State of which several processes have copies. */
class ReplicatedStateTest {

  private static Partitioned<String, Long> counts(Furrow furrow) {
    return furrow.partitioned(
        "counts", String.class, Long.class, PartitionedOptions.defaults().partitions(6));
  }

  private static boolean isSomeAt(Partitioned<String, Long> counts, long pid) {
    return IntStream.range(0, Counting.KEYS)
        .anyMatch(n -> counts.update(key(n), new Where()).toCompletableFuture().join() == pid);
  }

  @Test
  void shouldLoseNothingWhenOneNodeAfterAnotherIsKilled() throws Exception {
    try (Cluster cluster = Cluster.of(3, 1)) {
      Furrow driver = cluster.driver();
      Cluster.awaitWorkers(driver, 3);
      Partitioned<String, Long> counts = counts(driver);
      try (Counting counting = new Counting(counts)) {
        counting.awaitAllKeys();
        cluster.get(1).signal("KILL");
        Cluster.awaitWorkers(driver, 2);
        counting.awaitAllKeys();
        cluster.node(1);
        Cluster.awaitWorkers(driver, 3);
        counting.awaitAllKeys();
        cluster.get(2).signal("KILL");
        Cluster.awaitWorkers(driver, 2);
        counting.awaitAllKeys();
        counting.verify(counts);
      }
      assertThatIllegalArgumentException()
          .isThrownBy(
              () ->
                  driver.partitioned(
                      "counts",
                      String.class,
                      Long.class,
                      PartitionedOptions.defaults().durability(Durability.MEMORY)))
          .withMessageContaining("REPLICATED")
          .withMessageContaining("MEMORY");
    }
  }

  @Test
  void shouldNotTakeWhatAnOwnerAcknowledgesThatWasPausedUntilItWasReplaced() throws Exception {
    try (Cluster cluster = Cluster.of(4, 1)) {
      Furrow driver = cluster.driver();
      Cluster.awaitWorkers(driver, 4);
      Partitioned<String, Long> counts = counts(driver);
      Jvm victim = cluster.get(3);
      try (Counting counting = new Counting(counts)) {
        counting.awaitAllKeys();
        Cluster.await(
            () -> isSomeAt(counts, victim.pid()), () -> "no partition is on the fourth node");
        victim.signal("STOP");
        Cluster.awaitWorkers(driver, 3);
        counting.awaitAllKeys();
        victim.signal("CONT");
        assertThat(victim.awaitExit(Cluster.PATIENCE)).isNotZero();
        counting.awaitMore(100);
        counting.verify(counts);
      }
    }
  }

  @Test
  void shouldHaveAllCopiesWhenNodesLeaveInOrder() throws Exception {
    try (Cluster cluster = Cluster.of(4, 1)) {
      Furrow driver = cluster.driver();
      Cluster.awaitWorkers(driver, 4);
      Partitioned<String, Long> counts = counts(driver);
      try (Counting counting = new Counting(counts)) {
        counting.awaitAllKeys();
        for (int node = 3; node > 0; node--) {
          Jvm leaving = cluster.get(node);
          leaving.signal("TERM");
          assertThat(leaving.awaitExit(Cluster.PATIENCE)).isZero();
          Cluster.awaitWorkers(driver, node);
        }
        counting.awaitAllKeys();
        counting.verify(counts);
      }
      assertThat(get(counts.size())).isEqualTo(Counting.KEYS);
    }
  }
}
