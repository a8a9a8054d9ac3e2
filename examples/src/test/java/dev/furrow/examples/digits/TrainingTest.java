package dev.furrow.examples.digits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TrainingTest {

  private static final Config NETWORK = new Config(24, 0.1, 0.9, 0.001, 32);
  private static final Config SOFTMAX = new Config(0, 0.1, 0.0, 0.0, 32);

  @AfterEach
  void clearInterruption() {
    assertThat(Thread.interrupted()).isFalse();
  }

  /** 1,500 images to learn from and 500 to be judged on. */
  private static Split small(int size) {
    int[] all = Split.whole(size).learn();
    return new Split(Arrays.copyOf(all, 1_500), Arrays.copyOfRange(all, 1_500, 2_000));
  }

  private static Verdict fit(Config config, int epochs, long seed)
      throws IOException, InterruptedException {
    DigitSet digits = DigitFiles.shared();
    return Training.fit(digits, small(digits.size()), config, epochs, seed, epoch -> {});
  }

  @Test
  void shouldReadMostDigitsAfterThreeEpochs() throws Exception {
    Verdict network = fit(NETWORK, 3, 1);
    assertThat(network.total()).isEqualTo(500);
    assertThat(network.accuracy()).isGreaterThan(0.80);
    assertThat(network.loss()).isLessThan(0.65);
    assertThat(fit(SOFTMAX, 3, 1).accuracy()).isGreaterThan(0.77);
  }

  @Test
  void shouldReadHardlyAnyDigitWithoutLearning() throws Exception {
    assertThat(fit(new Config(24, 1e-9, 0, 0, 32), 1, 1).accuracy()).isLessThan(0.35);
  }

  @Test
  void shouldComeToTheSameBitsEachTimeOnAnyThread() throws Exception {
    Verdict here = fit(NETWORK, 2, 9);
    assertThat(onNewThread(() -> fit(NETWORK, 2, 9))).isEqualTo(here);
    assertThat(fit(NETWORK, 2, 10)).isNotEqualTo(here);
  }

  @Test
  void shouldComeToTheSameScoreWhenTaskIsRepeated() throws Exception {
    FitFold task = new FitFold(new Config(0, 0.03, 0.9, 0.0, 64), 1, 3, 1, 4);
    FoldScore score = task.score(epoch -> {});
    assertThat(score.total()).isEqualTo(2_667);
    assertThat(score.accuracy()).isBetween(0.80, 1.0);
    assertThat(onNewThread(() -> task.score(epoch -> {}))).isEqualTo(score);
  }

  @Test
  void shouldJudgeFinalModelOnImagesHeldOut() throws Exception {
    List<Integer> told = new ArrayList<>();
    Verdict verdict = new FitWhole(SOFTMAX, 2, 1).verdict(told::add);
    assertThat(told).containsExactly(1, 2);
    assertThat(verdict.total()).isEqualTo(2_000);
    assertThat(verdict.accuracy()).isGreaterThan(0.85);
  }

  @Test
  void shouldScoreModelWhoseLearningRanAway() throws Exception {
    Verdict verdict = fit(new Config(24, 1e30, 0.9, 0, 32), 1, 1);
    assertThat(verdict.total()).isEqualTo(500);
    assertThat(verdict.accuracy()).isLessThan(0.2);
    assertThat(verdict.loss()).isEqualTo(Double.POSITIVE_INFINITY);
  }

  @Test
  void shouldStopWhenInterrupted() {
    assertThatThrownBy(
            () ->
                onNewThread(
                    () -> {
                      Thread.currentThread().interrupt();
                      return fit(NETWORK, 1_000_000, 1);
                    }))
        .isInstanceOf(ExecutionException.class)
        .hasCauseInstanceOf(InterruptedException.class);
  }

  private static <T> T onNewThread(Callable<T> work) throws Exception {
    FutureTask<T> task = new FutureTask<>(work);
    Thread thread = new Thread(task, "training-test");
    thread.start();
    return task.get();
  }
}
