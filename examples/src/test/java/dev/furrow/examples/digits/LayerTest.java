package dev.furrow.examples.digits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.ejml.data.FMatrixRMaj;
import org.junit.jupiter.api.Test;

class LayerTest {

  private static final Config PLAIN = new Config(0, 1, 0, 0, 1);

  private final FMatrixRMaj input = new FMatrixRMaj(new float[][] {{0.5f, 0f, 2f}, {1f, 3f, 0f}});
  private final FMatrixRMaj slope = new FMatrixRMaj(new float[][] {{1f, -2f}, {0.5f, 4f}});

  /** Weighs the output of a layer by the slope: its derivative by anything is the slope's share. */
  private double weighed(FMatrixRMaj output) {
    double sum = 0;
    for (int i = 0; i < output.getNumElements(); i++) {
      sum += output.data[i] * slope.data[i];
    }
    return sum;
  }

  @Test
  void shouldCarrySlopeBackToInputsAsDifferencesSay() {
    Layer layer = new Layer(3, 2, new Random(1));
    float[] back = layer.slopeBelow(slope, input).data.clone();
    for (int i = 0; i < input.getNumElements(); i++) {
      if (input.data[i] <= 0f) {
        assertThat(back[i]).isZero();
        continue;
      }
      FMatrixRMaj more = input.copy();
      FMatrixRMaj less = input.copy();
      more.data[i] += 0.125f;
      less.data[i] -= 0.125f;
      double difference = weighed(layer.forward(more).copy()) - weighed(layer.forward(less));
      assertThat((double) back[i]).isCloseTo(difference / 0.25, within(1e-4));
    }
  }

  @Test
  void shouldStepAgainstTheSlopeOfWeightsAndBias() {
    Layer layer = new Layer(3, 2, new Random(1));
    double before = weighed(layer.forward(input));
    layer.step(input, slope, 0.01f, PLAIN);
    // weighed = sum of input·weights·slope + bias·slope, so it falls by rate·(|inputᵀ·slope|² +
    // |1ᵀ·slope|²).
    double weights = square(1) + square(1.5) + square(2) + square(3) + square(12) + square(-4);
    double bias = square(1.5) + square(2);
    assertThat(before - weighed(layer.forward(input)))
        .isCloseTo(0.01 * (weights + bias), within(1e-4));
  }

  @Test
  void shouldShrinkWeightsByDecayAlone() {
    Layer layer = new Layer(3, 2, new Random(1));
    double before = weighed(layer.forward(input));
    layer.step(input, new FMatrixRMaj(2, 2), 0.5f, new Config(0, 1, 0, 0.5, 1));
    assertThat(weighed(layer.forward(input))).isCloseTo(0.75 * before, within(1e-5));
  }

  @Test
  void shouldKeepRollingByMomentum() {
    Layer layer = new Layer(3, 2, new Random(1));
    Config rolling = new Config(0, 1, 0.5, 0, 1);
    double start = weighed(layer.forward(input));
    layer.step(input, slope, 0.01f, rolling);
    double first = weighed(layer.forward(input));
    layer.step(input, new FMatrixRMaj(2, 2), 0.01f, rolling);
    double second = weighed(layer.forward(input));
    assertThat(first - second).isCloseTo(0.5 * (start - first), within(1e-4));
  }

  private static double square(double number) {
    return number * number;
  }
}
