package dev.furrow.examples.render;

/** The plane at height 0, a chequerboard without end. */
record Floor(Material even, Material odd) implements Shape {

  private static final Vec UP = new Vec(0, 1, 0);

  @Override
  public double hit(Ray ray) {
    double distance = -ray.origin().y() / ray.direction().y();
    return distance > 0 ? distance : Double.POSITIVE_INFINITY;
  }

  @Override
  public Vec normal(Vec point) {
    return UP;
  }

  @Override
  public Material material(Vec point) {
    long field = (long) Math.floor(point.x()) + (long) Math.floor(point.z());
    return (field & 1) == 0 ? even : odd;
  }
}
