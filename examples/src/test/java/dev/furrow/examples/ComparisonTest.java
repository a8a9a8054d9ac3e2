package dev.furrow.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class ComparisonTest {

  @Test
  void shouldDivideTheLoopsTimeByTheJobs() {
    Comparison comparison = new Comparison(Duration.ofSeconds(9), Duration.ofMillis(4_500), 2);
    assertThat(comparison.factor()).isEqualTo(2);
    assertThat(comparison)
        .asString()
        .startsWith(
            "2.00 times as fast as the loop: 9.00 s in the loop, 4.50 s in parallel (slots: 2, cores: ");
  }
}
