package dev.furrow.examples.digits;

import dev.furrow.Task;
import dev.furrow.TaskContext;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;

/**
 * Trains a model on all folds but one and judges it on that one.
 *
 * @param config the model
 * @param fold the fold to be judged on, from 0
 * @param folds at least 2
 * @param epochs how often the model sees each image
 * @param seed the same seed gives the same score
 */
record FitFold(Config config, int fold, int folds, int epochs, long seed)
    implements Task<FoldScore> {

  /** Every model on every fold: the folds of the first model, then those of the second. */
  static List<FitFold> each(List<Config> configs, int folds, int epochs, long seed) {
    List<FitFold> tasks = new ArrayList<>();
    for (Config config : configs) {
      for (int fold = 0; fold < folds; fold++) {
        tasks.add(new FitFold(config, fold, folds, epochs, seed));
      }
    }
    return List.copyOf(tasks);
  }

  @Override
  public FoldScore run(TaskContext context) throws IOException, InterruptedException {
    return score(epoch -> context.progress((double) epoch / epochs, "epoch " + epoch));
  }

  /** What the task does, for any thread. */
  FoldScore score(IntConsumer afterEpoch) throws IOException, InterruptedException {
    DigitSet digits = DigitFiles.shared();
    Split split = Split.fold(digits.size(), fold, folds);
    Verdict verdict = Training.fit(digits, split, config, epochs, seed + fold, afterEpoch);
    return new FoldScore(verdict.correct(), verdict.total(), verdict.loss());
  }
}
