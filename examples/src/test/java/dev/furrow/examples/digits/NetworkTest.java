package dev.furrow.examples.digits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.ejml.data.FMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NetworkTest {

  private static final int INPUTS = 6;
  private static final int[] LABELS = {0, 3, 9};

  private static FMatrixRMaj images() {
    Random random = new Random(3);
    FMatrixRMaj images = new FMatrixRMaj(LABELS.length, INPUTS);
    for (int i = 0; i < images.getNumElements(); i++) {
      images.data[i] = random.nextFloat();
    }
    return images;
  }

  private static Network network(int hidden, double rate) {
    return new Network(new Config(hidden, rate, 0, 0, 3), INPUTS, new Random(5));
  }

  private static double loss(Network network) {
    FMatrixRMaj probabilities = network.probabilities(images());
    double loss = 0;
    for (int row = 0; row < LABELS.length; row++) {
      loss -= Math.log(probabilities.get(row, LABELS[row]));
    }
    return loss / LABELS.length;
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 8})
  void shouldGiveProbabilitiesThatSumToOne(int hidden) {
    FMatrixRMaj probabilities = network(hidden, 0.1).probabilities(images());
    for (int row = 0; row < LABELS.length; row++) {
      double sum = 0;
      for (int digit = 0; digit < DigitSet.CLASSES; digit++) {
        assertThat(probabilities.get(row, digit)).isBetween(0f, 1f);
        sum += probabilities.get(row, digit);
      }
      assertThat(sum).isCloseTo(1, within(1e-6));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 8})
  void shouldLearnAFewImagesByHeart(int hidden) {
    Network network = network(hidden, 0.5);
    double first = loss(network);
    for (int step = 0; step < 1_000; step++) {
      network.learn(images(), LABELS, 1);
    }
    assertThat(first).isGreaterThan(1);
    assertThat(loss(network)).isLessThan(0.05);
  }

  @Test
  void shouldNotMoveWhenStrideIsZero() {
    Network network = network(8, 0.5);
    double before = loss(network);
    network.learn(images(), LABELS, 0);
    assertThat(loss(network)).isEqualTo(before);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 8})
  void shouldGoDownAsSteeplyAsTheSlopeSays(int hidden) {
    // Along the slope g, a step of size h lowers the loss by h·|g|², so halving h halves the fall.
    double start = loss(network(hidden, 1));
    double whole = start - lossAfterStep(hidden, 0.02);
    double half = start - lossAfterStep(hidden, 0.01);
    assertThat(whole).isPositive();
    assertThat(half / whole).isCloseTo(0.5, within(0.02));
  }

  private static double lossAfterStep(int hidden, double rate) {
    Network network = network(hidden, rate);
    network.learn(images(), LABELS, 1);
    return loss(network);
  }
}
