package dev.furrow.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import dev.furrow.ClusterLostException;
import dev.furrow.Furrow;
import dev.furrow.FurrowException;
import dev.furrow.Job;
import dev.furrow.JobStatus;
import dev.furrow.Ref;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.cluster.typed.Cluster;
import org.apache.pekko.cluster.typed.Join;
import org.junit.jupiter.api.Test;

/** Furrow in a service that has an actor system of its own. */
final class EmbedTest {

  private static final String QUIET =
      """
      furrow.node.slots = 2
      furrow.node.drain-timeout = 200ms
      pekko.loglevel = ERROR
      pekko.stdout-loglevel = ERROR
      pekko.coordinated-shutdown.exit-jvm = off
      # The tests have what profile kubernetes needs on their class path.
      pekko.fail-mixed-versions = off
      """;

  private static final String CLUSTERED =
      """
      pekko.actor.provider = cluster
      pekko.remote.artery.canonical { hostname = 127.0.0.1, port = 0 }
      pekko.cluster.jmx.multi-mbeans-in-same-jvm = on
      """;

  /** A host's actor system, which ends with the test. */
  private record Host(ActorSystem<Void> system) implements AutoCloseable {

    static Host local() {
      return of("");
    }

    static Host clustered() {
      Host host = of(CLUSTERED);
      Cluster cluster = Cluster.get(host.system());
      cluster.manager().tell(Join.create(cluster.selfMember().address()));
      return host;
    }

    private static Host of(String more) {
      Config config =
          ConfigFactory.parseString(more)
              .withFallback(ConfigFactory.parseString(QUIET))
              .withFallback(ConfigFactory.load());
      return new Host(ActorSystem.create(Behaviors.empty(), "host", config));
    }

    CompletableFuture<?> end() {
      system.terminate();
      return system.getWhenTerminated().toCompletableFuture();
    }

    @Override
    public void close() {
      assertThat(end()).succeedsWithin(Eventually.DEADLINE);
    }
  }

  private static void assertWorks(Furrow furrow) {
    Eventually.holds("it takes work", () -> furrow.cluster().slots() == 2);
    assertThat(furrow.submitAll(LongStream.range(0, 100).mapToObj(Tasks.Square::new)).join())
        .hasSize(100);
    assertThat(furrow.submit(new Tasks.Square(5)).join()).isEqualTo(25);
  }

  @Test
  void shouldWorkOnASystemThatIsTheWholeCluster() {
    try (Host host = Host.local();
        Furrow furrow = FurrowNode.on(host.system())) {
      assertWorks(furrow);
      assertThat(furrow.cluster().nodes().get(0).name()).isEqualTo("local");
    }
  }

  @Test
  void shouldWorkOnASystemThatIsAMemberOfACluster() {
    try (Host host = Host.clustered();
        Furrow furrow = FurrowNode.on(host.system())) {
      assertWorks(furrow);
      assertThat(furrow.cluster().nodes().get(0).name()).startsWith("127.0.0.1:");
      assertThat(furrow.cluster().nodes().get(0).self()).isTrue();
    }
  }

  @Test
  void shouldLeaveTheSystemRunningWhenClosed() {
    try (Host host = Host.local()) {
      Furrow furrow = FurrowNode.on(host.system());
      assertWorks(furrow);
      furrow.close();
      assertThat(host.system().whenTerminated().isCompleted()).isFalse();
      assertThatThrownBy(() -> furrow.submit(new Tasks.Square(1)))
          .isInstanceOf(IllegalStateException.class);
    }
  }

  @Test
  void shouldRefuseASecondFurrowOnOneSystem() {
    try (Host host = Host.local();
        Furrow furrow = FurrowNode.on(host.system())) {
      assertThatThrownBy(() -> FurrowNode.on(host.system()))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("host")
          .hasMessageContaining("already");
      assertWorks(furrow);
    }
  }

  @Test
  void shouldTakeAnotherFurrowOnceTheFirstIsClosed() {
    try (Host host = Host.local()) {
      FurrowNode.on(host.system()).close();
      try (Furrow furrow = FurrowNode.on(host.system())) {
        assertWorks(furrow);
      }
    }
  }

  @Test
  void shouldSayThatAMemberCanKeepStateForOneFurrowOnly() {
    try (Host host = Host.clustered()) {
      try (Furrow first = FurrowNode.on(host.system())) {
        assertWorks(first);
        assertThat(first.partitioned("counts", String.class, Long.class)).isNotNull();
      }
      try (Furrow second = FurrowNode.on(host.system())) {
        assertWorks(second);
        assertThatThrownBy(() -> second.partitioned("counts", String.class, Long.class))
            .isInstanceOf(FurrowException.class)
            .hasMessageContaining("second Furrow on actor system host");
      }
    }
  }

  @Test
  void shouldEndOpenWorkWhenItsLocalSystemEnds() throws Exception {
    assertOpenWorkIsLost(Host.local());
  }

  @Test
  void shouldEndOpenWorkWhenItsMemberEnds() throws Exception {
    assertOpenWorkIsLost(Host.clustered());
  }

  private static void assertOpenWorkIsLost(Host host) throws Exception {
    try (host;
        Meeting meeting = Meeting.open();
        Furrow furrow = FurrowNode.on(host.system())) {
      Ref<String> running = furrow.submit(new Tasks.Attend(meeting.name()));
      meeting.awaitArrivals(1);
      Ref<String> queued = furrow.submit(new Tasks.Attend(meeting.name()));
      Job<String> job = furrow.submitAll(List.of(new Tasks.Attend(meeting.name())));
      host.end().get(60, TimeUnit.SECONDS);
      assertThatThrownBy(() -> running.join(Eventually.DEADLINE))
          .isInstanceOf(ClusterLostException.class);
      assertThatThrownBy(() -> queued.join(Eventually.DEADLINE))
          .isInstanceOf(ClusterLostException.class);
      assertThatThrownBy(job::join).isInstanceOf(ClusterLostException.class);
      assertThat(job.status()).isEqualTo(JobStatus.FAILED);
      assertThatThrownBy(() -> furrow.submit(new Tasks.Square(1)))
          .isInstanceOf(ClusterLostException.class);
    }
  }
}
