package dev.furrow.examples.render;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What there is to see.
 *
 * @param spheres all of them
 * @param floor what they stand on
 * @param sky what is behind
 */
record Scene(List<Sphere> spheres, Floor floor, Sky sky) {

  private static final int BALLS = 14;

  /** The angle by which a sunflower turns from one seed to the next. */
  private static final double TURN = StrictMath.PI * (3 - StrictMath.sqrt(5));

  /** How much light comes through a glass ball. */
  private static final double THROUGH_GLASS = 0.7;

  /** A mirror, a glass ball and a golden one, and coloured balls around them. */
  static Scene still() {
    List<Sphere> spheres = new ArrayList<>();
    spheres.add(new Sphere(new Vec(0, 1.25, 0), 1.25, Material.metal(0.92, 0.94, 0.97)));
    spheres.add(new Sphere(new Vec(1.75, 0.7, 1.30), 0.7, Material.glass()));
    spheres.add(new Sphere(new Vec(-1.9, 0.8, 1.0), 0.8, Material.metal(1.0, 0.76, 0.36)));
    for (int ball = 0; ball < BALLS; ball++) {
      double away = 2.8 + 0.17 * ball;
      double radius = 0.24 + 0.08 * (ball * 5 % 4);
      double x = away * StrictMath.cos(TURN * ball);
      double z = away * StrictMath.sin(TURN * ball);
      spheres.add(new Sphere(new Vec(x, radius, z), radius, paint(ball)));
    }
    Floor floor = new Floor(Material.matte(0.78, 0.76, 0.72), Material.lacquer(0.10, 0.12, 0.16));
    return new Scene(List.copyOf(spheres), floor, Sky.evening());
  }

  private static Material paint(int ball) {
    return switch (ball % 6) {
      case 0 -> Material.lacquer(0.85, 0.16, 0.14);
      case 1 -> Material.lacquer(0.10, 0.42, 0.78);
      case 2 -> Material.matte(0.95, 0.72, 0.18);
      case 3 -> Material.lacquer(0.16, 0.60, 0.36);
      case 4 -> Material.lacquer(0.55, 0.24, 0.66);
      default -> Material.metal(0.95, 0.62, 0.50);
    };
  }

  /** What a ray hits first; null if it goes to the sky. */
  @Nullable Hit first(Ray ray) {
    Shape nearest = floor;
    double distance = floor.hit(ray);
    for (Sphere sphere : spheres) {
      double far = sphere.hit(ray);
      if (far < distance) {
        distance = far;
        nearest = sphere;
      }
    }
    return distance < Double.POSITIVE_INFINITY ? Hit.of(ray, nearest, distance) : null;
  }

  /** The share of light that comes along a ray from a point of the sun. */
  double lit(Ray toSun) {
    double through = 1;
    for (Sphere sphere : spheres) {
      if (sphere.hit(toSun) < Double.POSITIVE_INFINITY) {
        if (sphere.material().kind() != Material.Kind.GLASS) {
          return 0;
        }
        through *= THROUGH_GLASS;
      }
    }
    return through;
  }

  /** The share of the sky that a point of a surface sees past the spheres. */
  double openSky(Vec point, Vec normal) {
    double open = 1;
    for (Sphere sphere : spheres) {
      open *= 1 - sphere.hides(point, normal);
    }
    return open;
  }
}
