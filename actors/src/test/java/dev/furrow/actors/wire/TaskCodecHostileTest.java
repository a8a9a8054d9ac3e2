package dev.furrow.actors.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.furrow.Task;
import dev.furrow.TaskContext;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a stranger may name and send. */
class TaskCodecHostileTest {

  /** Counts what ran that nobody may run; not a part of the classes that are watched. */
  private static final AtomicInteger INITIALISED = new AtomicInteger();

  static final class Gadget {
    static {
      INITIALISED.incrementAndGet();
    }

    private Gadget() {}
  }

  record NeverAllowed(int n) implements Task<Integer> {
    static {
      INITIALISED.incrementAndGet();
    }

    @Override
    public Integer run(TaskContext context) {
      return n;
    }
  }

  sealed interface Step {}

  record Move(int dx, List<Step> then) implements Step {}

  record Walk(Step first, Map<String, List<Integer>> marks, float[] data, @Nullable String name)
      implements Task<Step> {
    Walk {
      if ("boom".equals(name)) {
        throw new IllegalStateException("the constructor said no");
      }
    }

    @Override
    public Step run(TaskContext context) {
      return first;
    }
  }

  /** Loads as its parent does, and remembers what it was asked for. */
  private static final class Recording extends ClassLoader {
    private final List<String> asked = new ArrayList<>();

    Recording() {
      super(TaskCodecHostileTest.class.getClassLoader());
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      asked.add(name);
      return super.loadClass(name, resolve);
    }
  }

  private static final byte[] EMPTY = {(byte) 0xa0};

  private static UnreadableException refusal(TaskCodec codec, String type, byte[] payload) {
    try {
      Task<?> task = codec.decode(type, payload);
      throw new AssertionError("was read: " + task);
    } catch (UnreadableException refused) {
      return refused;
    }
  }

  @Test
  void shouldNotInitialiseAClassThatIsNoTask() {
    UnreadableException refused =
        refusal(Codecs.open(), TaskCodecHostileTest.class.getName() + "$Gadget", EMPTY);
    assertThat(refused).hasMessageContaining("is no dev.furrow.Task on this node");
    assertThat(INITIALISED).hasValue(0);
  }

  @Test
  void shouldNotLoadAClassThatIsNotAllowed() throws Exception {
    Recording loader = new Recording();
    List<String> allow = List.of("com.acme.*", Walk.class.getName());
    TaskCodec codec = new TaskCodec(allow, Codecs.MAX, Codecs.MAX, loader);
    String forbidden = TaskCodecHostileTest.class.getName() + "$NeverAllowed";
    assertThat(refusal(codec, forbidden, EMPTY))
        .hasMessageContaining(forbidden + " is not allowed on this node")
        .hasMessageContaining("furrow.tasks.allow");
    assertThatExceptionOfType(UnreadableException.class)
        .isThrownBy(() -> codec.decodeResult(forbidden, EMPTY))
        .withMessageContaining("is not allowed");
    assertThat(loader.asked).isEmpty();
    assertThat(INITIALISED).hasValue(0);
    Walk walk = walk(null);
    assertThat(codec.decode(Walk.class.getName(), codec.encode(walk).payload()))
        .usingRecursiveComparison()
        .isEqualTo(walk);
    assertThat(loader.asked).containsOnly(Walk.class.getName());
  }

