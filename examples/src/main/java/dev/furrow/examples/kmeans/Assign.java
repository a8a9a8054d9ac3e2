package dev.furrow.examples.kmeans;

import dev.furrow.Aggregation;

/**
 * Assigns each image to the nearest centre and adds up the images of each: one step of Lloyd's
 * algorithm (S. Lloyd, "Least squares quantization in PCM", IEEE Trans. Information Theory 28(2),
 * 1982).
 *
 * @param centres the pixels of each, {@link #SCALE} times as large as those of an image
 */
record Assign(int[][] centres) implements Aggregation<Integer, byte[], Sums> {

  /** Centres lie between whole numbers. */
  static final int SCALE = 256;

  @Override
  public Sums zero() {
    return Sums.zero(centres.length, centres[0].length);
  }

  @Override
  public Sums add(Sums sum, Integer key, byte[] image) {
    Nearest nearest = nearest(centres, image);
    long[] pixels = sum.pixels()[nearest.centre()];
    for (int pixel = 0; pixel < image.length; pixel++) {
      pixels[pixel] += image[pixel] & 0xff;
    }
    sum.images()[nearest.centre()]++;
    return new Sums(
        sum.pixels(), sum.images(), sum.distance() + nearest.distance() / (SCALE * SCALE));
  }

  /** The centre nearest to an image, and how far it is, squared. */
  record Nearest(int centre, long distance) {}

  static Nearest nearest(int[][] centres, byte[] image) {
    int nearest = 0;
    long least = Long.MAX_VALUE;
    for (int centre = 0; centre < centres.length; centre++) {
      long distance = distance(centres[centre], image, least);
      if (distance < least) {
        least = distance;
        nearest = centre;
      }
    }
    return new Nearest(nearest, least);
  }

  /** The squared distance, or more than a bound if it is. */
  private static long distance(int[] centre, byte[] image, long bound) {
    long distance = 0;
    for (int pixel = 0; pixel < image.length && distance < bound; pixel++) {
      long difference = centre[pixel] - (long) (image[pixel] & 0xff) * SCALE;
      distance += difference * difference;
    }
    return distance;
  }

  @Override
  public Sums merge(Sums left, Sums right) {
    for (int centre = 0; centre < left.images().length; centre++) {
      left.images()[centre] += right.images()[centre];
      for (int pixel = 0; pixel < left.pixels()[centre].length; pixel++) {
        left.pixels()[centre][pixel] += right.pixels()[centre][pixel];
      }
    }
    return new Sums(left.pixels(), left.images(), left.distance() + right.distance());
  }
}
