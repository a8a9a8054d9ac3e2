package dev.furrow.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.furrow.Furrow;
import dev.furrow.Task;
import dev.furrow.TaskContext;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What tasks may carry and give back. */
final class TypesTest {

  private static Furrow furrow;

  @BeforeAll
  static void start() {
    furrow = Furrow.builder().slots(1).start();
  }

  @AfterAll
  static void close() {
    furrow.close();
  }

  enum Crop {
    RYE,
    OATS
  }

  sealed interface Shape {}

  record Circle(double radius) implements Shape {}

  record Box(int width, int height) implements Shape {}

  record Shapes(List<Shape> given) implements Task<List<Shape>> {
    @Override
    public List<Shape> run(TaskContext context) {
      return given;
    }
  }

  record Yields(Map<Crop, Optional<BigDecimal>> given)
      implements Task<Map<Crop, Optional<BigDecimal>>> {
    @Override
    public Map<Crop, Optional<BigDecimal>> run(TaskContext context) {
      return given;
    }
  }

  record Counts(Map<String, List<Integer>> given) implements Task<Map<String, List<Integer>>> {
    @Override
    public Map<String, List<Integer>> run(TaskContext context) {
      return given;
    }
  }

  record Times(Instant at, Duration span) implements Task<Set<Instant>> {
    @Override
    public Set<Instant> run(TaskContext context) {
      return Set.of(at, at.plus(span));
    }
  }

  record Floats(float[] given) implements Task<float[]> {
    @Override
    public float[] run(TaskContext context) {
      return given;
    }
  }

  record Nothing() implements Task<String> {
    @Override
    @SuppressWarnings("NullAway") // a task may return null
    public String run(TaskContext context) {
      return null;
    }
  }

  record NoResult() implements Task<Void> {
    @Override
    public @Nullable Void run(TaskContext context) {
      return null;
    }
  }

  record Crops() implements Task<Crop> {
    @Override
    public Crop run(TaskContext context) {
      return Crop.OATS;
    }
  }

  enum Constant implements Task<String> {
    ONE;

    @Override
    public String run(TaskContext context) {
      return name();
    }
  }

  /** Named by a super type, not by the class itself. */
  abstract static class Base<T> implements Task<List<T>> {}

  static final class Numbers extends Base<Long> {
    @Override
    public List<Long> run(TaskContext context) {
      return List.of(1L, 1L << 40);
    }
  }

  @Test
  void shouldCarrySealedRecords() {
    List<Shape> shapes = List.of(new Circle(1.5), new Box(2, 3));
    assertThat(furrow.submit(new Shapes(shapes)).join()).isEqualTo(shapes);
  }

  @Test
  void shouldCarryEnumsOptionalsAndDecimals() {
    Map<Crop, Optional<BigDecimal>> yields =
        Map.of(Crop.RYE, Optional.of(new BigDecimal("4.20")), Crop.OATS, Optional.empty());
    assertThat(furrow.submit(new Yields(yields)).join()).isEqualTo(yields);
    assertThat(furrow.submit(new Crops()).join()).isEqualTo(Crop.OATS);
  }

  @Test
  void shouldCarryCollectionsWithinCollections() {
    Map<String, List<Integer>> counts = Map.of("a", List.of(1, 2), "b", List.of());
    assertThat(furrow.submit(new Counts(counts)).join()).isEqualTo(counts);
  }

  @Test
  void shouldCarryTimes() {
    Instant at = Instant.parse("2026-11-21T05:06:07.123456789Z");
    assertThat(furrow.submit(new Times(at, Duration.ofNanos(1))).join())
        .containsExactlyInAnyOrder(at, at.plusNanos(1));
  }

  @Test
  void shouldCarryArrays() {
    float[] floats = {1, Float.NaN, -0.0f};
    assertThat(furrow.submit(new Floats(floats)).join()).containsExactly(floats);
  }

  @Test
  void shouldGiveNullWhereATaskReturnsNull() {
    assertThat(furrow.submit(new Nothing()).join()).isNull();
    assertThat(furrow.submit(new NoResult()).join()).isNull();
    assertThat(furrow.submitAll(List.of(new Nothing(), new Nothing())).join())
        .containsExactly(null, null);
  }

  @Test
  void shouldFindAResultTypeThatASuperclassNames() {
    assertThat(furrow.submit(new Numbers()).join()).containsExactly(1L, 1L << 40);
  }

  @Test
  void shouldRunAnEnumConstantAsATask() {
    assertThat(furrow.submit(Constant.ONE).join()).isEqualTo("ONE");
  }

  // ------------------------------------------------------------- refusals

  record HasObject(Object what) implements Task<Long> {
    @Override
    public Long run(TaskContext context) {
      return 0L;
    }
  }

  record HasThread(Thread worker) implements Task<Long> {
    @Override
    public Long run(TaskContext context) {
      return 0L;
    }
  }

  record GivesObject() implements Task<Object> {
    @Override
    public Object run(TaskContext context) {
      return 0L;
    }
  }

  record GivesThread() implements Task<Thread> {
    @Override
    public Thread run(TaskContext context) {
      return Thread.currentThread();
    }
  }

  @Test
  void shouldRefuseAtSubmitWhatCannotTravel() {
    assertRefused(new HasObject("text"), "HasObject.what");
    assertRefused(new HasThread(Thread.currentThread()), "HasThread.worker");
    assertRefused(new GivesObject(), "result of", "GivesObject");
    assertRefused(new GivesThread(), "result of", "GivesThread");
  }

  @Test
  void shouldRefuseALambda() {
    assertRefused(context -> 1L, "lambda");
  }

  @Test
  void shouldRefuseNull() {
    assertThatThrownBy(() -> furrow.submit(null)).isInstanceOf(NullPointerException.class);
  }

  private static void assertRefused(Task<?> task, String... texts) {
    assertThatThrownBy(() -> furrow.submit(task))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll(texts);
  }
}
