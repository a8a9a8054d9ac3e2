package dev.furrow.examples.digits;

import dev.furrow.Task;
import dev.furrow.TaskContext;
import java.io.IOException;
import java.util.function.IntConsumer;

/**
 * Trains a model on everything that the search could see and judges it on the images held out.
 *
 * @param config the model
 * @param epochs how often the model sees each image
 * @param seed the same seed gives the same verdict
 */
record FitWhole(Config config, int epochs, long seed) implements Task<Verdict> {

  @Override
  public Verdict run(TaskContext context) throws IOException, InterruptedException {
    return verdict(epoch -> context.progress((double) epoch / epochs, "epoch " + epoch));
  }

  /** What the task does, for any thread. */
  Verdict verdict(IntConsumer afterEpoch) throws IOException, InterruptedException {
    DigitSet digits = DigitFiles.shared();
    return Training.fit(digits, Split.whole(digits.size()), config, epochs, seed, afterEpoch);
  }
}
