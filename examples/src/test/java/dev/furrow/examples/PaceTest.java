package dev.furrow.examples;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PaceTest {

  private final Pace pace = new Pace();

  @Test
  void shouldKnowNoPaceBeforeATaskHasEnded() {
    assertThat(pace.nanosPerTask(100, 0)).isInfinite();
  }

  @Test
  void shouldTakeTheMeanOfAllTimeAtFirst() {
    assertThat(pace.nanosPerTask(100, 4)).isEqualTo(25);
    assertThat(pace.nanosPerTask(150, 6)).isEqualTo(25);
  }

  @Test
  void shouldForgetAllButTheLaterPartOfTheTime() {
    double last = 0;
    for (long elapsed = 100; elapsed <= 1_000; elapsed += 10) {
      last = pace.nanosPerTask(elapsed, elapsed <= 200 ? 1 : 1 + (elapsed - 200) / 10);
    }
    assertThat(last).isEqualTo(10);
  }

  @Test
  void shouldKeepItsPaceWhileNoTaskEnds() {
    assertThat(pace.nanosPerTask(100, 1)).isEqualTo(100);
    assertThat(pace.nanosPerTask(400, 1)).isEqualTo(400);
    assertThat(pace.nanosPerTask(500, 2)).isEqualTo(400);
  }
}
