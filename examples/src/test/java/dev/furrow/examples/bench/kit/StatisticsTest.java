package dev.furrow.examples.bench.kit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class StatisticsTest {

  @Test
  void shouldTakeTheMiddleOfAnOddNumberOfValues() {
    assertThat(Statistics.median(List.of(9.0, 1.0, 5.0))).isEqualTo(5.0);
  }

  @Test
  void shouldTakeTheMeanOfTheMiddleTwoOfAnEvenNumber() {
    assertThat(Statistics.median(List.of(9.0, 1.0, 5.0, 6.0))).isEqualTo(5.5);
  }

  @Test
  void shouldTakePercentilesByNearestRankAndLeaveTheValuesAlone() {
    long[] values = LongStream.rangeClosed(1, 200).map(n -> 201 - n).toArray();
    assertThat(Statistics.percentile(values, 0.5)).isEqualTo(100);
    assertThat(Statistics.percentile(values, 0.99)).isEqualTo(198);
    assertThat(Statistics.percentile(values, 1)).isEqualTo(200);
    assertThat(values[0]).isEqualTo(200);
  }

  @Test
  void shouldRefuseNoValuesAndSharesOutOfRange() {
    assertThatThrownBy(() -> Statistics.median(List.of()))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Statistics.percentile(new long[0], 0.5))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Statistics.percentile(new long[] {1}, 1.5))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("1.5");
  }
}
