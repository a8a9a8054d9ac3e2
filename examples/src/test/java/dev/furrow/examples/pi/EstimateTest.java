package dev.furrow.examples.pi;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class EstimateTest {

  @Test
  void shouldBeFourTimesTheShareOfHits() {
    assertThat(new Estimate(785, 1000).pi()).isEqualTo(3.14);
  }

  @Test
  void shouldBeSurerByTheRootOfTheNumberOfDarts() {
    assertThat(new Estimate(50, 100).standardError()).isEqualTo(0.2);
    assertThat(new Estimate(5_000, 10_000).standardError()).isEqualTo(0.02);
  }
}
