package dev.furrow.examples.render;

/** A ball. */
record Sphere(Vec centre, double radius, Material material) implements Shape {

  @Override
  public double hit(Ray ray) {
    Vec toCentre = centre.minus(ray.origin());
    double along = toCentre.dot(ray.direction());
    double reach = along * along - toCentre.dot(toCentre) + radius * radius;
    if (reach < 0) {
      return Double.POSITIVE_INFINITY;
    }
    double half = Math.sqrt(reach);
    if (along - half > 0) {
      return along - half;
    }
    return along + half > 0 ? along + half : Double.POSITIVE_INFINITY;
  }

  @Override
  public Vec normal(Vec point) {
    return point.minus(centre).times(1 / radius);
  }

  @Override
  public Material material(Vec point) {
    return material;
  }

  /**
   * How much of what a point sees of the sky this ball hides, from 0 to 1: the ball's share of the
   * half sphere over the point, weighted by the cosine to the normal.
   */
  double hides(Vec point, Vec normal) {
    Vec toCentre = centre.minus(point);
    double squared = toCentre.dot(toCentre);
    double cosine = toCentre.dot(normal) / Math.sqrt(squared);
    return Math.max(0, cosine) * Math.min(1, radius * radius / squared);
  }
}
