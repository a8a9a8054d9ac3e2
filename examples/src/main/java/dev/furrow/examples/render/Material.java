package dev.furrow.examples.render;

/**
 * What a surface does with light.
 *
 * @param colour of what it scatters; for metal, of what it mirrors
 * @param mirror share of light that it mirrors when looked at straight, from 0 to 1; more at an
 *     angle
 * @param kind what becomes of the rest
 */
record Material(Vec colour, double mirror, Kind kind) {

  enum Kind {
    /** Scatters the rest. */
    SOLID,
    /** Scatters nothing, and colours what it mirrors. */
    METAL,
    /** Lets the rest through. */
    GLASS
  }

  static Material matte(double red, double green, double blue) {
    return new Material(new Vec(red, green, blue), 0.02, Kind.SOLID);
  }

  static Material lacquer(double red, double green, double blue) {
    return new Material(new Vec(red, green, blue), 0.06, Kind.SOLID);
  }

  static Material metal(double red, double green, double blue) {
    return new Material(new Vec(red, green, blue), 0.9, Kind.METAL);
  }

  static Material glass() {
    return new Material(new Vec(0.96, 0.99, 0.97), 0.04, Kind.GLASS);
  }

  /**
   * The share of light that is mirrored (Schlick, "An Inexpensive BRDF Model for Physically-based
   * Rendering", Computer Graphics Forum 13(3), 1994).
   *
   * @param cosine of the angle between the ray and the surface's normal, from 0 to 1
   */
  double mirrored(double cosine) {
    double rest = 1 - cosine;
    double squared = rest * rest;
    return mirror + (1 - mirror) * squared * squared * rest;
  }
}
