package dev.furrow.node.processes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.furrow.ClusterView;
import dev.furrow.Durability;
import dev.furrow.Furrow;
import dev.furrow.Partitioned;
import dev.furrow.PartitionedOptions;
import dev.furrow.config.FurrowConfig;
import dev.furrow.node.FurrowMetrics;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.cluster.MemberStatus;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Journaled partitions find a place whoever comes and goes; nodes of one JVM, with PostgreSQL. */
final class HandOverTest {

  private static final int PARTITIONS = 40;
  private static Postgres database;

  @BeforeAll
  static void start(@TempDir Path folder) throws Exception {
    database = new Postgres(folder);
  }

  @AfterAll
  static void stop() throws Exception {
    database.close();
  }

  private static Furrow node(List<String> seeds) {
    Furrow.Builder builder =
        Furrow.builder()
            .profile("cluster")
            .slots(1)
            .set("furrow.cluster.seeds", seeds)
            .set("furrow.node.port", 0);
    database.settings().forEach(builder::set);
    return builder.start();
  }

  private static List<String> seeds(Furrow node) {
    return node.cluster().nodes().stream()
        .filter(ClusterView.Node::self)
        .map(ClusterView.Node::name)
        .toList();
  }

  private static Partitioned<String, Long> state(Furrow furrow, String name) {
    return furrow.partitioned(
        name,
        String.class,
        Long.class,
        PartitionedOptions.defaults().partitions(PARTITIONS).durability(Durability.JOURNALED));
  }

  /** Adds to keys in all partitions. */
  private static void addToAll(Partitioned<String, Long> state) {
    CompletableFuture<?>[] all =
        IntStream.range(0, 20 * PARTITIONS)
            .mapToObj(n -> state.update("key-" + n, new Counting.Add(1)).toCompletableFuture())
            .toArray(CompletableFuture[]::new);
    assertThat(CompletableFuture.allOf(all)).succeedsWithin(Cluster.PATIENCE);
  }

  private static MeterRegistry meters(Furrow furrow) {
    MeterRegistry registry = new SimpleMeterRegistry();
    FurrowMetrics.of(furrow).bindTo(registry);
    return registry;
  }

  private static double open(MeterRegistry registry) {
    return registry.get("furrow.partitions").gauge().value();
  }

  @Test
  void shouldLeaveWhenOthersHaveWhatItHad() throws Exception {
    try (Furrow stays = node(List.of())) {
      MeterRegistry staying = meters(stays);
      Partitioned<String, Long> state = state(stays, "left");
      try (Furrow leaves = node(seeds(stays))) {
        MeterRegistry leaving = meters(leaves);
        addToAll(state);
        Cluster.await(
            () -> open(leaving) > PARTITIONS / 4 && open(staying) + open(leaving) == PARTITIONS,
            () -> open(leaving) + " came to it, " + open(staying) + " stayed");
      }
      // Nobody has asked for them since.
      assertThat(open(staying)).isEqualTo(PARTITIONS);
    }
  }

  @Test
  void shouldOpenPartitionsThoughAMemberDoesNotTakePart() throws Exception {
    try (Furrow one = node(List.of());
        Furrow two = node(seeds(one))) {
      Partitioned<String, Long> state = state(two, "opened");
      assertThat(state.update("key-0", new Counting.Add(1))).succeedsWithin(Cluster.PATIENCE);
      ActorSystem<Void> silent =
          ActorSystem.create(
              Behaviors.empty(),
              "furrow",
              FurrowConfig.forSystem(
                  FurrowConfig.load(
                      "cluster",
                      Map.of(
                          "furrow.cluster.seeds",
                          seeds(one),
                          "furrow.node.port",
                          0,
                          "furrow.node.slots",
                          0))));
      try {
        Cluster.await(
            () ->
                org.apache.pekko.cluster.typed.Cluster.get(silent)
                    .selfMember()
                    .status()
                    .equals(MemberStatus.up()),
            () -> "it is no member");
        addToAll(state);
      } finally {
        silent.terminate();
        assertThat(silent.getWhenTerminated().toCompletableFuture())
            .succeedsWithin(Cluster.PATIENCE);
      }
    }
  }
}
