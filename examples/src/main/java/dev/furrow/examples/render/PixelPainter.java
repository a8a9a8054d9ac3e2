package dev.furrow.examples.render;

/**
 * Paints single pixels. A pixel is seen through 4 points; where they differ, at edges and in the
 * margins of shadows, through 16.
 */
final class PixelPainter {

  private static final int SIDE = 4;
  private static final int MOST = SIDE * SIDE;

  /** The 16 points in an order that is well spread from its first 4 on. */
  private static final int[] ORDER = {1, 7, 8, 14, 4, 2, 13, 11, 0, 6, 9, 15, 5, 3, 12, 10};

  /** The sun's 16 points, from the corners inward: where a shadow has a margin, they differ. */
  private static final int[] SUN = {0, 3, 15, 12, 6, 9, 5, 10, 1, 14, 7, 8, 2, 13, 11, 4};

  private static final int FEW = 4;

  /** Differences up to about this are hardly seen. */
  private static final double SMOOTH = 0.012;

  private static final double EXPOSURE = 0.62;

  private final Camera camera;
  private final int width;
  private final int height;
  private final Tracer[] tracers = new Tracer[MOST];

  PixelPainter(Scene scene, Camera camera, int width, int height) {
    this.camera = camera;
    this.width = width;
    this.height = height;
    for (int point = 0; point < MOST; point++) {
      tracers[point] = new Tracer(scene, place(SUN[point] % SIDE), place(SUN[point] / SIDE));
    }
  }

  /** From −1 to 1: the middle of one of the parts that a side is cut into. */
  private static double place(int part) {
    return (2 * part + 1.0) / SIDE - 1;
  }

  /** The colour of a pixel, from 0 to 1 in each component. */
  Vec light(int column, int row) {
    Vec sum = Vec.BLACK;
    Vec least = new Vec(1, 1, 1);
    Vec most = Vec.BLACK;
    for (int i = 0; i < FEW; i++) {
      Vec one = sample(column, row, i);
      sum = sum.plus(one);
      least = least.least(one);
      most = most.most(one);
    }
    Vec spread = most.minus(least);
    if (Math.max(spread.x(), Math.max(spread.y(), spread.z())) < SMOOTH) {
      return sum.times(1.0 / FEW);
    }
    for (int i = FEW; i < MOST; i++) {
      sum = sum.plus(sample(column, row, i));
    }
    return sum.times(1.0 / MOST);
  }

  /** Sees the pixel through one of its points, in the light of one of the sun's. */
  private Vec sample(int column, int row, int number) {
    int point = ORDER[number];
    double x = 2 * (column + (place(point % SIDE) + 1) / 2) / width - 1;
    double y = 1 - 2 * (row + (place(point / SIDE) + 1) / 2) / height;
    return shown(tracers[number].light(camera.ray(x, y)));
  }

  /**
   * A film's answer to light: dark parts get darker, and brighter than white is still told apart
   * (the curve that Narkowicz fitted to the Academy Color Encoding System, 2015).
   */
  private static double shown(double light) {
    double exposed = EXPOSURE * light;
    double answer = exposed * (2.51 * exposed + 0.03) / (exposed * (2.43 * exposed + 0.59) + 0.14);
    return Math.min(1, answer);
  }

  private static Vec shown(Vec light) {
    return new Vec(shown(light.x()), shown(light.y()), shown(light.z()));
  }
}
