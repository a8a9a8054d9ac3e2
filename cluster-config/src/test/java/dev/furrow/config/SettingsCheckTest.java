package dev.furrow.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.util.Map;
import org.apache.pekko.cluster.Invalid;
import org.apache.pekko.cluster.Valid;
import org.junit.jupiter.api.Test;
import scala.jdk.javaapi.CollectionConverters;

class SettingsCheckTest {

  private final SettingsCheck check = new SettingsCheck();

  private Config settings(Map<String, ?> more) {
    return FurrowConfig.load("cluster", more);
  }

  /** What a node sends of itself: no more than the keys. */
  private Config sent(Map<String, ?> more) {
    Config all = settings(more);
    Config sent = ConfigFactory.empty();
    for (String key : CollectionConverters.asJava(check.requiredKeys())) {
      sent = sent.withValue(key, all.getValue(key));
    }
    return sent;
  }

  private String refusal(Map<String, ?> own, Map<String, ?> other) {
    Invalid invalid = (Invalid) check.check(sent(other), settings(own));
    return String.join("; ", CollectionConverters.asJava(invalid.errorMessages()));
  }

  @Test
  void shouldAcceptANodeWithTheSameSettingsHoweverWritten() {
    assertThat(
            check.check(
                sent(
                    Map.of(
                        "furrow.link.max-frame",
                        100663296,
                        "furrow.liveness.pool-silence",
                        "5000ms",
                        "furrow.node.slots",
                        7)),
                settings(Map.of())))
        .isEqualTo(Valid.getInstance());
  }

  @Test
  void shouldNameTheSettingAndBothValuesWhenTheyDiffer() {
    assertThat(refusal(Map.of(), Map.of("furrow.link.max-frame", "97MiB")))
        .isEqualTo(
            "furrow.link.max-frame is 96MiB here and 97MiB at the other node: give all nodes of"
                + " a cluster the same");
    assertThat(
            refusal(
                Map.of("furrow.journal.kind", "none"),
                Map.of("furrow.liveness.pool-silence", "6s")))
        .contains("furrow.journal.kind is none here and h2")
        .contains("furrow.liveness.pool-silence is 5s here and 6s");
    assertThat(
            refusal(
                Map.of(),
                Map.of("pekko.cluster.split-brain-resolver.active-strategy", "keep-oldest")))
        .contains("active-strategy is keep-majority here and keep-oldest");
  }

  @Test
  void shouldLetAProgramThatOnlySubmitsHaveAnotherJournal() {
    assertThat(
            check.check(
                sent(Map.of("furrow.node.slots", 0, "furrow.journal.kind", "none")),
                settings(Map.of())))
        .isEqualTo(Valid.getInstance());
    assertThat(refusal(Map.of(), Map.of("furrow.journal.kind", "none"))).contains("journal.kind");
  }

  @Test
  void shouldRefuseANodeThatSaysNothing() {
    Invalid invalid = (Invalid) check.check(ConfigFactory.empty(), settings(Map.of()));
    assertThat(invalid.errorMessages().head()).contains("not set at the other node");
  }
}
