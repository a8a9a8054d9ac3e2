package dev.furrow.examples.digits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.furrow.examples.digits.Scoreboard.Standing;
import java.util.List;
import org.junit.jupiter.api.Test;

class ScoreboardTest {

  private static final List<Config> CONFIGS = Grid.draw(3, 1);

  private final Scoreboard board = new Scoreboard(CONFIGS, 2);

  private static FoldScore score(int correct, double loss) {
    return new FoldScore(correct, 100, loss);
  }

  @Test
  void shouldRankByImagesCorrectOverAllFolds() {
    board.add(0, score(90, 1));
    board.add(1, score(50, 1));
    board.add(2, score(80, 1));
    board.add(3, score(80, 1));
    board.add(4, score(10, 1));
    board.add(5, score(10, 1));
    assertThat(board.ranking()).extracting(Standing::number).containsExactly(2, 1, 3);
    assertThat(board.ranking().get(0).accuracy()).isEqualTo(0.8);
    assertThat(board.ranking().get(0).config()).isEqualTo(CONFIGS.get(1));
  }

  @Test
  void shouldPreferSmallerLossThenEarlierModelAmongEquals() {
    for (int task = 0; task < 6; task++) {
      board.add(task, score(70, task < 2 ? Double.POSITIVE_INFINITY : 0.5));
    }
    assertThat(board.ranking()).extracting(Standing::number).containsExactly(2, 3, 1);
    assertThat(board.best()).contains(board.ranking().get(0));
  }

  @Test
  void shouldComeToTheSameRankingInAnyOrder() {
    Scoreboard backwards = new Scoreboard(CONFIGS, 2);
    for (int task = 0; task < 6; task++) {
      board.add(task, score(60 + task, 0.1 * task));
      backwards.add(5 - task, score(60 + 5 - task, 0.1 * (5 - task)));
    }
    assertThat(backwards.ranking()).isEqualTo(board.ranking());
    assertThat(backwards.best()).isEqualTo(board.best());
  }

  @Test
  void shouldLeaveOutModelsNotYetJudgedOnEveryFold() {
    board.add(0, score(99, 0));
    board.add(2, score(50, 1));
    assertThat(board.best()).isEmpty();
    board.add(3, score(50, 1));
    assertThat(board.best()).map(Standing::number).contains(2);
    assertThat(board.ranking()).hasSize(1);
  }

  @Test
  void shouldRefuseTaskThatIsNotOfTheSearch() {
    assertThatThrownBy(() -> board.add(6, score(1, 1)))
        .isInstanceOf(IndexOutOfBoundsException.class);
  }

  @Test
  void shouldPlaceTasksAsTheyAreSubmitted() {
    List<FitFold> tasks = FitFold.each(CONFIGS, 2, 5, 1);
    assertThat(tasks).hasSize(6).doesNotHaveDuplicates();
    assertThat(tasks.get(3)).isEqualTo(new FitFold(CONFIGS.get(1), 1, 2, 5, 1));
  }
}
