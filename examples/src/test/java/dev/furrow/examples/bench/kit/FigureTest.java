package dev.furrow.examples.bench.kit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class FigureTest {

  @ParameterizedTest
  @EnumSource(Measure.class)
  void shouldReadWhatItWrites(Measure measure) {
    Figure figure = new Figure(measure, 1.25e-7);
    assertThat(Figure.parse(figure.line())).contains(figure);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "INFO: started",
        Figure.READY,
        "{\"bench\":\"no-such\",\"value\":1.0}",
        "{\"bench\":\"submit\",\"value\":NaN}"
      })
  void shouldTakeNoOtherLineForAFigure(String line) {
    assertThat(Figure.parse(line)).isEmpty();
  }

  @Test
  void shouldMeetAnAimFromItsBetterSide() {
    assertThat(Measure.SUBMIT.aim().met(300_000)).isTrue();
    assertThat(Measure.SUBMIT.aim().met(299_999)).isFalse();
    assertThat(Measure.KILL.aim().met(1.4)).isTrue();
    assertThat(Measure.KILL.aim().met(1.41)).isFalse();
    assertThat(Measure.PARETO.aim().exists()).isFalse();
  }
}
