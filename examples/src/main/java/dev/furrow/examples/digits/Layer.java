package dev.furrow.examples.digits;

import java.util.Random;
import org.ejml.data.FMatrixRMaj;
import org.ejml.dense.row.CommonOps_FDRM;

/** One fully connected layer: output = input x weights + bias, one image a row. For one thread. */
final class Layer {

  private final FMatrixRMaj weights;
  private final FMatrixRMaj weightsSpeed;
  private final FMatrixRMaj weightsSlope;
  private final float[] bias;
  private final float[] biasSpeed;
  private final FMatrixRMaj output;
  private final FMatrixRMaj slopeBelow;

  /**
   * Draws weights evenly, the more narrowly the more inputs there are (He et al., "Delving Deep
   * into Rectifiers", ICCV 2015, with a uniform distribution).
   */
  Layer(int inputs, int outputs, Random random) {
    weights = new FMatrixRMaj(inputs, outputs);
    weightsSpeed = new FMatrixRMaj(inputs, outputs);
    weightsSlope = new FMatrixRMaj(inputs, outputs);
    bias = new float[outputs];
    biasSpeed = new float[outputs];
    output = new FMatrixRMaj(1, outputs);
    slopeBelow = new FMatrixRMaj(1, inputs);
    double limit = Math.sqrt(6.0 / inputs);
    for (int i = 0; i < weights.getNumElements(); i++) {
      weights.data[i] = (float) (limit * (2 * random.nextDouble() - 1));
    }
  }

  /** The layer's last output; overwritten by {@link #forward}. */
  FMatrixRMaj output() {
    return output;
  }

  /** Computes the layer's output. */
  FMatrixRMaj forward(FMatrixRMaj input) {
    CommonOps_FDRM.mult(input, weights, output);
    for (int row = 0; row < output.numRows; row++) {
      int from = row * bias.length;
      for (int column = 0; column < bias.length; column++) {
        output.data[from + column] += bias[column];
      }
    }
    return output;
  }

  /**
   * Carries the slope of the loss back through this layer and the rectifier beneath it.
   *
   * @param slope by this layer's output
   * @param below the rectified output of the layer beneath, which was this layer's input
   * @return the slope by what the rectifier took in; overwritten by the next call
   */
  FMatrixRMaj slopeBelow(FMatrixRMaj slope, FMatrixRMaj below) {
    CommonOps_FDRM.multTransB(slope, weights, slopeBelow);
    int size = slopeBelow.getNumElements();
    for (int i = 0; i < size; i++) {
      if (below.data[i] <= 0f) {
        slopeBelow.data[i] = 0f;
      }
    }
    return slopeBelow;
  }

  /**
   * Moves weights and bias one step.
   *
   * @param input what the layer was given
   * @param slope by its output, of the mean loss of the batch
   * @param rate how far to go
   * @param config its momentum and decay are used
   */
  void step(FMatrixRMaj input, FMatrixRMaj slope, float rate, Config config) {
    float momentum = (float) config.momentum();
    float decay = (float) config.decay();
    CommonOps_FDRM.multTransA(input, slope, weightsSlope);
    float[] value = weights.data;
    float[] speed = weightsSpeed.data;
    float[] down = weightsSlope.data;
    for (int i = 0; i < value.length; i++) {
      speed[i] = momentum * speed[i] - rate * (down[i] + decay * value[i]);
      value[i] += speed[i];
    }
    for (int column = 0; column < bias.length; column++) {
      float sum = 0;
      for (int row = 0; row < slope.numRows; row++) {
        sum += slope.data[row * bias.length + column];
      }
      biasSpeed[column] = momentum * biasSpeed[column] - rate * sum;
      bias[column] += biasSpeed[column];
    }
  }
}
