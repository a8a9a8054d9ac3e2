package dev.furrow.examples.render;

/** A point, a direction, or a colour as red, green and blue light. */
record Vec(double x, double y, double z) {

  static final Vec BLACK = new Vec(0, 0, 0);

  Vec plus(Vec other) {
    return new Vec(x + other.x, y + other.y, z + other.z);
  }

  Vec minus(Vec other) {
    return new Vec(x - other.x, y - other.y, z - other.z);
  }

  Vec times(double factor) {
    return new Vec(x * factor, y * factor, z * factor);
  }

  /** Component by component, as a surface's colour does with light. */
  Vec times(Vec other) {
    return new Vec(x * other.x, y * other.y, z * other.z);
  }

  double dot(Vec other) {
    return x * other.x + y * other.y + z * other.z;
  }

  Vec cross(Vec other) {
    return new Vec(y * other.z - z * other.y, z * other.x - x * other.z, x * other.y - y * other.x);
  }

  double length() {
    return Math.sqrt(dot(this));
  }

  /** The same direction, of length 1. */
  Vec unit() {
    return times(1 / length());
  }

  /** This colour at 0, the other at 1, and a blend of both between. */
  Vec blend(Vec other, double share) {
    return times(1 - share).plus(other.times(share));
  }

  /** The smaller of each component. */
  Vec least(Vec other) {
    return new Vec(Math.min(x, other.x), Math.min(y, other.y), Math.min(z, other.z));
  }

  /** The larger of each component. */
  Vec most(Vec other) {
    return new Vec(Math.max(x, other.x), Math.max(y, other.y), Math.max(z, other.z));
  }
}
