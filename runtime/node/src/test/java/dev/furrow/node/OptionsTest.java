package dev.furrow.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.furrow.JobOptions;
import dev.furrow.TaskOptions;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** Options as values. */
final class OptionsTest {

  private static final TaskOptions DEFAULTS = TaskOptions.defaults();

  @Test
  void shouldLeaveTheOriginalAsItIs() {
    TaskOptions all =
        DEFAULTS
            .retries(3)
            .backoff(Duration.ofMillis(5))
            .timeout(Duration.ofSeconds(5))
            .priority(10)
            .requires("gpu", 1L)
            .requires("ram", 2L)
            .key("k")
            .doNotRetry(IllegalArgumentException.class);
    assertThat(all.retries()).isEqualTo(3);
    assertThat(all.backoff()).isEqualTo(Duration.ofMillis(5));
    assertThat(all.timeout()).contains(Duration.ofSeconds(5));
    assertThat(all.priority()).isEqualTo(10);
    assertThat(all.requires()).isEqualTo(Map.of("gpu", 1L, "ram", 2L)).isUnmodifiable();
    assertThat(all.key()).contains("k");
    assertThat(all.doNotRetry()).isEqualTo(Set.of(IllegalArgumentException.class)).isUnmodifiable();
    assertThat(DEFAULTS).isEqualTo(TaskOptions.defaults());
    assertThat(DEFAULTS.retries()).isZero();
    assertThat(DEFAULTS.timeout()).isEmpty();
    assertThat(DEFAULTS.key()).isEqualTo(Optional.empty());
    assertThat(all)
        .isEqualTo(all.retries(3))
        .isNotEqualTo(all.retries(2))
        .hasSameHashCodeAs(all.retries(3));
    assertThat(all.toString()).contains("gpu", "retries=3");
  }

  @Test
  void shouldNameTheValueAtFault() {
    assertRefused(() -> DEFAULTS.retries(-1), "retries", "-1");
    assertRefused(() -> DEFAULTS.backoff(Duration.ofMillis(-1)), "backoff", "PT-0.001S");
    assertRefused(() -> DEFAULTS.timeout(Duration.ZERO), "timeout", "PT0S");
    assertRefused(() -> DEFAULTS.priority(1_001), "priority", "1001");
    assertRefused(() -> DEFAULTS.requires("gpu", 0), "gpu", "0");
    assertRefused(() -> DEFAULTS.requires(" ", 1), "resource");
    assertRefused(() -> DEFAULTS.key(""), "key");
    assertRefused(() -> JobOptions.named(""), "name");
    assertRefused(() -> JobOptions.named("j").maxInFlight(0), "maxInFlight", "0");
  }

  @Test
  void shouldRefuseAKeyForAWholeJob() {
    assertRefused(() -> JobOptions.named("j").tasks(DEFAULTS.key("mine")), "mine", "submit");
  }

  @Test
  void shouldLeaveTheOriginalOfAJobAsItIs() {
    JobOptions named = JobOptions.named("j");
    JobOptions all = named.maxInFlight(7).failFast().tasks(DEFAULTS.retries(1));
    assertThat(all.maxInFlight()).isEqualTo(7);
    assertThat(all.isFailFast()).isTrue();
    assertThat(all.tasks().retries()).isEqualTo(1);
    assertThat(named).isEqualTo(JobOptions.named("j")).isNotEqualTo(all);
    assertThat(named.maxInFlight()).isEqualTo(10_000);
  }

  private static void assertRefused(ThrowingCallable call, String... texts) {
    assertThatThrownBy(call)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll(texts);
  }
}
