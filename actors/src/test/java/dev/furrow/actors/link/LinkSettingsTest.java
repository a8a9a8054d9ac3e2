package dev.furrow.actors.link;

import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class LinkSettingsTest {

  private static final Duration SECOND = Duration.ofSeconds(1);

  @Test
  void shouldNameTheSettingAndTheValueWhenOneIsWrong() {
    refuses("furrow.link.port", "70000", "barn", "h", 70_000, 2048, 4096, SECOND, SECOND, SECOND);
    refuses("furrow.link.port", "-1", "barn", "h", -1, 2048, 4096, SECOND, SECOND, SECOND);
    refuses("furrow.link.max-frame", "10", "barn", "h", 0, 10, 4096, SECOND, SECOND, SECOND);
    refuses("furrow.link.max-pending", "2047", "barn", "h", 0, 2048, 2047, SECOND, SECOND, SECOND);
    refuses("furrow.node.host", "empty", "barn", " ", 0, 2048, 4096, SECOND, SECOND, SECOND);
    refuses("cluster", "''", "", "h", 0, 2048, 4096, SECOND, SECOND, SECOND);
    refuses("cluster", "control", "a\tb", "h", 0, 2048, 4096, SECOND, SECOND, SECOND);
    refuses("connect-timeout", "PT0S", "b", "h", 0, 2048, 4096, Duration.ZERO, SECOND, SECOND);
    refuses("redial.min", "PT2S", "b", "h", 0, 2048, 4096, SECOND, SECOND.multipliedBy(2), SECOND);
  }

  private static void refuses(
      String setting,
      String value,
      String cluster,
      String host,
      int port,
      int maxFrame,
      int maxPending,
      Duration connect,
      Duration redialMin,
      Duration redialMax) {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                new LinkSettings(
                    cluster, host, port, maxFrame, maxPending, connect, redialMin, redialMax))
        .withMessageContaining(setting)
        .withMessageContaining(value);
  }
}
