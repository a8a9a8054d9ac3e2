package dev.furrow.examples.render;

/** Something that a ray can hit. */
sealed interface Shape permits Sphere, Floor {

  /**
   * How far along the ray it is hit first; infinite if it is not.
   *
   * @param ray does not start on the surface, see {@link Ray#from}
   */
  double hit(Ray ray);

  /** The direction straight out of the surface, of length 1. */
  Vec normal(Vec point);

  Material material(Vec point);
}
