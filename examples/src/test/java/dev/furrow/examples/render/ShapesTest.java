package dev.furrow.examples.render;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class ShapesTest {

  private static final Material RED = Material.matte(1, 0, 0);
  private static final Material BLUE = Material.matte(0, 0, 1);
  private static final Vec UP = new Vec(0, 1, 0);

  private final Sphere ball = new Sphere(new Vec(0, 0, 5), 1, RED);
  private final Floor floor = new Floor(RED, BLUE);

  private static Ray ray(Vec origin, Vec direction) {
    return new Ray(origin, direction.unit());
  }

  private static Vec towards(double x, double y, double z) {
    return new Vec(x, y, z);
  }

  @Test
  void shouldHitTheNearSideOfABall() {
    Ray ray = ray(Vec.BLACK, towards(0, 0, 1));
    assertThat(ball.hit(ray)).isEqualTo(4);
    assertThat(ball.normal(ray.at(4))).isEqualTo(new Vec(0, 0, -1));
  }

  @Test
  void shouldHitTheFarSideOfABallFromWithin() {
    assertThat(ball.hit(ray(new Vec(0, 0, 5), towards(0, 0, 1)))).isEqualTo(1);
  }

  @Test
  void shouldMissABallBesideOrBehind() {
    assertThat(ball.hit(ray(new Vec(1.001, 0, 0), towards(0, 0, 1)))).isInfinite();
    assertThat(ball.hit(ray(Vec.BLACK, towards(0, 0, -1)))).isInfinite();
  }

  @Test
  void shouldTouchABallAtItsEdge() {
    assertThat(ball.hit(ray(new Vec(1, 0, 0), towards(0, 0, 1)))).isEqualTo(5);
  }

  @Test
  void shouldLeaveABallWithoutHittingItAgain() {
    Ray away = Ray.from(new Vec(0, 0, 4), towards(0, 0, -1));
    assertThat(ball.hit(away)).isInfinite();
  }

  @Test
  void shouldHitTheFloorFromAboveOnly() {
    assertThat(floor.hit(ray(new Vec(0, 3, 0), towards(0, -1, 0)))).isEqualTo(3);
    assertThat(floor.hit(ray(new Vec(0, 3, 0), towards(1, 0, 0)))).isInfinite();
    assertThat(floor.hit(ray(new Vec(0, 3, 0), towards(0, 1, 0)))).isInfinite();
  }

  @Test
  void shouldAlternateTheFloorsFieldsOnBothSidesOfZero() {
    assertThat(floor.material(new Vec(0.5, 0, 0.5))).isEqualTo(RED);
    assertThat(floor.material(new Vec(1.5, 0, 0.5))).isEqualTo(BLUE);
    assertThat(floor.material(new Vec(-0.5, 0, 0.5))).isEqualTo(BLUE);
    assertThat(floor.material(new Vec(-0.5, 0, -0.5))).isEqualTo(RED);
  }

  @Test
  void shouldHideAQuarterOfTheSkyAtTwiceItsRadiusOverhead() {
    Sphere above = new Sphere(new Vec(0, 2, 0), 1, RED);
    assertThat(above.hides(Vec.BLACK, UP)).isCloseTo(0.25, within(1e-12));
    assertThat(above.hides(Vec.BLACK, new Vec(0, -1, 0))).isZero();
  }

  @Test
  void shouldMirrorAtTheAngleOfTheRay() {
    Hit hit = Hit.of(ray(new Vec(-1, 1, 0), towards(1, -1, 0)), floor, Math.sqrt(2));
    Vec mirrored = hit.mirrored().direction();
    assertThat(mirrored.minus(towards(1, 1, 0).unit()).length()).isCloseTo(0, within(1e-12));
    assertThat(hit.inside()).isFalse();
  }

  @Test
  void shouldMirrorMoreAtASmallerAngle() {
    Material glass = Material.glass();
    assertThat(glass.mirrored(1)).isEqualTo(0.04);
    assertThat(glass.mirrored(0)).isEqualTo(1);
    assertThat(glass.mirrored(0.2)).isGreaterThan(glass.mirrored(0.5));
  }
}
