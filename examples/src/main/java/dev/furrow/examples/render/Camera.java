package dev.furrow.examples.render;

/**
 * Where the scene is seen from.
 *
 * @param eye the point that every ray starts from
 * @param forward to the middle of the picture, of length 1
 * @param right to its right edge
 * @param up to its upper edge
 */
record Camera(Vec eye, Vec forward, Vec right, Vec up) {

  private static final Vec TARGET = new Vec(0, 0.85, 0);
  private static final double AWAY = 8.6;
  private static final double HEIGHT = 2.9;

  /** Half the picture's height at distance 1. */
  private static final double ZOOM = 0.36;

  /**
   * A camera on its way around the scene.
   *
   * @param turn how far around, from 0 to 1
   * @param aspect the picture's width ÷ its height
   */
  static Camera orbit(double turn, double aspect) {
    double angle = 2 * StrictMath.PI * (turn + 0.17);
    double height = HEIGHT + 0.9 * StrictMath.sin(angle);
    Vec eye = new Vec(AWAY * StrictMath.cos(angle), height, AWAY * StrictMath.sin(angle));
    Vec forward = TARGET.minus(eye).unit();
    Vec right = forward.cross(new Vec(0, 1, 0)).unit();
    Vec up = right.cross(forward);
    return new Camera(eye, forward, right.times(ZOOM * aspect), up.times(ZOOM));
  }

  /**
   * The ray to a point of the picture.
   *
   * @param x from −1, left, to 1, right
   * @param y from −1, below, to 1, above
   */
  Ray ray(double x, double y) {
    return new Ray(eye, forward.plus(right.times(x)).plus(up.times(y)).unit());
  }
}
