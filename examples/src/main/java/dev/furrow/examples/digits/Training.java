package dev.furrow.examples.digits;

import java.util.Random;
import java.util.function.IntConsumer;
import org.ejml.data.FMatrixRMaj;

/**
 * Trains a network and judges it. Equal arguments give equal results, to the last bit. The steps
 * get shorter in a straight line, from the configured rate to nothing at the end.
 */
final class Training {

  private static final int JUDGED_AT_ONCE = 256;

  private Training() {}

  /**
   * Trains a new network and judges it on images that it has not seen.
   *
   * @param epochs how often it sees each image
   * @param seed draws its first weights and the order of the images
   * @param afterEpoch told the number of epochs done, from 1
   * @throws InterruptedException the thread was interrupted, as that of a cancelled task is
   */
  static Verdict fit(
      DigitSet digits, Split split, Config config, int epochs, long seed, IntConsumer afterEpoch)
      throws InterruptedException {
    Random random = new Random(seed);
    Network network = new Network(config, digits.pixelsPerImage(), random);
    int[] order = split.learn();
    FMatrixRMaj images = new FMatrixRMaj(config.batch(), digits.pixelsPerImage());
    for (int epoch = 1; epoch <= epochs; epoch++) {
      Split.shuffled(order, random);
      for (int from = 0; from < order.length; from += config.batch()) {
        stopIfInterrupted();
        int[] labels = new int[Math.min(config.batch(), order.length - from)];
        gather(digits, order, from, images, labels);
        double done = (epoch - 1 + (double) from / order.length) / epochs;
        network.learn(images, labels, 1 - done);
      }
      afterEpoch.accept(epoch);
    }
    return judge(digits, split.judge(), network);
  }

  private static Verdict judge(DigitSet digits, int[] judged, Network network)
      throws InterruptedException {
    Verdict.Tally tally = new Verdict.Tally();
    FMatrixRMaj images = new FMatrixRMaj(JUDGED_AT_ONCE, digits.pixelsPerImage());
    for (int from = 0; from < judged.length; from += JUDGED_AT_ONCE) {
      stopIfInterrupted();
      int[] labels = new int[Math.min(JUDGED_AT_ONCE, judged.length - from)];
      gather(digits, judged, from, images, labels);
      FMatrixRMaj probabilities = network.probabilities(images);
      for (int row = 0; row < labels.length; row++) {
        tally.add(labels[row], probabilities.data, row * DigitSet.CLASSES);
      }
    }
    return tally.verdict();
  }

  private static void gather(
      DigitSet digits, int[] order, int from, FMatrixRMaj images, int[] labels) {
    images.reshape(labels.length, digits.pixelsPerImage());
    for (int row = 0; row < labels.length; row++) {
      int image = order[from + row];
      labels[row] = digits.label(image);
      digits.copyTo(images.data, row * digits.pixelsPerImage(), image);
    }
  }

  private static void stopIfInterrupted() throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException("training was interrupted before its end");
    }
  }
}
