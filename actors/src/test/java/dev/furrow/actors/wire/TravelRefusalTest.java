package dev.furrow.actors.wire;

import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonTypeName;
import dev.furrow.Ref;
import dev.furrow.Task;
import dev.furrow.TaskContext;
import java.io.Serializable;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class TravelRefusalTest {

  /** A task that returns a number, so that records below only name their components. */
  interface Counting extends Task<Long> {
    @Override
    default Long run(TaskContext context) {
      return 0L;
    }
  }

  interface Open {}

  record Light(Open source) {}

  record Scene(Light[] lights, Map<String, List<Light>> named) {}

  record Render(Scene scene) implements Counting {}

  record Anything(List<Object> things) implements Counting {}

  record Unknown(List<?> things) implements Counting {}

  record Super(List<? super Long> things) implements Counting {}

  @SuppressWarnings("rawtypes")
  record Raw(List things) implements Counting {}

  record Box<T>(T value) implements Counting {}

  record Returns<R>(long n) implements Task<R> {
    @Override
    public R run(TaskContext context) {
      throw new IllegalStateException();
    }
  }

  record ReturnsObject(long n) implements Task<List<Object>> {
    @Override
    public List<Object> run(TaskContext context) {
      return List.of();
    }
  }

  @SuppressWarnings("rawtypes")
  record ReturnsRaw(long n) implements Task {
    @Override
    public Object run(TaskContext context) {
      return 1;
    }
  }

  abstract static class Abstract implements Counting {}

  record HasAbstract(Optional<Abstract> it) implements Counting {}

  record HasNumber(Number number) implements Counting {}

  record HasSerializable(Serializable[] any) implements Counting {}

  record HasClass(Class<?> type) implements Counting {}

  record HasRandom(Random random) implements Counting {}

  record HasThrowable(Exception thrown) implements Counting {}

  record HasRef(List<Ref<Long>> parts) implements Counting {}

  record HasKey(Map<Light, Long> byLight) implements Counting {}

  record HasPathKey(Map<Path, Long> byPath) implements Counting {}

  static final class NoReader implements Counting {
    private final int n;

    NoReader(int n) {
      this.n = n;
    }

    int n() {
      return n;
    }
  }

  record HasNoReader(NoReader inner) implements Counting {}

  static final class NoSuchList extends ArrayList<String> {
    private static final long serialVersionUID = 1L;

    NoSuchList(int size) {
      super(size);
    }
  }

  record HasList(NoSuchList names) implements Counting {}

  class Inner implements Counting {
    Object outer() {
      return TravelRefusalTest.this;
    }
  }

  record HasInner(Inner inner) implements Counting {}

  sealed interface Loose {}

  static non-sealed class Base implements Loose {
    int n;
  }

  record HasLoose(Loose loose) implements Counting {}

  sealed interface Doubled {}

  record One(int n) implements Doubled {}

  @JsonTypeName("One")
  record Other(int n) implements Doubled {}

  record HasDoubled(Doubled it) implements Counting {}

  @JsonTypeInfo(use = JsonTypeInfo.Id.CLASS)
  record Named(int n) {}

  record HasNamed(Named named) implements Counting {}

  record HasNamedComponent(
      @JsonTypeInfo(use = JsonTypeInfo.Id.MINIMAL_CLASS, property = "c") Light light)
      implements Counting {}

  record Endless<T>(Endless<List<T>> next) {}

  record HasEndless(Endless<Long> first) implements Counting {}

  static List<Arguments> refused() {
    return List.of(
        Arguments.of(
            new Render(new Scene(new Light[0], Map.of())),
            "Render.scene.lights[].source cannot travel: the interface "
                + Open.class.getName()
                + " is open"),
        Arguments.of(new Anything(List.of()), "Anything.things[] cannot travel: Object"),
        Arguments.of(new Unknown(List.of()), "Unknown.things[] cannot travel: Object"),
        Arguments.of(new Super(List.of()), "Super.things[] cannot travel: Object"),
        Arguments.of(new Raw(List.of()), "Raw.things[] cannot travel: the type variable"),
        Arguments.of(new Box<>(1), "Box.value cannot travel: the type variable T"),
        Arguments.of(
            new Returns<String>(1), "result of Returns cannot travel: the type variable R"),
        Arguments.of(new ReturnsObject(1), "result of ReturnsObject[] cannot travel: Object"),
        Arguments.of(new ReturnsRaw(1), "result of ReturnsRaw cannot travel: the type variable R"),
        Arguments.of(
            new HasAbstract(Optional.empty()), "HasAbstract.it cannot travel: the abstract class"),
        Arguments.of(new HasNumber(1), "HasNumber.number cannot travel: the abstract class"),
        Arguments.of(
            new HasSerializable(new Serializable[0]),
            "HasSerializable.any[] cannot travel: the interface java.io.Serializable"),
        Arguments.of(new HasClass(Long.class), "HasClass.type cannot travel: java.lang.Class"),
        Arguments.of(
            new HasRandom(new Random()), "HasRandom.random cannot travel: java.util.Random"),
        Arguments.of(
            new HasThrowable(new Exception()), "HasThrowable.thrown cannot travel: java.lang.Exc"),
        Arguments.of(new HasRef(List.of()), "HasRef.parts[] cannot travel: a Ref"),
        Arguments.of(
            new HasKey(Map.of()), "HasKey.byLight cannot travel: " + Light.class.getName()),
        Arguments.of(
            new HasPathKey(Map.of()), "HasPathKey.byPath cannot travel: java.nio.file.Path cannot"),
        Arguments.of(
            new NoReader(1),
            "NoReader cannot travel: " + NoReader.class.getName() + " has no constructor that"),
        Arguments.of(new HasNoReader(new NoReader(1)), "HasNoReader.inner cannot travel: "),
        Arguments.of(new HasList(new NoSuchList(1)), "HasList.names cannot travel: "),
        Arguments.of(
            new HasInner(new TravelRefusalTest().new Inner()), "HasInner.inner cannot travel: "),
        Arguments.of(new TravelRefusalTest().new Inner(), "is an inner class and holds on to"),
        Arguments.of(
            new HasLoose(new Base()), "HasLoose.loose cannot travel: " + Base.class.getName()),
        Arguments.of(new HasDoubled(new One(1)), "permits both"),
        Arguments.of(new HasNamed(new Named(1)), "writes names of classes"),
        Arguments.of(new HasNamedComponent(new Light(null)), "cannot travel"),
        Arguments.of(
            new HasEndless(null), "HasEndless cannot travel: its types are nested without end"));
  }

  @ParameterizedTest
  @MethodSource("refused")
  void shouldRefuseNamingTheComponentAtFault(Task<?> task, String message) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Codecs.open().encode(task))
        .withMessageContaining(message);
  }

  @Test
  void shouldRefuseLambdas() {
    long n = System.nanoTime();
    Task<Long> capturing = context -> n;
    Task<String> bare = context -> "x";
    for (Task<?> lambda : List.of(capturing, bare)) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> Codecs.open().encode(lambda))
          .withMessageContaining("a lambda")
          .withMessageContaining("write it as a record");
    }
  }

  @Test
  void shouldRefuseAnonymousClasses() {
    Task<Long> anonymous =
        new Counting() {
          @Override
          public String toString() {
            return "anonymous";
          }
        };
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Codecs.open().encode(anonymous))
        .withMessageContaining("an anonymous class")
        .withMessageContaining("write it as a record");
  }

  @Test
  void shouldRefuseLocalClasses() {
    long n = System.nanoTime();
    class Local implements Counting {
      @Override
      public Long run(TaskContext context) {
        return n;
      }
    }
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Codecs.open().encode(new Local()))
        .withMessageContaining("Local")
        .withMessageContaining("write it as a record");
  }

  @Test
  void shouldRefuseNull() {
    assertThatNullPointerException()
        .isThrownBy(() -> Codecs.open().encode(null))
        .withMessage("task must not be null");
  }

  record Blob(byte[] bytes) implements Counting {}

  @Test
  void shouldRefuseTasksThatAreTooLarge() {
    TaskCodec small = new TaskCodec(List.of(), 1024, 1024, getClass().getClassLoader());
    assertThatIllegalArgumentException()
        .isThrownBy(() -> small.encode(new Blob(new byte[50_000])))
        .withMessageContaining("is too large: 50011 bytes")
        .withMessageContaining("furrow.tasks.max-bytes is 1024");
  }

  record Cycle(String name, List<Cycle> next) implements Counting {}

  @Test
  void shouldRefuseValuesThatContainThemselves() {
    List<Cycle> next = new ArrayList<>();
    Cycle cycle = new Cycle("c", next);
    next.add(cycle);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Codecs.open().encode(cycle))
        .withMessageContaining("Cycle.next[0]");
  }

  record Picky(List<String> texts, Map<String, Integer> counts) implements Counting {
    @Override
    public List<String> texts() {
      if (texts.contains("bad")) {
        throw new IllegalStateException("no such text");
      }
      return texts;
    }
  }

  @Test
  void shouldNameTheComponentWhoseAccessorThrows() {
    Picky task = new Picky(List.of("bad"), Map.of());
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Codecs.open().encode(task))
        .withMessageContaining("Picky.texts: java.lang.IllegalStateException: no such text")
        .withCauseInstanceOf(IllegalStateException.class);
  }

  record Bottomless(int depth) implements Counting {
    @Override
    public int depth() {
      return depth < 0 ? depth : depth() + depth;
    }
  }

  @Test
  void shouldRefuseAnAccessorThatCallsItself() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Codecs.open().encode(new Bottomless(1)))
        .withMessageContaining("Bottomless");
  }

  @Test
  void shouldRefuseNullAsAKey() {
    Picky task = new Picky(List.of(), Collections.singletonMap(null, 1));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Codecs.open().encode(task))
        .withMessageContaining("Picky.counts");
  }

  @Test
  void shouldRefuseTextThatIsNotUnicode() {
    Picky task = new Picky(List.of("\ud800x"), Map.of());
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Codecs.open().encode(task))
        .withMessageContaining("Picky.texts[0]");
  }
}
