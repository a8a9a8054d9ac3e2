package dev.furrow.examples.render;

/**
 * Where a ray meets a surface.
 *
 * @param normal straight out of the surface on the side that the ray comes from
 * @param inside whether the ray comes from within
 * @param distance how far along the ray
 */
record Hit(Ray ray, Vec point, Vec normal, boolean inside, Material material, double distance) {

  static Hit of(Ray ray, Shape shape, double distance) {
    Vec point = ray.at(distance);
    Vec out = shape.normal(point);
    boolean inside = out.dot(ray.direction()) > 0;
    return new Hit(
        ray, point, inside ? out.times(-1) : out, inside, shape.material(point), distance);
  }

  /** The cosine of the angle between the ray and the normal, from 0 to 1. */
  double cosine() {
    return Math.min(1, -ray.direction().dot(normal));
  }

  /** The ray that goes on as from a mirror. */
  Ray mirrored() {
    return Ray.from(point, ray.direction().plus(normal.times(2 * cosine())).unit());
  }
}
