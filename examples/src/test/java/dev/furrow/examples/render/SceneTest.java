package dev.furrow.examples.render;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class SceneTest {

  private static final Vec DOWN = new Vec(0, -1, 0);
  private static final Material RED = Material.lacquer(1, 0, 0);

  private static Scene scene(Sphere... spheres) {
    Floor floor = new Floor(Material.matte(1, 1, 1), Material.matte(0, 0, 0));
    return new Scene(List.of(spheres), floor, Sky.evening());
  }

  @Test
  void shouldSeeWhatIsNearest() {
    Sphere near = new Sphere(new Vec(0, 6, 0), 1, RED);
    Sphere far = new Sphere(new Vec(0, 3, 0), 1, Material.glass());
    Hit hit = Objects.requireNonNull(scene(far, near).first(new Ray(new Vec(0, 10, 0), DOWN)));
    assertThat(hit.material()).isEqualTo(RED);
    assertThat(hit.distance()).isEqualTo(3);
  }

  @Test
  void shouldSeeTheSkyWhereNothingIs() {
    assertThat(scene().first(new Ray(new Vec(0, 1, 0), new Vec(0, 1, 0)))).isNull();
  }

  @Test
  void shouldCastShadowsThatGlassMakesFainter() {
    Ray up = new Ray(Vec.BLACK, new Vec(0, 1, 0));
    Vec centre = new Vec(0, 3, 0);
    assertThat(scene().lit(up)).isEqualTo(1);
    assertThat(scene(new Sphere(centre, 1, RED)).lit(up)).isZero();
    assertThat(scene(new Sphere(centre, 1, Material.glass())).lit(up)).isBetween(0.5, 0.99);
  }

  @Test
  void shouldPointTheSunsRaysIntoTheSunsDisc() {
    Sky sky = Sky.evening();
    assertThat(sky.toSun(0, 0).minus(sky.sun()).length()).isCloseTo(0, within(1e-12));
    Vec edge = sky.toSun(1, 0);
    assertThat(edge.length()).isCloseTo(1, within(1e-12));
    assertThat(edge.minus(sky.sun()).length()).isCloseTo(sky.sunRadius(), within(1e-3));
  }

  @Test
  void shouldStandAllBallsOfTheStillOnTheFloorAndApart() {
    List<Sphere> balls = Scene.still().spheres();
    for (Sphere one : balls) {
      assertThat(one.centre().y()).isEqualTo(one.radius());
      for (Sphere other : balls) {
        double gap = one.centre().minus(other.centre()).length() - one.radius() - other.radius();
        assertThat(one.equals(other) || gap > 0).as(one + " and " + other).isTrue();
      }
    }
  }
}
