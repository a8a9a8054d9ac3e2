package dev.furrow.node;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import dev.furrow.Change;
import dev.furrow.ClusterView;
import dev.furrow.Durability;
import dev.furrow.Job;
import dev.furrow.Partitioned;
import dev.furrow.PartitionedOptions;
import dev.furrow.Update;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.cluster.MemberStatus;
import org.apache.pekko.cluster.typed.Cluster;
import org.apache.pekko.cluster.typed.Join;
import org.junit.jupiter.api.Test;

/** A node that another tells to leave. */
final class LeaveTest {

  private static final int PARTITIONS = 20;
  private static final String MEMBER =
      """
      furrow.http.port = 0
      furrow.node.slots = 1
      pekko.loglevel = ERROR
      pekko.stdout-loglevel = ERROR
      pekko.coordinated-shutdown.exit-jvm = off
      pekko.coordinated-shutdown.phases.service-requests-done.timeout = 60s
      # The tests have what profile kubernetes needs on their class path.
      pekko.fail-mixed-versions = off
      pekko.actor.provider = cluster
      pekko.remote.artery.canonical { hostname = 127.0.0.1, port = 0 }
      pekko.cluster.jmx.multi-mbeans-in-same-jvm = on
      pekko.cluster.sharding.distributed-data.majority-min-cap = 2
      """;

  record Add(int n) implements Update<Integer, Integer> {
    @Override
    public Change<Integer, Integer> apply(Optional<Integer> now) {
      int sum = now.orElse(0) + n;
      return Change.set(sum, sum);
    }
  }

  private static ActorSystem<Void> member() {
    return ActorSystem.create(
        Behaviors.empty(),
        "host",
        ConfigFactory.parseString(MEMBER).withFallback(ConfigFactory.load()));
  }

  private static void join(ActorSystem<Void> system, ActorSystem<Void> seed) {
    Cluster.get(system).manager().tell(Join.create(Cluster.get(seed).selfMember().address()));
  }

  /** Whether the cluster of one member has another as one that stays. */
  private static boolean isUp(ActorSystem<Void> of, FurrowNode node) {
    for (var member : Cluster.get(of).state().getMembers()) {
      if (node.name().endsWith(":" + member.address().getPort().orElseThrow())) {
        return member.status().equals(MemberStatus.up());
      }
    }
    return false;
  }

  private static boolean isSeen(FurrowNode by, Predicate<ClusterView.Node> which) {
    return by.cluster().nodes().stream().anyMatch(which);
  }

  private static MeterRegistry meters(FurrowNode node) {
    MeterRegistry registry = new SimpleMeterRegistry();
    node.metrics().bindTo(registry);
    return registry;
  }

  private static int open(MeterRegistry registry) {
    return (int) registry.get("furrow.partitions").gauge().value();
  }

  /** Its system is a member that nobody speaks for. */
  @Test
  void shouldLeaveThoughItsFurrowWasClosed() {
    ActorSystem<Void> first = member();
    ActorSystem<Void> second = member();
    try (FurrowNode asked = FurrowNode.on(first)) {
      String closed;
      try (FurrowNode node = FurrowNode.on(second)) {
        join(first, first);
        Eventually.holds("there is a cluster", () -> isUp(first, asked));
        join(second, first);
        Eventually.holds("both can work", () -> asked.cluster().slots() == 2);
        closed = node.name();
      }
      Eventually.holds(
          "it is not taken to be leaving",
          () ->
              isSeen(
                  asked,
                  node -> node.name().equals(closed) && node.state() == ClusterView.State.JOINING));
      assertThat(new Web(asked).send("POST", "/api/nodes/" + closed + "/drain").statusCode())
          .isEqualTo(202);
      assertThat(second.getWhenTerminated().toCompletableFuture())
          .succeedsWithin(Eventually.DEADLINE);
    } finally {
      OwnSystem.end(first);
      OwnSystem.end(second);
    }
  }

  @Test
  void shouldSaySoAndHandOverWhatItHasWhileItIsStillAMember() {
    ActorSystem<Void> first = member();
    ActorSystem<Void> second = member();
    try (FurrowNode decides = FurrowNode.on(first);
        FurrowNode stays = FurrowNode.on(second);
        Meeting meeting = Meeting.open()) {
      join(first, first);
      Eventually.holds("there is a cluster", () -> isUp(first, decides));
      join(second, first);
      Eventually.holds("both can work", () -> stays.cluster().slots() == 2);
      Partitioned<Integer, Integer> state =
          stays.partitioned(
              "kept",
              Integer.class,
              Integer.class,
              PartitionedOptions.defaults().partitions(PARTITIONS).durability(Durability.MEMORY));
      MeterRegistry leaving = meters(decides);
      MeterRegistry staying = meters(stays);
      Map<Integer, Add> all = new HashMap<>();
      IntStream.range(0, 10 * PARTITIONS).forEach(n -> all.put(n, new Add(1)));
      assertThat(state.updateAll(all)).succeedsWithin(Eventually.DEADLINE);
      Eventually.holds(
          "each has half",
          () -> open(leaving) == PARTITIONS / 2 && open(staying) == PARTITIONS / 2);

      Job<String> running =
          stays.submitAll(IntStream.range(0, 2).mapToObj(n -> new Tasks.Attend(meeting.name())));
      meeting.awaitArrivals(2);
      assertThat(
              new Web(stays).send("POST", "/api/nodes/" + decides.name() + "/drain").statusCode())
          .isEqualTo(202);
      Eventually.holds(
          "others see that it leaves",
          () ->
              isSeen(
                  stays,
                  node ->
                      node.name().equals(decides.name())
                          && node.state() == ClusterView.State.LEAVING));
      assertThat(isUp(second, decides)).as("it is a member while a task runs").isTrue();
      meeting.release();
      assertThat(running.join()).hasSize(2);

      Eventually.holds("its cluster knows that it leaves", () -> !isUp(second, decides));
      // Nobody has asked for them since.
      assertThat(open(staying)).isEqualTo(PARTITIONS);
      assertThat(state.updateAll(all).toCompletableFuture().join().values()).containsOnly(2);
      assertThat(first.getWhenTerminated().toCompletableFuture())
          .succeedsWithin(Eventually.DEADLINE);
    } finally {
      OwnSystem.end(first);
      OwnSystem.end(second);
    }
  }
}
