package dev.furrow.examples.digits;

import java.util.Random;
import org.ejml.data.FMatrixRMaj;
import org.ejml.dense.row.CommonOps_FDRM;

/**
 * A network of one or two layers that tells digits apart: rectified linear units, then softmax,
 * trained by stochastic gradient descent with momentum on the cross entropy (Rumelhart, Hinton and
 * Williams, "Learning representations by back-propagating errors", Nature 323, 1986).
 *
 * <p>Equal calls give equal bits on every Java from 17 on: floating point is strict, the matrix
 * products keep one order of additions, and {@link StrictMath} and {@link Random} are specified to
 * the last bit. For one thread.
 */
final class Network {

  private final Config config;
  private final Layer[] layers;

  /**
   * A network that knows nothing yet.
   *
   * @param inputs numbers that describe an image
   * @param random draws the first weights
   */
  Network(Config config, int inputs, Random random) {
    this.config = config;
    int hidden = config.hidden();
    this.layers =
        hidden == 0
            ? new Layer[] {new Layer(inputs, DigitSet.CLASSES, random)}
            : new Layer[] {
              new Layer(inputs, hidden, random), new Layer(hidden, DigitSet.CLASSES, random)
            };
  }

  /**
   * The probability of each digit.
   *
   * @param images one image a row
   * @return one image a row, one digit a column; overwritten by the next call
   */
  FMatrixRMaj probabilities(FMatrixRMaj images) {
    FMatrixRMaj values = images;
    for (int i = 0; i < layers.length; i++) {
      values = layers[i].forward(values);
      if (i < layers.length - 1) {
        rectify(values);
      }
    }
    softmax(values);
    return values;
  }

  /**
   * Takes one step downhill.
   *
   * @param images one image a row
   * @param labels the digit of each row
   * @param stride how much of the configured rate to go, from 0 to 1
   */
  void learn(FMatrixRMaj images, int[] labels, double stride) {
    float rate = (float) (config.rate() * stride);
    FMatrixRMaj slope = probabilities(images);
    int rows = images.numRows;
    for (int row = 0; row < rows; row++) {
      slope.data[row * slope.numCols + labels[row]] -= 1f;
    }
    CommonOps_FDRM.scale(1f / rows, slope);
    for (int i = layers.length - 1; i > 0; i--) {
      FMatrixRMaj below = layers[i - 1].output();
      FMatrixRMaj slopeBelow = layers[i].slopeBelow(slope, below);
      layers[i].step(below, slope, rate, config);
      slope = slopeBelow;
    }
    layers[0].step(images, slope, rate, config);
  }

  private static void rectify(FMatrixRMaj values) {
    int size = values.getNumElements();
    for (int i = 0; i < size; i++) {
      values.data[i] = Math.max(0f, values.data[i]);
    }
  }

  private static void softmax(FMatrixRMaj values) {
    for (int row = 0; row < values.numRows; row++) {
      int from = row * values.numCols;
      int to = from + values.numCols;
      float largest = Float.NEGATIVE_INFINITY;
      for (int i = from; i < to; i++) {
        largest = Math.max(largest, values.data[i]);
      }
      double sum = 0;
      for (int i = from; i < to; i++) {
        double power = StrictMath.exp(values.data[i] - largest);
        values.data[i] = (float) power;
        sum += power;
      }
      for (int i = from; i < to; i++) {
        values.data[i] = (float) (values.data[i] / sum);
      }
    }
  }
}
