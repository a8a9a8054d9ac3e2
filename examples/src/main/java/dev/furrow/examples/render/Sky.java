package dev.furrow.examples.render;

/**
 * The sky: bright at the horizon and around the sun.
 *
 * @param zenith its colour straight above
 * @param horizon its colour low down
 * @param sunlight the sun's colour
 * @param sun the direction to the sun's middle, of length 1
 * @param sunRadius the sun's, as seen from here at distance 1: the larger, the softer are shadows
 */
record Sky(Vec zenith, Vec horizon, Vec sunlight, Vec sun, double sunRadius) {

  private static final double DISC = 18;
  private static final double GLOW = 0.22;

  static Sky evening() {
    return new Sky(
        new Vec(0.09, 0.21, 0.50),
        new Vec(1.05, 0.68, 0.46),
        new Vec(1.0, 0.82, 0.58),
        new Vec(-0.55, 0.60, 0.42).unit(),
        0.075);
  }

  /** The light from a direction. */
  Vec light(Vec direction) {
    double low = 1 - Math.max(0, direction.y());
    double near = Math.max(0, direction.dot(sun));
    return zenith
        .blend(horizon, squared(low, 2))
        .plus(sunlight.times(GLOW * squared(near, 3) + DISC * squared(near, 10)));
  }

  /**
   * The direction to a point of the sun.
   *
   * @param x where on the sun's disc, from −1 to 1
   * @param y likewise
   */
  Vec toSun(double x, double y) {
    Vec across = sun.cross(new Vec(0, 1, 0)).unit();
    Vec upward = across.cross(sun);
    return sun.plus(across.times(x * sunRadius)).plus(upward.times(y * sunRadius)).unit();
  }

  private static double squared(double value, int times) {
    double power = value;
    for (int i = 0; i < times; i++) {
      power *= power;
    }
    return power;
  }
}