  @Test
  void shouldSayThatAClassIsMissing() {
    assertThat(refusal(Codecs.open(), "com.acme.Nowhere", EMPTY))
        .hasMessage(
            "class com.acme.Nowhere is not on this node's class path: put the same jar on every"
                + " node");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "int",
        "[I",
        "[Ljava.lang.String;",
        "java/lang/String",
        "java.lang.Runtime",
        "dev.furrow.Task",
        "\u0000",
        "a..b",
        "com.acme.Ünknown"
      })
  void shouldRefuseOddNames(String type) {
    assertThat(refusal(Codecs.open(), type, EMPTY).getMessage()).contains("this node");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "com.*.Render", "com.acme*", "**"})
  void shouldRefuseMalformedAllowLists(String entry) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new TaskCodec(List.of(entry), 1, 1, getClass().getClassLoader()))
        .withMessageContaining("furrow.tasks.allow")
        .withMessageContaining("'" + entry + "'");
  }

  @Test
  void shouldAllowByClassAndByPackage() {
    AllowList allow = new AllowList(List.of("com.acme.*", "org.one.Render", "org.two.Outer.Inner"));
    assertThat(allow.allows("com.acme.Render")).isTrue();
    assertThat(allow.allows("com.acme.deep.Render$Frame")).isTrue();
    assertThat(allow.allows("org.one.Render")).isTrue();
    assertThat(allow.allows("org.two.Outer$Inner")).isTrue();
    assertThat(allow.allows("com.acmeevil.Render")).isFalse();
    assertThat(allow.allows("org.one.Render$Frame")).isFalse();
    assertThat(allow.allows("org.one.Renderer")).isFalse();
    assertThat(new AllowList(List.of()).allows("x.Y")).isTrue();
    assertThat(new AllowList(List.of("*")).allows("x.Y")).isTrue();
  }

  private static Walk walk(@Nullable String name) {
    return new Walk(
        new Move(1, List.of(new Move(2, List.of()))),
        Map.of("k", List.of(1, 2)),
        new float[] {1, 2, 3},
        name);
  }

  @Test
  void shouldSayWhatAConstructorThrew() {
    byte[] payload = Codecs.open().encode(walk("boon")).payload();
    for (int at = 0; at < payload.length - 3; at++) {
      if (payload[at] == 'b' && payload[at + 3] == 'n') {
        payload[at + 3] = 'm';
      }
    }
    UnreadableException refused = refusal(Codecs.open(), Walk.class.getName(), payload);
    assertThat(refused)
        .hasMessageContaining("IllegalStateException: the constructor said no")
        .hasCauseInstanceOf(IllegalStateException.class);
  }

  record Unborn(int n) implements Task<Integer> {
    private static final int LUCK = Integer.parseInt("none");

    @Override
    public Integer run(TaskContext context) {
      return LUCK;
    }
  }

  record Endless(int n) implements Task<Integer> {
    Endless {
      n = again(n);
    }

    private static int again(int n) {
      return n < 0 ? n : again(n / 2) + 1;
    }

    @Override
    public Integer run(TaskContext context) {
      return n;
    }
  }

  @Test
  void shouldSurviveErrorsOfUserCode() {
    for (Class<?> type : List.of(Unborn.class, Endless.class)) {
      assertThat(refusal(Codecs.open(), type.getName(), EMPTY))
          .hasMessageContaining("task " + type.getName() + " cannot be read");
    }
  }

  @Test
  void shouldRefuseUnknownNamesOfSealedTypes() {
    byte[] payload = Codecs.open().encode(walk(null)).payload();
    for (int at = 0; at < payload.length - 3; at++) {
      if (payload[at] == 'M' && payload[at + 3] == 'e') {
        payload[at] = 'L';
      }
    }
    assertThat(refusal(Codecs.open(), Walk.class.getName(), payload))
        .hasMessageContaining("Walk.first")
        .hasMessageContaining("'Love'");
  }

  @Test
  void shouldSurviveBrokenTasks() {
    Random random = new Random(815);
    TaskCodec codec = Codecs.open();
    byte[] good = codec.encode(walk("x")).payload();
    int read = 0;
    for (int round = 0; round < 20_000; round++) {
      byte[] bytes =
          Arrays.copyOf(good, round % 3 == 0 ? random.nextInt(good.length) : good.length);
      for (int change = random.nextInt(3); change >= 0 && bytes.length > 0; change--) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
      }
      try {
        assertThat(codec.decode(Walk.class.getName(), bytes)).isInstanceOf(Walk.class);
        read++;
      } catch (UnreadableException refused) {
        assertThat(refused.getMessage()).contains("cannot be read");
      }
    }
    assertThat(read).isBetween(1, 19_999);
  }

  @Test
  void shouldRefuseNothingNullAndTrailingBytes() {
    TaskCodec codec = Codecs.open();
    String type = Walk.class.getName();
    byte[] good = codec.encode(walk("x")).payload();
    assertThat(refusal(codec, type, new byte[0])).hasMessageContaining("cannot be read");
    assertThat(refusal(codec, type, new byte[] {(byte) 0xf6})).hasMessageContaining("hold no task");
    byte[] longer = Arrays.copyOf(good, good.length + 1);
    assertThat(refusal(codec, type, longer)).hasMessageContaining("railing");
  }

  @Test
  void shouldRefuseDeepNesting() {
    for (int filler : new int[] {0x81, 0xa1, 0x9f, 0xbf, 0xc1}) {
      byte[] deep = new byte[1 << 20];
      Arrays.fill(deep, (byte) filler);
      assertThat(refusal(Codecs.open(), Walk.class.getName(), deep)).hasMessageContaining("Walk");
    }
    byte[] ignored = new byte[1 << 20];
    Arrays.fill(ignored, (byte) 0x81);
    ignored[0] = (byte) 0xa1;
    ignored[1] = 0x61;
    ignored[2] = 'z';
    assertThat(refusal(Codecs.open(), Walk.class.getName(), ignored)).hasMessageContaining("200");
  }

  @Test
  void shouldWriteNothingThatIsTooDeepToBeRead() throws Exception {
    Step deep = new Move(0, List.of());
    for (int i = 0; i < 40; i++) {
      deep = new Move(i, List.of(deep));
    }
    assertThat(Codecs.copyResult(Walk.class, deep)).isEqualTo(deep);
    for (int i = 0; i < 10_000; i++) {
      deep = new Move(i, List.of(deep));
    }
    Step deeper = deep;
    assertThatExceptionOfType(ResultException.class)
        .isThrownBy(() -> Codecs.open().encodeResult(Walk.class, deeper))
        .withMessageContaining("200");
  }
}
