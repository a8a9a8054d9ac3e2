package dev.furrow.examples.pi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class DartsTest {

  @Test
  void shouldShareOutEveryDart() {
    List<Darts> tasks = Darts.share(2 * Darts.AT_MOST + 7, 1);
    assertThat(tasks).extracting(Darts::count).containsExactly(Darts.AT_MOST, Darts.AT_MOST, 7L);
    assertThat(tasks).extracting(Darts::seed).doesNotHaveDuplicates();
  }

  @Test
  void shouldFillTasksToTheBrimWhenDartsDivideEvenly() {
    assertThat(Darts.share(3 * Darts.AT_MOST, 1)).hasSize(3);
    assertThat(Darts.share(1, 1)).extracting(Darts::count).containsExactly(1L);
  }

  @Test
  void shouldThrowOtherDartsWithAnotherSeed() {
    assertThat(Darts.share(3 * Darts.AT_MOST, 1))
        .doesNotContainAnyElementsOf(Darts.share(3 * Darts.AT_MOST, 2));
  }

  @Test
  void shouldCountTheSameHitsEachTime() {
    Darts darts = new Darts(42, 100_000);
    assertThat(darts.hits()).isEqualTo(darts.hits()).isEqualTo(78_748);
    assertThat(new Darts(42, 0).hits()).isZero();
  }

  @Test
  void shouldHitAsOftenAsThePartOfACircleIsLarge() {
    long darts = 4 * Darts.AT_MOST;
    long hits = Darts.share(darts, 7).stream().mapToLong(Darts::hits).sum();
    Estimate estimate = new Estimate(hits, darts);
    assertThat(estimate.pi()).isCloseTo(Math.PI, within(5 * estimate.standardError()));
  }
}
