package dev.furrow.examples.digits;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * How a model did on images that it had not seen.
 *
 * @param readAs how often each digit (outer list) was read as each digit (inner list)
 * @param loss the mean cross entropy, in nats; infinite when learning had run away
 */
record Verdict(List<List<Integer>> readAs, double loss) {

  /** Images judged. */
  int total() {
    return readAs.stream().flatMap(List::stream).mapToInt(Integer::intValue).sum();
  }

  /** Images read as what they show. */
  int correct() {
    return IntStream.range(0, readAs.size()).map(digit -> readAs.get(digit).get(digit)).sum();
  }

  /** Correct ones, from 0 to 1. */
  double accuracy() {
    return (double) correct() / total();
  }

  /** Counts one image after the other. */
  static final class Tally {

    private final int[][] readAs = new int[DigitSet.CLASSES][DigitSet.CLASSES];
    private double loss;
    private int count;

    /** Adds an image: what it shows, and the probabilities that a model gave to the digits. */
    void add(int digit, float[] probabilities, int offset) {
      int likeliest = 0;
      for (int other = 1; other < DigitSet.CLASSES; other++) {
        if (probabilities[offset + other] > probabilities[offset + likeliest]) {
          likeliest = other;
        }
      }
      readAs[digit][likeliest]++;
      loss -= StrictMath.log(Math.max(probabilities[offset + digit], Float.MIN_NORMAL));
      count++;
    }

    Verdict verdict() {
      List<List<Integer>> rows =
          Arrays.stream(readAs).map(row -> Arrays.stream(row).boxed().toList()).toList();
      double mean = loss / count;
      return new Verdict(rows, Double.isFinite(mean) ? mean : Double.POSITIVE_INFINITY);
    }
  }
}
