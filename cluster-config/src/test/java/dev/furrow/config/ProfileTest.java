package dev.furrow.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.typesafe.config.Config;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.cluster.sbr.SplitBrainResolverSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProfileTest {

  private static final String SBR = "pekko.cluster.split-brain-resolver";

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"local", "cluster", "kubernetes", "workers"})
  void shouldBeAQuietGuestInTheJvmOfAUser(String profile) {
    Config system = system(profile, Map.of());

    // Parses and checks all that an actor system needs.
    ActorSystem.Settings settings =
        new ActorSystem.Settings(getClass().getClassLoader(), system, "furrow");
    assertThat(settings.AllowJavaSerialization()).isFalse();
    assertThat(settings.LogLevel()).isIn("WARNING", "ERROR");
    assertThat(settings.LogDeadLetters()).isZero();
    assertThat(system.getStringList("pekko.loggers"))
        .containsExactly("org.apache.pekko.event.slf4j.Slf4jLogger");
    assertThat(system.getBoolean("pekko.coordinated-shutdown.exit-jvm")).isFalse();
    assertThat(system.getString("furrow.profile")).isEqualTo(profile);
    assertThat(
            List.of(
                system.getInt("pekko.actor.default-dispatcher.fork-join-executor.minimum-runnable"),
                system.getInt(
                    "pekko.actor.internal-dispatcher.fork-join-executor.minimum-runnable")))
        .containsOnly(-1);
  }

  @Test
  void shouldListenNowhereWhenLocal() {
    assertThat(system("local", Map.of()).getString("pekko.actor.provider")).isEqualTo("local");
  }

  @Test
  void shouldStayLocalWhenTheHostsApplicationConfHasACluster() {
    Config system =
        Programs.withApplicationConf(
            folder,
            "pekko { actor.provider = cluster, remote.artery.canonical.port = 2551 }",
            () -> system("local", Map.of()));

    assertThat(system.getString("pekko.actor.provider")).isEqualTo("local");
  }

  @Test
  void shouldKeepTheMajorityOfWorkersWhenCluster() {
    Config system = system("cluster", Map.of());

    SplitBrainResolverSettings resolver = new SplitBrainResolverSettings(system);
    assertThat(resolver.DowningStrategy()).isEqualTo("keep-majority");
    assertThat(resolver.keepMajorityRole().get()).isEqualTo(NodeSettings.WORKER_ROLE);
    assertThat(resolver.DowningStableAfter().toMillis()).isEqualTo(3000);
    assertThat(resolver.DownAllWhenUnstable().toMillis()).isEqualTo(10_000);
    assertThat(system.getString("pekko.cluster.downing-provider-class"))
        .isEqualTo("org.apache.pekko.cluster.sbr.SplitBrainResolverProvider");
    assertThat(system.getString("pekko.remote.artery.transport")).isEqualTo("tcp");
    assertThat(system.getBoolean("pekko.cluster.run-coordinated-shutdown-when-down")).isTrue();
    assertThat(system.getString("pekko.cluster.configuration-compatibility-check.checkers.furrow"))
        .isEqualTo(VersionCheck.class.getName());
    assertThat(system.getDuration("pekko.cluster.failure-detector.acceptable-heartbeat-pause"))
        .isEqualTo(Duration.ofSeconds(4));
  }

  @Test
  void shouldKeepTheDriverWhateverWorkersAreLostWhenWorkers() {
    Config system = system("workers", Map.of());

    assertThat(new SplitBrainResolverSettings(system).DowningStrategy()).isEqualTo("keep-oldest");
    assertThat(system.getBoolean(SBR + ".keep-oldest.down-if-alone")).isFalse();
    assertThat(system.getString(SBR + ".keep-oldest.role")).isEmpty();
    assertThat(system.getString("pekko.remote.artery.canonical.hostname")).isEqualTo("127.0.0.1");
    // The rest is as in profile cluster.
    assertThat(system.getString("pekko.cluster.retry-unsuccessful-join-after")).isEqualTo("1s");
  }

  @Test
  void shouldDeriveTheAddressSeedsAndTimesOfTheActorSystem() {
    Map<String, Object> settings =
        Map.of(
            "furrow.node.host", "10.0.0.1",
            "furrow.node.port", 2551,
            "furrow.node.drain-timeout", "40s",
            "furrow.cluster.name", "field",
            "furrow.cluster.seeds", List.of("10.0.0.1:2551", "10.0.0.2:2551"),
            "furrow.cluster.join-timeout", "7s");

    Config system =
        Programs.withApplicationConf(
            folder,
            "pekko { remote.artery.canonical.port = 1, cluster.seed-nodes = [\"pekko://x@y:1\"] }",
            () -> system("cluster", settings));

    assertThat(system.getString("pekko.remote.artery.canonical.hostname")).isEqualTo("10.0.0.1");
    assertThat(system.getInt("pekko.remote.artery.canonical.port")).isEqualTo(2551);
    assertThat(system.getStringList("pekko.cluster.seed-nodes"))
        .containsExactly("pekko://field@10.0.0.1:2551", "pekko://field@10.0.0.2:2551");
    assertThat(system.getDuration("pekko.cluster.shutdown-after-unsuccessful-join-seed-nodes"))
        .isEqualTo(Duration.ofSeconds(7));
    assertThat(
            system.getDuration("pekko.coordinated-shutdown.phases.service-requests-done.timeout"))
        .isEqualTo(Duration.ofSeconds(45));
  }

  @Test
  void shouldGiveTheRoleWorkerToNodesWithSlotsAlone() {
    List<String> fast = List.of("fast");

    assertThat(roles(Map.of())).containsExactly("worker");
    assertThat(roles(Map.of("furrow.node.roles", fast))).containsExactly("worker", "fast");
    assertThat(roles(Map.of("furrow.node.roles", "worker"))).containsExactly("worker");
    assertThat(roles(Map.of("furrow.node.slots", 0))).isEmpty();
    assertThat(roles(Map.of("furrow.node.slots", 0, "furrow.node.roles", fast)))
        .containsExactly("fast");
  }

  @Test
  void shouldCheckValuesBeforeAnActorSystemSeesThem() {
    Config wrong = FurrowConfig.load("cluster", Map.of("furrow.node.port", -1));

    assertThatIllegalArgumentException()
        .isThrownBy(() -> FurrowConfig.forSystem(wrong))
        .withMessage("furrow.node.port must be from 0 to 65535 (was -1)");
  }

  @Test
  void shouldHaveAProfileFileForEachName() {
    assertThat(FurrowConfig.profiles())
        .allSatisfy(
            name ->
                assertThat(FurrowConfig.load(name, Map.of()).getString("furrow.profile"))
                    .isEqualTo(name));
  }

  private static List<String> roles(Map<String, Object> settings) {
    return system("cluster", settings).getStringList("pekko.cluster.roles");
  }

  private static Config system(String profile, Map<String, Object> settings) {
    return FurrowConfig.forSystem(FurrowConfig.load(profile, settings));
  }
}
