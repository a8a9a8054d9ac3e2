package dev.furrow.examples.bench.kit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class IdealTest {

  @Test
  void shouldShareWorkOutWhenNoTaskIsLong() {
    assertThat(Ideal.wall(Sleeps.equal(), 64)).isEqualTo(625);
  }

  @Test
  void shouldBeTheLongestTaskWhenItOutlastsTheRest() {
    assertThat(Ideal.wall(List.of(1, 1, 50), 3)).isEqualTo(50);
  }

  @Test
  void shouldCountTwoThirdsOfTheSlotsAfterTheLossOfOneOfThree() {
    assertThat(Ideal.wallWithLoss(2_000, 10, Shape.LOSS))
        .isCloseTo(1000 * 10 / 24.0 + 1000 * 10 / 16.0, Offset.offset(1e-9));
  }
}
