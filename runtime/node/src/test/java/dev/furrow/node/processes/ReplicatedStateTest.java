package dev.furrow.node.processes;

import static dev.furrow.node.processes.Counting.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.furrow.Durability;
import dev.furrow.Furrow;
import dev.furrow.Partitioned;
import dev.furrow.PartitionedOptions;
import dev.furrow.node.processes.Counting.Add;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** State of which several processes have copies. */
class ReplicatedStateTest {

  private static Partitioned<String, Long> counts(Furrow furrow) {
    return furrow.partitioned(
        "counts", String.class, Long.class, PartitionedOptions.defaults().partitions(12));
  }

  @Test
  void shouldLoseNothingWhenOneNodeAfterAnotherIsKilledOrPausedOrLeaves() throws Exception {
    try (Cluster cluster = Cluster.of(4, 1)) {
      Furrow driver = cluster.driver();
      Cluster.awaitWorkers(driver, 4);
      Partitioned<String, Long> counts = counts(driver);
      // In memory alone: what was on the node is lost, and the partitions serve again.
      Partitioned<String, Long> lost =
          driver.partitioned(
              "lost",
              String.class,
              Long.class,
              PartitionedOptions.defaults().partitions(3).durability(Durability.MEMORY));
      try (Counting counting = new Counting(counts)) {
        counting.awaitAllKeys();
        get(lost.updateAll(Map.of("a", new Add(1), "b", new Add(1), "c", new Add(1))));
        cluster.get(1).signal("KILL");
        Cluster.awaitWorkers(driver, 3);
        counting.awaitAllKeys();
        assertThat(get(lost.update("a", new Add(1)))).isBetween(1L, 2L);
        assertThat(get(lost.update("b", new Add(1)))).isBetween(1L, 2L);
        assertThat(get(lost.update("c", new Add(1)))).isBetween(1L, 2L);
        Jvm paused = cluster.get(2);
        Counting.awaitSomeAt(counts, paused.pid());
        paused.signal("STOP");
        Cluster.awaitWorkers(driver, 2);
        counting.awaitAllKeys();
        paused.signal("CONT");
        assertThat(paused.awaitExit(Cluster.PATIENCE)).isNotZero();
        counting.awaitMore(100);
        Jvm fifth = cluster.node(1);
        Cluster.awaitWorkers(driver, 3);
        Counting.awaitSomeAt(counts, fifth.pid());
        // Two of three copies go at once.
        for (Jvm leaving : List.of(cluster.get(3), fifth)) {
          leaving.signal("TERM");
        }
        for (Jvm leaving : List.of(cluster.get(3), fifth)) {
          assertThat(leaving.awaitExit(Cluster.PATIENCE)).isZero();
        }
        Cluster.awaitWorkers(driver, 1);
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
}
