package dev.furrow.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FurrowConfigTest {

  private static final String SLOTS = "furrow.node.slots";

  @TempDir Path folder;

  @Test
  void shouldPreferProgramToPropertyToApplicationConfToProfileToReferenceConf() {
    Config config =
        Programs.withApplicationConf(
            folder,
            """
            furrow.node.slots = 1
            furrow.node.port = 1
            furrow.link.port = 1
            pekko.cluster.gossip-interval = 1s
            """,
            () ->
                Programs.withProperty(
                    SLOTS,
                    "2",
                    () ->
                        Programs.withProperty(
                            "furrow.node.port",
                            "2",
                            () -> FurrowConfig.load("cluster", Map.of(SLOTS, 3)))));

    assertThat(config.getInt(SLOTS)).isEqualTo(3);
    assertThat(config.getInt("furrow.node.port")).isEqualTo(2);
    assertThat(config.getInt("furrow.link.port")).isEqualTo(1);
    assertThat(config.getString("pekko.cluster.gossip-interval")).isEqualTo("1s");
    assertThat(config.getString("pekko.cluster.leader-actions-interval")).isEqualTo("200ms");
    assertThat(config.getString("furrow.cluster.name")).isEqualTo("furrow");
  }

  @Test
  void shouldSeeAPropertyThatWasSetAfterTheFirstLoad() {
    assertThat(FurrowConfig.load("local", Map.of()).getString(SLOTS)).isEqualTo("auto");

    Config later = Programs.withProperty(SLOTS, "7", () -> FurrowConfig.load("local", Map.of()));

    assertThat(later.getInt(SLOTS)).isEqualTo(7);
  }

  @Test
  void shouldTakeListsAndMapsFromProperties() {
    NodeSettings settings =
        Programs.withProperty(
            "furrow.node.roles",
            "fast, big",
            () ->
                Programs.withProperty(
                    "furrow.node.resources.licence.cad", "2", () -> Programs.settings(Map.of())));

    assertThat(settings.node().roles()).containsExactly("fast", "big");
    assertThat(settings.node().resources()).containsExactly(Map.entry("licence.cad", 2L));
  }

  @Test
  void shouldTakeTheProfileFromSettingsWhenTheProgramNamesNone() {
    String file = "furrow.profile = cluster";

    assertThat(profile(FurrowConfig.load(null, Map.of()))).isEqualTo("local");
    assertThat(profile(inFile(file, null))).isEqualTo("cluster");
    assertThat(inFile(file, null).getString("pekko.actor.provider")).isEqualTo("cluster");
    assertThat(profile(inFile(file, "local"))).isEqualTo("local");
  }

  @Test
  void shouldNameTheProfilesWhenThereIsNoSuchOne() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> FurrowConfig.load("cloud", Map.of()))
        .withMessage("there is no profile cloud: use one of cluster, kubernetes, local, workers");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> inFile("furrow.profile = cloud", null))
        .withMessage("there is no profile cloud: use one of cluster, kubernetes, local, workers");
  }

  @ParameterizedTest
  @CsvSource({
    "furrow.node.slot, furrow.node.slots",
    "furrow.nodes.slots, furrow.node.slots",
    "furrow.slots, furrow.node.slots",
    "furrow.Node.Slots, furrow.node.slots",
    "furrow.link.maxFrame, furrow.link.max-frame",
    "furrow.link.redial-min, furrow.link.redial.min",
    "furrow.seeds, furrow.cluster.seeds",
    "furrow.close-timeout, furrow.close.timeout",
    "furrow.node.resource.gpu, furrow.node.resources",
    "furrow.tasks.max-results, furrow.tasks.max-result",
  })
  void shouldSuggestTheNearestNameWhenAProgramSetsAnUnknownOne(String wrong, String meant) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> FurrowConfig.load("local", Map.of(wrong, 3)))
        .withMessage("unknown setting " + wrong + ": did you mean " + meant + "?");
  }

  @Test
  void shouldRefuseUnknownNamesWithinAMap() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> FurrowConfig.load("local", Map.of("furrow.node", Map.of("slot", 3))))
        .withMessage("unknown setting furrow.node.slot: did you mean furrow.node.slots?");
  }

  @Test
  void shouldRefuseUnknownNamesInApplicationConfAndSayWhere() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> inFile("\nfurrow { node { slot = 3 } }", "local"))
        .withMessageStartingWith(
            "unknown setting furrow.node.slot: did you mean furrow.node.slots? (application.conf")
        .withMessageEndingWith(": 2)");
  }

  @Test
  void shouldRefuseUnknownNamesInSystemProperties() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                Programs.withProperty(
                    "furrow.node.slot", "3", () -> FurrowConfig.load("local", Map.of())))
        .withMessageStartingWith(
            "unknown setting furrow.node.slot: did you mean furrow.node.slots? (system properties");
  }

  @Test
  void shouldRefuseUnknownNamesInTheConfigurationOfAHost() {
    Config host =
        FurrowConfig.load("local", Map.of())
            .withFallback(ConfigFactory.parseString("furrow.node.slot = 3"));

    assertThatIllegalArgumentException()
        .isThrownBy(() -> NodeSettings.from(host))
        .withMessageStartingWith("unknown setting furrow.node.slot");
  }

  @Test
  void shouldRefuseAValueForASection() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> FurrowConfig.load("local", Map.of("furrow.node", 3)))
        .withMessage("furrow.node is a section of settings and cannot have a value itself (was 3)");
  }

  @Test
  void shouldLeaveFreeFormSectionsToTheirReaders() {
    Config config =
        FurrowConfig.load(
            "local",
            Map.of(
                "furrow.node.resources.gpu", 2,
                "furrow.dispatcher.control.thread-pool-executor.fixed-pool-size", 4));

    assertThat(config.getInt("furrow.node.resources.gpu")).isEqualTo(2);
  }

  @Test
  void shouldLetTheMoreExactOfTwoOverlappingSettingsWin() {
    Map<String, Object> both = new HashMap<>();
    both.put(SLOTS, 4);
    both.put("furrow.node", Map.of("slots", 3, "port", 2551));

    NodeSettings.Node node = Programs.settings(both).node();

    assertThat(node.slots()).isEqualTo(4);
    assertThat(node.port()).isEqualTo(2551);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          spark.master | setting spark.master cannot be set here: a name begins with furrow. or pekko.
          furrow | setting furrow cannot be set here: a name begins with furrow. or pekko.
          furrow.wire-version | furrow.wire-version is no setting but a fact about this release, 1 (was 3): remove it
          pekko.cluster.roles | pekko.cluster.roles follows from furrow.node.roles: set that instead
          pekko.remote.artery.canonical.port | pekko.remote.artery.canonical.port follows from furrow.node.port: set that instead
          """)
  void shouldRefuseNamesThatAProgramCannotSet(String path, String message) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> FurrowConfig.load("cluster", Map.of(path, 3)))
        .withMessage(message);
  }

  @Test
  void shouldRefuseAnUnparsableName() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> FurrowConfig.load("local", Map.of("furrow.node..slots", 3)))
        .withMessageStartingWith("setting furrow.node..slots has no proper name");
  }

  @Test
  void shouldRefuseValuesOfATypeThatNoSettingHas() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> FurrowConfig.load("local", Map.of(SLOTS, new StringBuilder[0])))
        .withMessageStartingWith(
            "furrow.node.slots must be a string, number, boolean, duration, list or map (was ");
    Map<String, Object> none = new HashMap<>();
    none.put(SLOTS, null);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> FurrowConfig.load("local", none))
        .withMessage("furrow.node.slots must have a value (was null)");
  }

  @Test
  void shouldNameTheSettingWhenAFileTakesItsValueAway() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> NodeSettings.from(inFile("furrow.node.slots = null", "local")))
        .withMessage("furrow.node.slots must have a value (was null)");
  }

  @Test
  void shouldSayWhereAFileCannotBeParsed() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> inFile("furrow {", "local"))
        .withMessageStartingWith("the settings cannot be read: application.conf");
  }

  @Test
  void shouldFindItsFilesWhenTheThreadsClassLoaderDoesNotSeeFurrow() {
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(ClassLoader.getPlatformClassLoader());
    try {
      assertThat(FurrowConfig.load("cluster", Map.of()).getString(SLOTS)).isEqualTo("auto");
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  private Config inFile(String content, @Nullable String profile) {
    return Programs.withApplicationConf(
        folder, content, () -> FurrowConfig.load(profile, Map.of()));
  }

  private static String profile(Config config) {
    return config.getString("furrow.profile");
  }
}
