package dev.furrow.examples.digits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class GridTest {

  @Test
  void shouldDrawFortyEightDifferentModels() {
    assertThat(Grid.draw(48, 1)).hasSize(48).doesNotHaveDuplicates();
  }

  @Test
  void shouldDrawWholeGridWhenAskedForAll() {
    int size = Grid.all().size();
    assertThat(Grid.draw(size, 7)).containsExactlyInAnyOrderElementsOf(Grid.all());
    assertThat(Grid.all()).doesNotHaveDuplicates();
  }

  @Test
  void shouldDrawTheSameModelsForTheSameSeed() {
    assertThat(Grid.draw(10, 5)).isEqualTo(Grid.draw(10, 5)).isNotEqualTo(Grid.draw(10, 6));
  }

  @Test
  void shouldRefuseMoreModelsThanThereAre() {
    assertThatThrownBy(() -> Grid.draw(241, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the grid has 1 to 240 models to draw (was 241)");
    assertThatThrownBy(() -> Grid.draw(0, 1)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void shouldRefuseModelThatCannotLearn() {
    assertThatThrownBy(() -> new Config(16, Double.NaN, 0, 0, 32))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("rate > 0");
  }
}
