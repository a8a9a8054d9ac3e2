package dev.furrow.examples.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class CurveTest {

  private final Curve curve = new Curve(2, List.of(30.0, 15.75, 16.0));
  private final CurveText text = new CurveText(curve);

  @Test
  void shouldCountNoMoreProcessorsThanCores() {
    assertThat(curve.processors(1)).isEqualTo(1);
    assertThat(curve.processors(3)).isEqualTo(2);
    assertThat(curve.speedup(3)).isEqualTo(1.875);
  }

  @Test
  void shouldShowTimesAndLawsInATable() {
    assertThat(text.table().lines())
        .containsExactly(
            "workers  at once       time  speedup  serial part  Amdahl  Gustafson",
            "      1        1    30.00 s     1.00            -    1.00       1.00",
            "      2        2    15.75 s     1.90        5.0 %    1.89       1.94",
            "      3        2    16.00 s     1.88        6.7 %    1.89       1.94");
  }

  @Test
  void shouldDrawABarForEachNumberOfWorkersAndMarkTheLaws() {
    List<String> lines = text.chart().lines().toList();
    assertThat(lines.get(0))
        .isEqualTo("           0               1               2               3");
    assertThat(lines.get(1)).startsWith(" 1 worker  ================A ").endsWith(" 1.00");
    assertThat(lines.get(2)).startsWith(" 2 workers ===").contains("A").contains("G");
    assertThat(lines.get(3)).endsWith(" 1.88");
  }

  @Test
  void shouldSayWhatMoreCoresWouldGive() {
    assertThat(text.moreCores())
        .contains("With 5.8 % serial")
        .contains("64")
        .contains("never above 17.1");
  }

  @Test
  void shouldSayThatWorkersBeyondTheCoresTakeTurns() {
    assertThat(text.words()).contains("Cores: 2. More workers than that take turns");
    assertThat(new CurveText(new Curve(8, List.of(30.0, 15.75))).words())
        .doesNotContain("take turns");
  }

  @Test
  void shouldShowTimesWithoutLawsOnOneCore() {
    CurveText one = new CurveText(new Curve(1, List.of(30.0, 31.0)));
    assertThat(one.table().lines().skip(2))
        .containsExactly("      2        1    31.00 s     0.97            -       -          -");
    assertThat(one.chart()).contains(" 2 workers =====");
    assertThat(one.moreCores()).isEmpty();
    assertThat(one.words()).contains("The serial part is unknown");
  }
}
