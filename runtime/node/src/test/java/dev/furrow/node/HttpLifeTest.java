package dev.furrow.node;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import dev.furrow.Furrow;
import dev.furrow.Ref;
import dev.furrow.actors.cluster.NodeGuardian;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.cluster.typed.Cluster;
import org.apache.pekko.cluster.typed.Join;
import org.junit.jupiter.api.Test;

/** What probes are told from a node's start to its end. */
final class HttpLifeTest {

  private static final String MEMBER =
      """
      furrow.http.port = 0
      furrow.node.slots = 1
      furrow.node.drain-timeout = 60s
      pekko.loglevel = ERROR
      pekko.fail-mixed-versions = off
      pekko.stdout-loglevel = ERROR
      pekko.coordinated-shutdown.exit-jvm = off
      pekko.coordinated-shutdown.phases.service-requests-done.timeout = 60s
      pekko.actor.provider = cluster
      pekko.remote.artery.canonical { hostname = 127.0.0.1, port = 0 }
      pekko.cluster {
        jmx.enabled = off
        gossip-interval = 100ms
        leader-actions-interval = 100ms
        periodic-tasks-initial-delay = 100ms
      }
      """;

  @Test
  void shouldBeReadyFromWhenItIsAMemberUntilItIsToldToLeave() {
    ActorSystem<Void> system =
        ActorSystem.create(
            Behaviors.empty(),
            "host",
            ConfigFactory.parseString(MEMBER).withFallback(ConfigFactory.load()));
    try (Meeting meeting = Meeting.open();
        FurrowNode node = FurrowNode.on(system)) {
      Web web = new Web(node);
      assertThat(web.says("/health/startup")).isFalse();
      assertThat(web.says("/health/ready")).isFalse();
      assertThat(web.says("/health/alive")).isTrue();

      Cluster cluster = Cluster.get(system);
      cluster.manager().tell(Join.create(cluster.selfMember().address()));
      Eventually.holds("it has started", () -> web.says("/health/startup"));
      Eventually.holds("it is ready", () -> web.says("/health/ready"));

      Ref<String> running = node.submit(new Tasks.Attend(meeting.name()));
      meeting.awaitArrivals(1);
      HttpResponse<String> unknown = web.send("POST", "/api/nodes/127.0.0.1:1/drain");
      assertThat(unknown.statusCode()).isEqualTo(404);
      assertThat(unknown.body()).contains("'127.0.0.1:1'", node.name());
      HttpResponse<String> told = web.send("POST", "/api/nodes/" + node.name() + "/drain");
      assertThat(told.statusCode()).as(told.body()).isEqualTo(202);
      assertThat(told.body()).contains("\"node\":\"" + node.name() + "\"");

      Eventually.holds("it is not ready", () -> !web.says("/health/ready"));
      Eventually.holds(
          "it drains", () -> web.get("/api/cluster").body().contains("\"state\":\"LEAVING\""));
      assertThat(web.says("/health/startup")).as("it once was a member").isTrue();
      assertThat(web.says("/health/alive")).isTrue();
      assertThat(system.whenTerminated().isCompleted()).isFalse();
      meeting.release();
      assertThat(running.toCompletableFuture()).succeedsWithin(Eventually.DEADLINE);
      assertThat(system.getWhenTerminated().toCompletableFuture())
          .succeedsWithin(Eventually.DEADLINE);
      assertThat(web.isOpen()).isFalse();
    } finally {
      OwnSystem.end(system);
    }
  }

  @Test
  void shouldNotBeReadyWhileItIsClosed() throws InterruptedException {
    try (Meeting meeting = Meeting.open();
        FurrowNode node =
            (FurrowNode)
                Furrow.builder()
                    .slots(1)
                    .set("furrow.http.port", 0)
                    .set("furrow.close.timeout", Duration.ofSeconds(60))
                    .start()) {
      Web web = new Web(node);
      Eventually.holds("it is ready", () -> web.says("/health/ready"));
      Ref<String> running = node.submit(new Tasks.Attend(meeting.name()));
      meeting.awaitArrivals(1);
      Thread closing = new Thread(node::close, "closing");
      closing.start();
      Eventually.holds("it is not ready", () -> !web.says("/health/ready"));
      assertThat(web.says("/health/alive")).isTrue();
      meeting.release();
      closing.join(Eventually.DEADLINE.toMillis());
      assertThat(running.join()).isEqualTo(meeting.name());
      assertThat(web.isOpen()).isFalse();
    }
  }

  @Test
  void shouldNotBeAliveWhenItsActorsDoNotAnswer() {
    try (FurrowNode node =
        (FurrowNode) Furrow.builder().slots(1).set("furrow.http.port", 0).start()) {
      Web web = new Web(node);
      assertThat(web.says("/health/alive")).isTrue();
      node.guardian().tell(NodeGuardian.Stop.STOP);
      Eventually.holds("it is not alive", () -> !web.says("/health/alive"));
    }
  }
}
