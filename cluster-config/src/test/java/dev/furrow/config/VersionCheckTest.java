package dev.furrow.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigValueFactory;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.actor.Address;
import org.apache.pekko.actor.CoordinatedShutdown;
import org.apache.pekko.cluster.Cluster;
import org.apache.pekko.cluster.Invalid;
import org.apache.pekko.cluster.Valid;
import org.junit.jupiter.api.Test;

class VersionCheckTest {

  private static final Duration LIMIT = Duration.ofSeconds(60);

  private final VersionCheck check = new VersionCheck();

  @Test
  void shouldAskForTheVersionOfRecordsAlone() {
    assertThat(check.requiredKeys().mkString(",")).isEqualTo("furrow.wire-version");
  }

  @Test
  void shouldAcceptANodeOfTheSameVersion() {
    assertThat(check.check(version(2), version(2))).isEqualTo(Valid.getInstance());
  }

  @Test
  void shouldNameBothVersionsWhenTheyDiffer() {
    assertThat(messageOf(version(2), version(1)))
        .isEqualTo(
            "this node speaks version 1 of Furrow's records and the other node speaks version 2:"
                + " run the same release of Furrow on all nodes of a cluster");
    assertThat(messageOf(version(1), version(2)))
        .startsWith("this node speaks version 2 of Furrow's records and the other node speaks")
        .contains("version 1:");
  }

  @Test
  void shouldRefuseANodeThatIsNotOfFurrow() {
    assertThat(messageOf(ConfigFactory.empty(), version(1))).contains("it is no node of Furrow");
  }

  @Test
  void shouldLetOnlyNodesOfTheSameVersionIntoACluster() throws Exception {
    Config settings = FurrowConfig.load("cluster", Map.of("furrow.cluster.name", "versions"));
    ActorSystem seed = start(settings);
    try {
      Address address = Cluster.get(seed).selfAddress();
      Cluster.get(seed).join(address);
      awaitUp(seed);
      Config joining =
          settings.withValue(
              "furrow.cluster.seeds",
              ConfigValueFactory.fromIterable(
                  List.of(address.getHost().get() + ":" + address.getPort().get())));

      ActorSystem same = start(joining);
      awaitUp(same);
      ActorSystem other =
          ActorSystem.create(
              "versions",
              system(joining).withValue("furrow.wire-version", ConfigValueFactory.fromAnyRef(2)));

      other.getWhenTerminated().toCompletableFuture().get(LIMIT.toSeconds(), TimeUnit.SECONDS);
      assertThat(CoordinatedShutdown.get(other).getShutdownReason())
          .contains(CoordinatedShutdown.incompatibleConfigurationDetectedReason());
      assertThat(Cluster.get(seed).state().getMembers()).hasSize(2);
      assertThat(Cluster.get(seed).getSelfRoles()).contains("worker");
      end(same);
    } finally {
      end(seed);
    }
  }

  private static ActorSystem start(Config settings) {
    return ActorSystem.create("versions", system(settings));
  }

  private static Config system(Config settings) {
    return Programs.withoutSerializers(FurrowConfig.forSystem(settings));
  }

  private static void awaitUp(ActorSystem system) throws Exception {
    CompletableFuture<Boolean> up = new CompletableFuture<>();
    Cluster.get(system).registerOnMemberUp(() -> up.complete(true));
    assertThat(up.get(LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
  }

  private static void end(ActorSystem system) throws Exception {
    system.terminate();
    system.getWhenTerminated().toCompletableFuture().get(LIMIT.toSeconds(), TimeUnit.SECONDS);
  }

  private static Config version(int version) {
    return ConfigFactory.parseMap(Map.of("furrow.wire-version", version));
  }

  private String messageOf(Config other, Config own) {
    return ((Invalid) check.check(other, own)).errorMessages().head();
  }
}
