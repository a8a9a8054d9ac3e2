package dev.furrow.examples.render;

import org.jspecify.annotations.Nullable;

/** Follows rays through a scene that is lit by one point of the sun. */
final class Tracer {

  /** How often light may be mirrored or bent on its way. */
  private static final int DEPTH = 7;

  /** Rays that carry a smaller share of a pixel's light are not followed. */
  private static final double FAINT = 0.01;

  private static final double SUNLIGHT = 2.3;
  private static final double SKYLIGHT = 0.62;
  private static final double GLASS_INDEX = 1.5;

  /** How far something is half lost in the haze. */
  private static final double HAZE = 24;

  private final Scene scene;
  private final Vec toSun;

  /**
   * Sees the scene in the light of one point of the sun.
   *
   * @param sunX where on the sun's disc, from −1 to 1
   * @param sunY likewise
   */
  Tracer(Scene scene, double sunX, double sunY) {
    this.scene = scene;
    this.toSun = scene.sky().toSun(sunX, sunY);
  }

  /** The light that comes along a ray. */
  Vec light(Ray ray) {
    return light(ray, 1, DEPTH);
  }

  private Vec light(Ray ray, double share, int depth) {
    if (share < FAINT || depth == 0) {
      return scene.sky().light(ray.direction());
    }
    Hit hit = scene.first(ray);
    if (hit == null) {
      return scene.sky().light(ray.direction());
    }
    Vec light =
        switch (hit.material().kind()) {
          case SOLID -> solid(hit, share, depth);
          case METAL -> metal(hit, share, depth);
          case GLASS -> glass(hit, share, depth);
        };
    double far = hit.distance() / HAZE;
    double haze = far * far * far * far;
    return light.blend(scene.sky().light(ray.direction()), haze / (1 + haze));
  }

  private Vec metal(Hit hit, double share, int depth) {
    double mirrored = hit.material().mirrored(hit.cosine());
    return mirrored(hit, mirrored, share, depth).times(hit.material().colour());
  }

  private Vec solid(Hit hit, double share, int depth) {
    double mirrored = hit.material().mirrored(hit.cosine());
    Vec scattered = hit.material().colour().times(sunlight(hit).plus(skylight(hit)));
    return scattered.times(1 - mirrored).plus(mirrored(hit, mirrored, share, depth));
  }

  private Vec glass(Hit hit, double share, int depth) {
    Ray bent = bent(hit);
    if (bent == null) {
      return mirrored(hit, 1, share, depth);
    }
    double outside = hit.inside() ? -bent.direction().dot(hit.normal()) : hit.cosine();
    double mirrored = hit.material().mirrored(Math.min(1, outside));
    return light(bent, share * (1 - mirrored), depth - 1)
        .times(1 - mirrored)
        .times(hit.material().colour())
        .plus(mirrored(hit, mirrored, share, depth));
  }

  private Vec mirrored(Hit hit, double mirrored, double share, int depth) {
    return light(hit.mirrored(), share * mirrored, depth - 1).times(mirrored);
  }

  /** The ray through glass by Snell's law; null if all light is mirrored. */
  private static @Nullable Ray bent(Hit hit) {
    double ratio = hit.inside() ? GLASS_INDEX : 1 / GLASS_INDEX;
    double cosine = hit.cosine();
    double squared = 1 - ratio * ratio * (1 - cosine * cosine);
    if (squared < 0) {
      return null;
    }
    Vec along = hit.ray().direction().times(ratio);
    Vec across = hit.normal().times(ratio * cosine - Math.sqrt(squared));
    return Ray.from(hit.point(), along.plus(across).unit());
  }

  private Vec sunlight(Hit hit) {
    double cosine = hit.normal().dot(toSun);
    if (cosine <= 0) {
      return Vec.BLACK;
    }
    double lit = scene.lit(Ray.from(hit.point(), toSun));
    return scene.sky().sunlight().times(SUNLIGHT * cosine * lit);
  }

  /** From all of the sky that is not hidden; from above a little bluer than from the side. */
  private Vec skylight(Hit hit) {
    Sky sky = scene.sky();
    Vec colour = sky.horizon().blend(sky.zenith(), 0.5 + 0.3 * hit.normal().y());
    return colour.times(SKYLIGHT * scene.openSky(hit.point(), hit.normal()));
  }
}
