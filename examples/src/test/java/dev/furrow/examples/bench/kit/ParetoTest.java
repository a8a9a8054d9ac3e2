package dev.furrow.examples.bench.kit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import java.util.PriorityQueue;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class ParetoTest {

  @Test
  void shouldDrawTheSameTimesFromTheSameSeed() {
    assertThat(Pareto.millis(1_000, 7)).isEqualTo(Pareto.millis(1_000, 7));
    assertThat(Pareto.millis(1_000, 7)).isNotEqualTo(Pareto.millis(1_000, 8));
  }

  @Test
  void shouldStayWithinItsBoundsAndHaveItsTail() {
    List<Integer> millis = Pareto.millis(100_000, 1);
    assertThat(millis).allMatch(time -> time >= 2 && time <= 500);
    // P(time >= 20) = (2 / 20)^1.2
    double share = millis.stream().filter(time -> time >= 20).count() / 100_000.0;
    assertThat(share).isCloseTo(Math.pow(0.1, 1.2), Offset.offset(0.003));
  }

  @Test
  void shouldGiveTheRowTimesOnWhichFirstInFirstOutIsAQuarterOff() {
    List<Integer> millis = Sleeps.uneven();
    PriorityQueue<Integer> slots = new PriorityQueue<>(Collections.nCopies(64, 0));
    int wall = 0;
    for (int time : millis) {
      int end = slots.remove() + time;
      slots.add(end);
      wall = Math.max(wall, end);
    }
    assertThat(Ideal.wall(millis, 64) / wall).isCloseTo(0.747, Offset.offset(0.001));
  }
}
