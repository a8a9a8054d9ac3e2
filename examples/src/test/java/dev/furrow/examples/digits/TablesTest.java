package dev.furrow.examples.digits;

import static org.assertj.core.api.Assertions.assertThat;

import dev.furrow.examples.digits.Scoreboard.Standing;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TablesTest {

  private static Standing standing(int number) {
    return new Standing(
        number,
        new Config(32, 0.1, 0.9, 0.001, 64),
        List.of(new FoldScore(90, 100, 0.3), new FoldScore(95, 100, 0.2)));
  }

  @Test
  void shouldShowFiveBestAndTheLast() {
    List<String> lines =
        Tables.ranking(IntStream.range(1, 49).mapToObj(TablesTest::standing).toList())
            .lines()
            .toList();
    assertThat(lines)
        .hasSize(8)
        .startsWith(
            "rank  hidden   rate  momentum   decay  batch  correct  on each fold",
            "   1      32  0.100       0.9  0.0010     64   92.50%  90.0  95.0")
        .endsWith(" ...", "  48      32  0.100       0.9  0.0010     64   92.50%  90.0  95.0");
  }

  @Test
  void shouldShowEveryModelWhenThereAreFew() {
    assertThat(Tables.ranking(List.of(standing(1), standing(2))).lines()).hasSize(3);
  }

  @Test
  void shouldNameTheDigitsMisreadMostOften() {
    Verdict.Tally tally = new Verdict.Tally();
    read(tally, 4, 9, 3);
    read(tally, 7, 1, 5);
    read(tally, 2, 2, 50);
    assertThat(Tables.misread(tally.verdict())).isEqualTo("7 as 1 (5), 4 as 9 (3)");
    assertThat(tally.verdict().correct()).isEqualTo(50);
    assertThat(tally.verdict().total()).isEqualTo(58);
  }

  private static void read(Verdict.Tally tally, int digit, int as, int times) {
    float[] probabilities = new float[DigitSet.CLASSES];
    probabilities[as] = 1f;
    for (int i = 0; i < times; i++) {
      tally.add(digit, probabilities, 0);
    }
  }
}
