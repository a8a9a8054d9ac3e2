package dev.furrow.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.typesafe.config.ConfigFactory;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NodeSettingsValidationTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          furrow.cluster.name | my field | be letters, digits, - and _, the first a letter or digit
          furrow.cluster.join-timeout | 0s | be at least 1s
          furrow.cluster.seeds | node1 | be host:port with a port from 1 to 65535
          furrow.cluster.seeds | node1:0 | be host:port with a port from 1 to 65535
          furrow.cluster.seeds | node1:65536 | be host:port with a port from 1 to 65535
          furrow.cluster.seeds | ::1:2551 | be host:port with a port from 1 to 65535
          furrow.node.host | host:2551 | be a host name or address without a port, of IPv6 in brackets
          furrow.node.port | -1 | be from 0 to 65535
          furrow.node.port | 65536 | be from 0 to 65535
          furrow.node.port | http | be a whole number
          furrow.node.port | 2551.5 | be a whole number
          furrow.node.slots | -1 | be auto or a whole number from 0 to 10000
          furrow.node.slots | many | be auto or a whole number from 0 to 10000
          furrow.node.roles | dc-west | not begin with dc-, which Pekko keeps for data centres
          furrow.node.resources | gpu | map names to counts, as { gpu = 2 }
          furrow.node.resources.gpu | some | be a whole number
          furrow.node.abandoned.max | 0 | be at least 1
          furrow.node.parked.max | 0 | be at least 1
          furrow.node.drain-timeout | -1s | be at least 0s
          furrow.node.drain-timeout | 366d | be at most 365d
          furrow.link.port | 70000 | be from 0 to 65535
          furrow.link.max-frame | 1KiB | be from 64KiB to 1GiB
          furrow.link.max-frame | 2GiB | be from 64KiB to 1GiB
          furrow.link.max-frame | large | be a size such as 64KiB, 16MiB or 2GiB
          furrow.link.connect-timeout | 1ms | be at least 10ms
          furrow.link.redial.min | 0s | be at least 1ms
          furrow.link.event-loops | -1 | be from 0 to 64
          furrow.link.spin | 11ms | be at most 10ms
          furrow.tasks.max-bytes | 0 | be from 1KiB to 1GiB
          furrow.tasks.max-result | 1023 | be from 1KiB to 1GiB
          furrow.submit.max-tasks | 0 | be at least 1
          furrow.submit.max-tasks | 1e99 | be a whole number
          furrow.submit.timeout | soon | be a duration such as 20ms, 5s or 2m
          furrow.results.memory | -1 | be a size such as 64KiB, 16MiB or 2GiB
          furrow.link.max-pending | 1KiB | be at least 64KiB
          furrow.results.window | 0 | be at least 1
          furrow.jobs.batch | 0 | be from 1 to 10000
          furrow.jobs.prefetch | 10001 | be from 0 to 10000
          furrow.jobs.ageing | 0s | be at least 1ms
          furrow.jobs.backoff-cap | 0s | be at least 1ms
          furrow.jobs.max-lost | 0 | be at least 1
          furrow.jobs.speculation.median-percent | 99 | be at least 100
          furrow.jobs.speculation.min-age | 0ms | be at least 1ms
          furrow.jobs.max-jobs | 0 | be at least 1
          furrow.partitions.max-calls | 0 | be at least 1
          furrow.partitions.max-call-bytes | 1KiB | be at least 64KiB
          furrow.partitions.call-timeout | 1ms | be at least 10ms
          furrow.partitions.resend | 0ms | be at least 1ms
          furrow.partitions.run-timeout | 0ms | be at least 1ms
          furrow.liveness.tick | 0ms | be at least 1ms
          furrow.workers.class-archive | here | be auto, off or a folder's absolute path
          furrow.workers.start-timeout | 10ms | be at least 1s
          furrow.workers.restart.give-up | 0 | be at least 1
          furrow.close.timeout | -5s | be at least 0s
          """)
  void shouldNameSettingRuleAndValueWhenAValueIsWrong(String path, String value, String rule) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Programs.settings(path, value))
        .withMessage(path + " must " + rule + " (was " + value + ")");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          furrow.tasks.max-bytes | 96MiB | be less than furrow.link.max-frame, which is 96MiB
          furrow.tasks.max-result | 100MiB | be less than furrow.link.max-frame, which is 96MiB
          furrow.link.max-pending | 95MiB | be at least furrow.link.max-frame, which is 96MiB
          furrow.submit.max-bytes | 15MiB | be at least furrow.tasks.max-bytes, which is 16MiB
          furrow.liveness.pool-silence | 2s | be more than twice furrow.liveness.status-interval, which is 1s
          furrow.liveness.supervisor-silence | 2s | be more than twice furrow.liveness.status-interval, which is 1s
          furrow.liveness.tick | 1001ms | be at most furrow.liveness.status-interval, which is 1s
          furrow.link.redial.min | 3s | be at most furrow.link.redial.max, which is 2s
          furrow.workers.restart.min | 11s | be at most furrow.workers.restart.max, which is 10s
          """)
  void shouldNameBothSettingsWhenTheyAreAtOdds(String path, String value, String rule) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Programs.settings(path, value))
        .withMessage(path + " must " + rule + " (was " + value + ")");
  }

  @Test
  void shouldRefuseRoleWorkerWhenTheNodeRunsNoTasks() {
    Map<String, Object> driver =
        Map.of("furrow.node.slots", 0, "furrow.node.roles", List.of("worker"));

    assertThatIllegalArgumentException()
        .isThrownBy(() -> Programs.settings(driver))
        .withMessageStartingWith("furrow.node.roles must not name worker");
  }

  @Test
  void shouldRefuseNegativeCountsOfAResource() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Programs.settings("furrow.node.resources", Map.of("gpu", -1)))
        .withMessage("furrow.node.resources must map names to counts of at least 0 (was {gpu=-1})");
  }

  @Test
  void shouldRefuseAListWhereATextBelongs() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Programs.settings("furrow.node.host", List.of("a", "b")))
        .withMessage("furrow.node.host must be a text (was [a, b])");
  }

  @Test
  void shouldRefuseADurationBeyondCounting() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> Programs.settings("furrow.close.timeout", Duration.ofSeconds(Long.MAX_VALUE)))
        .withMessageStartingWith("furrow.close.timeout must be at most 365d");
  }

  @Test
  void shouldKeepNoClassArchivesWhenTheyAreOff() {
    assertThat(Programs.settings("furrow.workers.class-archive", "off").workers().classArchive())
        .isEmpty();
    assertThat(Programs.settings("furrow.workers.class-archive", false).workers().classArchive())
        .isEmpty();
  }

  @Test
  void shouldRunNoTasksWhenSlotsAreZero() {
    NodeSettings.Node node = Programs.settings("furrow.node.slots", 0).node();

    assertThat(node.slots()).isZero();
    assertThat(node.autoSlots()).isFalse();
  }

  @Test
  void shouldRefuseConfigurationWithoutReferenceConf() {
    SettingsReader empty = new SettingsReader(ConfigFactory.empty());

    assertThatIllegalArgumentException()
        .isThrownBy(() -> NodeSettingsParser.parse(empty))
        .withMessageContaining("furrow.profile must have a value (was missing)");
  }
}
