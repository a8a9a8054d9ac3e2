package dev.furrow.examples.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.furrow.examples.search.Laws.Measured;
import java.util.List;
import org.junit.jupiter.api.Test;

class LawsTest {

  @Test
  void shouldBoundTheSpeedupOfAGivenWorkAsAmdahlSays() {
    assertThat(Laws.amdahl(0, 8)).isEqualTo(8);
    assertThat(Laws.amdahl(1, 8)).isEqualTo(1);
    assertThat(Laws.amdahl(0.25, 1)).isEqualTo(1);
    assertThat(Laws.amdahl(0.05, 20)).isCloseTo(10.256, within(0.001));
    assertThat(Laws.amdahl(0.05, 1_000_000)).isCloseTo(20, within(0.001));
  }

  @Test
  void shouldGrowTheWorkWithTheProcessorsAsGustafsonSays() {
    assertThat(Laws.gustafson(0, 8)).isEqualTo(8);
    assertThat(Laws.gustafson(1, 8)).isEqualTo(1);
    assertThat(Laws.gustafson(0.004, 1024)).isCloseTo(1019.9, within(0.1));
  }

  @Test
  void shouldFindTheSerialPartOfAMeasuredSpeedupAsKarpAndFlattDo() {
    assertThat(Laws.karpFlatt(1.95, 2)).isCloseTo(0.0256, within(0.0001));
    assertThat(Laws.karpFlatt(1, 4)).isEqualTo(1);
    assertThat(Laws.karpFlatt(4, 4)).isZero();
    assertThat(Laws.karpFlatt(2.1, 2)).isNegative();
    assertThat(Laws.karpFlatt(Laws.amdahl(0.1, 16), 16)).isCloseTo(0.1, within(1e-12));
  }

  @Test
  void shouldRefuseKarpAndFlattsMetricOfOneProcessor() {
    assertThatThrownBy(() -> Laws.karpFlatt(1, 1)).hasMessageContaining("needs 2 (was 1)");
  }

  @Test
  void shouldFindTheSerialPartThatMadeTheMeasurements() {
    List<Measured> exact =
        List.of(
            new Measured(1, 1),
            new Measured(2, Laws.amdahl(0.07, 2)),
            new Measured(3, Laws.amdahl(0.07, 3)));
    assertThat(Laws.fit(exact).orElseThrow()).isCloseTo(0.07, within(1e-12));
  }

  @Test
  void shouldFindTheMeanOfTwoMeasurementsOnAsManyProcessors() {
    List<Measured> two = List.of(new Measured(2, 1 / 0.52), new Measured(2, 1 / 0.56));
    assertThat(Laws.fit(two).orElseThrow()).isCloseTo(0.08, within(1e-12));
  }

  @Test
  void shouldKeepTheSerialPartBetweenNothingAndAll() {
    assertThat(Laws.fit(List.of(new Measured(2, 2.5)))).hasValue(0);
    assertThat(Laws.fit(List.of(new Measured(2, 0.8)))).hasValue(1);
  }

  @Test
  void shouldNotKnowTheSerialPartWithoutASecondProcessor() {
    assertThat(Laws.fit(List.of(new Measured(1, 1), new Measured(1, 0.9)))).isEmpty();
  }
}
