package dev.furrow.examples.digits;

import static org.assertj.core.api.Assertions.assertThat;

import dev.furrow.examples.digits.Scoreboard.Standing;
import java.util.List;
import org.junit.jupiter.api.Test;

class RankingTest {

  private static Standing standing(int number, double loss) {
    return new Standing(
        number, new Config(32, 0.1, 0.9, 0.001, 64), List.of(new FoldScore(90, 100, loss)));
  }

  private static Ranking ranking(Standing... standings) {
    return new Ranking(List.of(standings));
  }

  @Test
  void shouldNotDifferFromAnEqualOne() {
    assertThat(ranking(standing(1, 0.3)).difference(ranking(standing(1, 0.3)))).isEmpty();
  }

  @Test
  void shouldNameTheFirstRankThatDiffersByAnyScore() {
    Ranking one = ranking(standing(2, 0.2), standing(1, 0.3));
    Ranking other = ranking(standing(2, 0.2), standing(1, Math.nextUp(0.3)));
    assertThat(one.difference(other))
        .contains(
            "rank 2 is model 1 (32 hidden, rate 0.1, batch 64, 90.00%, loss 0.3) against model 1"
                + " (32 hidden, rate 0.1, batch 64, 90.00%, loss 0.30000000000000004)");
  }

  @Test
  void shouldDifferFromOneOfAnotherLength() {
    assertThat(ranking(standing(1, 0.3)).difference(ranking())).contains("1 models against 0");
  }

  @Test
  void shouldNameTheBest() {
    assertThat(ranking(standing(4, 0.3), standing(1, 0.4)).best()).startsWith("model 4 (32 hidden");
  }
}
