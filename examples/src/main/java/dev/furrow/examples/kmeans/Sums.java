package dev.furrow.examples.kmeans;

/**
 * What the images nearest to each centre add up to. All numbers are whole, so that the order of
 * adding makes no difference.
 *
 * @param pixels for each centre the sum of each pixel
 * @param images for each centre how many are nearest to it
 * @param distance of all images to their centres, squared
 */
record Sums(long[][] pixels, long[] images, long distance) {

  static Sums zero(int centres, int pixelsPerImage) {
    return new Sums(new long[centres][pixelsPerImage], new long[centres], 0);
  }

  /** The centres of what was added; one that has no image stays where it was. */
  int[][] centres(int[][] before) {
    int[][] centres = new int[before.length][];
    for (int centre = 0; centre < before.length; centre++) {
      centres[centre] = before[centre].clone();
      for (int pixel = 0; images[centre] > 0 && pixel < before[centre].length; pixel++) {
        centres[centre][pixel] = (int) (pixels[centre][pixel] * Assign.SCALE / images[centre]);
      }
    }
    return centres;
  }
}
