package dev.furrow.examples.render;

/**
 * A half line.
 *
 * @param direction of length 1
 */
record Ray(Vec origin, Vec direction) {

  /** How far a ray that leaves a surface starts from it, lest it hits that surface again. */
  private static final double OFF = 1e-6;

  /** A ray that leaves a surface. */
  static Ray from(Vec point, Vec direction) {
    return new Ray(point.plus(direction.times(OFF)), direction);
  }

  Vec at(double distance) {
    return origin.plus(direction.times(distance));
  }
}
