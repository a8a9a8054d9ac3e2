package dev.furrow.examples.digits;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SplitTest {

  private static int[] union(int[] left, int[] right) {
    return IntStream.concat(IntStream.of(left), IntStream.of(right)).sorted().toArray();
  }

  private static int[] sorted(int[] numbers) {
    return IntStream.of(numbers).sorted().toArray();
  }

  @Test
  void shouldHoldOutOneImageInFive() {
    Split whole = Split.whole(10_000);
    assertThat(whole.judge()).hasSize(2_000);
    assertThat(union(whole.learn(), whole.judge()))
        .containsExactly(IntStream.range(0, 10_000).toArray());
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 7, 20})
  void shouldJudgeOnEachImageOnceAndNeverSeeThoseHeldOut(int folds) {
    int[] all = sorted(Split.whole(1_000).learn());
    int[] judged = {};
    for (int fold = 0; fold < folds; fold++) {
      Split split = Split.fold(1_000, fold, folds);
      assertThat(union(split.learn(), split.judge())).containsExactly(all);
      judged = union(judged, split.judge());
    }
    assertThat(judged).containsExactly(all);
  }

  @Test
  void shouldMixTheDigits() throws Exception {
    DigitSet digits = DigitFiles.shared();
    Split split = Split.fold(digits.size(), 0, 3);
    long[] counts = new long[DigitSet.CLASSES];
    IntStream.of(split.judge()).forEach(image -> counts[digits.label(image)]++);
    assertThat(LongStream.of(counts)).allMatch(count -> count > 180 && count < 360);
  }

  @Test
  void shouldSplitTheSameWayEachTime() {
    assertThat(Split.whole(500).judge()).containsExactly(Split.whole(500).judge());
  }
}
