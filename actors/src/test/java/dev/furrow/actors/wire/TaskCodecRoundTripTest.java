package dev.furrow.actors.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.furrow.Task;
import dev.furrow.TaskContext;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.Month;
import java.time.MonthDay;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.Period;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Currency;
import java.util.Date;
import java.util.Deque;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TaskCodecRoundTripTest {

  enum Colour {
    RED,
    GREEN {
      @Override
      public String toString() {
        return "like grass";
      }
    }
  }

  private record Point(double x, double y) {}

  private record Pair<A, B>(A left, B right) {}

  private record Scalars(
      boolean flag,
      byte tiny,
      short small,
      char letter,
      int number,
      long big,
      float rough,
      double fine,
      Long boxed,
      @Nullable Integer absent,
      String text,
      BigInteger huge,
      BigDecimal exact,
      UUID id,
      URI uri,
      Path path,
      Locale locale,
      Currency currency,
      Date date)
      implements Task<Void> {
    @Override
    public @Nullable Void run(TaskContext context) {
      return null;
    }
  }

  private static Scalars scalars(BigInteger huge, BigDecimal exact) {
    return new Scalars(
        true,
        (byte) -1,
        (short) -300,
        'ß',
        Integer.MIN_VALUE,
        Long.MIN_VALUE,
        1.1f,
        Double.MIN_VALUE,
        7L,
        null,
        "smørrebrød 🥪",
        huge,
        exact,
        UUID.fromString("00000000-0000-0001-ffff-fffffffffffe"),
        URI.create("furrow://here?x=1"),
        Path.of("data/in.csv"),
        Locale.CANADA_FRENCH,
        Currency.getInstance("CHF"),
        Date.from(Instant.ofEpochMilli(1_234_567_890_123L)));
  }

  @Test
  void shouldKeepScalars() throws Exception {
    Scalars task = scalars(BigInteger.TEN, BigDecimal.ONE);
    assertThat(Codecs.copy(task)).isEqualTo(task);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0",
        "-1",
        "1.10",
        "1E+3",
        "-0.000000000000000000000000000000000001",
        "18446744073709551616",
        "-18446744073709551616.5",
        "-9223372036854775809",
        "1E-30000",
        "3E+2000000"
      })
  void shouldKeepBigDecimalsExactly(String text) throws Exception {
    BigDecimal exact = new BigDecimal(text);
    BigInteger huge = exact.unscaledValue().multiply(BigInteger.TEN.pow(40));
    Scalars task = scalars(huge, exact);
    assertThat(Codecs.copy(task)).isEqualTo(task);
  }

  @Test
  void shouldKeepNumbersOfManyDigits() throws Exception {
    BigInteger huge = BigInteger.ONE.shiftLeft(400_000).negate();
    Scalars task = scalars(huge, new BigDecimal(huge, 17));
    assertThat(Codecs.copy(task)).isEqualTo(task);
  }

  private record Times(
      Instant instant,
      Duration duration,
      Period period,
      LocalDate date,
      LocalTime time,
      LocalDateTime both,
      OffsetDateTime offset,
      OffsetTime offsetTime,
      ZonedDateTime zoned,
      Year year,
      YearMonth yearMonth,
      MonthDay monthDay,
      ZoneId zone,
      ZoneOffset zoneOffset,
      DayOfWeek day,
      Month month)
      implements Task<Instant> {
    @Override
    public Instant run(TaskContext context) {
      return instant;
    }
  }

  private static Times times(Instant instant, Duration duration, ZoneId zone) {
    LocalDateTime local = LocalDateTime.of(2026, 10, 25, 2, 30, 0, 123_456_789);
    return new Times(
        instant,
        duration,
        Period.of(1, -2, 3),
        LocalDate.MIN,
        LocalTime.MAX,
        local,
        OffsetDateTime.of(local, ZoneOffset.ofHoursMinutesSeconds(5, 30, 15)),
        OffsetTime.of(LocalTime.of(1, 2, 3, 4), ZoneOffset.ofHours(-7)),
        ZonedDateTime.ofLocal(local, zone, ZoneOffset.ofHours(1)),
        Year.of(-44),
        YearMonth.of(2026, 2),
        MonthDay.of(2, 29),
        ZoneId.of("Asia/Kathmandu"),
        ZoneOffset.ofTotalSeconds(-1),
        DayOfWeek.SUNDAY,
        Month.DECEMBER);
  }

  @Test
  void shouldKeepTimesToTheNanosecond() throws Exception {
    List<Instant> instants =
        List.of(
            Instant.MIN,
            Instant.MAX,
            Instant.EPOCH,
            Instant.ofEpochSecond(-1, 1),
            Instant.ofEpochSecond(1_800_000_000L, 999_999_999));
    List<Duration> durations =
        List.of(
            Duration.ZERO,
            Duration.ofNanos(-1),
            Duration.ofSeconds(Long.MAX_VALUE, 999_999_999),
            Duration.ofSeconds(Long.MIN_VALUE),
            Duration.ofMillis(1_500));
    List<String> zones = List.of("Europe/Zurich", "UTC", "Z", "+05:30", "America/Lima");
    for (int i = 0; i < instants.size(); i++) {
      Times task = times(instants.get(i), durations.get(i), ZoneId.of(zones.get(i)));
      assertThat(Codecs.copy(task)).isEqualTo(task);
    }
  }

  @Test
  void shouldWriteTimesCompactly() {
    record Stamp(Instant at) implements Task<Long> {
      @Override
      public Long run(TaskContext context) {
        return at.getEpochSecond();
      }
    }
    byte[] payload =
        Codecs.open().encode(new Stamp(Instant.ofEpochSecond(1_800_000_000, 1))).payload();
    assertThat(payload.length).isLessThanOrEqualTo(20);
  }

  private record Holders(
      Optional<String> some,
      Optional<Point> none,
      OptionalInt number,
      OptionalLong big,
      OptionalDouble nothing,
      List<Optional<Long>> many)
      implements Task<Optional<Long>> {
    @Override
    public Optional<Long> run(TaskContext context) {
      return Optional.empty();
    }
  }

  @Test
  void shouldKeepOptionals() throws Exception {
    Holders task =
        new Holders(
            Optional.of("x"),
            Optional.empty(),
            OptionalInt.of(-1),
            OptionalLong.of(1L << 40),
            OptionalDouble.empty(),
            List.of(Optional.of(5L), Optional.empty()));
    assertThat(Codecs.copy(task)).isEqualTo(task);
    assertThat(Codecs.copyResult(Holders.class, Optional.of(3L))).isEqualTo(Optional.of(3L));
    assertThat(Codecs.copyResult(Holders.class, Optional.empty())).isEqualTo(Optional.empty());
  }

  private record Collections(
      List<Long> list,
      Set<Colour> set,
      SortedSet<String> sorted,
      Collection<Point> collection,
      Iterable<Integer> iterable,
      EnumSet<Colour> enumSet,
      ArrayList<List<String>> nested,
      String[] array,
      Point[][] grid,
      List<? extends Point> wild)
      implements Task<Long> {
    @Override
    public Long run(TaskContext context) {
      return 0L;
    }
  }

  @Test
  void shouldKeepCollections() throws Exception {
    Collections task =
        new Collections(
            Arrays.asList(1L, null, 3L),
            Set.of(Colour.GREEN),
            new TreeSet<>(List.of("b", "a")),
            List.of(new Point(1, 2)),
            List.of(1, 2),
            EnumSet.of(Colour.RED, Colour.GREEN),
            new ArrayList<>(List.of(List.of("x"), List.of())),
            new String[] {"p", "q"},
            new Point[][] {{new Point(0, 0)}, {}},
            List.of(new Point(3, 4)));
    assertThat(Codecs.copy(task)).usingRecursiveComparison().isEqualTo(task);
    Collections copy = (Collections) Codecs.copy(task);
    assertThat(copy.list().get(0)).isExactlyInstanceOf(Long.class);
  }

  private record Queues(Queue<Long> queue, Deque<String> deque, ArrayDeque<Point> points)
      implements Task<Long> {
    @Override
    public Long run(TaskContext context) {
      return 0L;
    }
  }

  @Test
  void shouldKeepQueuesInOrder() throws Exception {
    Queues task =
        new Queues(
            new ArrayDeque<>(List.of(2L, 1L)),
            new ArrayDeque<>(List.of("b", "a")),
            new ArrayDeque<>(List.of(new Point(1, 1))));
    Queues copy = (Queues) Codecs.copy(task);
    assertThat(copy.queue()).containsExactly(2L, 1L);
    assertThat(copy.deque()).containsExactly("b", "a");
    assertThat(copy.points()).containsExactly(new Point(1, 1));
  }

  private record Maps(
      Map<String, Long> longs,
      Map<Long, List<Point>> byLong,
      SortedMap<Integer, String> sorted,
      NavigableMap<LocalDate, Duration> byDate,
      Map<Colour, Map<UUID, Colour>> nested,
      EnumMap<Colour, Double> enumMap,
      LinkedHashMap<Instant, String> byInstant,
      Map<BigInteger, BigDecimal> big,
      Map<ZonedDateTime, Boolean> byZoned,
      Map<Character, Short> byLetter,
      Map.Entry<String, Point> entry)
      implements Task<Map<String, Long>> {
    @Override
    public Map<String, Long> run(TaskContext context) {
      return longs;
    }
  }

  @Test
  void shouldKeepMaps() throws Exception {
    EnumMap<Colour, Double> enumMap = new EnumMap<>(Colour.class);
    enumMap.put(Colour.GREEN, 0.1);
    Map<String, Long> withNull = new HashMap<>(Map.of("", 1L, "ü", 2L));
    withNull.put("none", null);
    Maps task =
        new Maps(
            withNull,
            Map.of(1L << 60, List.of(new Point(1, 2)), -1L, List.of()),
            new TreeMap<>(Map.of(3, "c", -1, "a")),
            new TreeMap<>(Map.of(LocalDate.of(2026, 1, 2), Duration.ofNanos(3))),
            Map.of(Colour.GREEN, Map.of(new UUID(1, 2), Colour.RED)),
            enumMap,
            new LinkedHashMap<>(Map.of(Instant.ofEpochSecond(1, 1), "x")),
            Map.of(BigInteger.TEN.pow(30), new BigDecimal("1.50")),
            Map.of(ZonedDateTime.of(2026, 1, 1, 0, 0, 0, 1, ZoneId.of("Europe/Paris")), true),
            Map.of('x', (short) 1),
            Map.entry("k", new Point(5, 6)));
    assertThat(Codecs.copy(task)).isEqualTo(task);
  }

  @Test
  void shouldKeepLargeMapsWithLongKeys() throws Exception {
    Map<String, Long> large =
        IntStream.range(0, 200_000)
            .boxed()
            .collect(Collectors.toMap(i -> "key-" + i, i -> (long) i));
    large.put("k".repeat(1_000_000), 1L);
    assertThat(Codecs.copyResult(Maps.class, large)).isEqualTo(large);
  }

  @Test
  void shouldKeepLongsLongsInResults() throws Exception {
    Object result = Codecs.copyResult(Maps.class, Map.of("a", 1L));
    assertThat(((Map<?, ?>) result).get("a")).isExactlyInstanceOf(Long.class);
  }

  sealed interface Shape {
    double area();

    record Circle(double r) implements Shape {
      @Override
      public double area() {
        return Math.PI * r * r;
      }
    }

    sealed interface Polygon extends Shape {}

    record Square(double a) implements Polygon {
      @Override
      public double area() {
        return a * a;
      }
    }

    record Group(List<Shape> shapes, Map<String, Shape> named, Optional<Polygon> first)
        implements Polygon {
      @Override
      public double area() {
        return shapes.stream().mapToDouble(Shape::area).sum();
      }
    }

    enum Nothing implements Shape {
      POINT {
        @Override
        public double area() {
          return 0;
        }
      }
    }
  }

  static sealed class Crew {
    int people;
  }

  static final class NightCrew extends Crew {
    int lamps;
  }

  private record Shift(List<Crew> crews) implements Task<Crew> {
    @Override
    public Crew run(TaskContext context) {
      return crews.get(0);
    }
  }

  @Test
  void shouldKeepWhichClassOfASealedClassItWas() throws Exception {
    NightCrew night = new NightCrew();
    night.people = 3;
    night.lamps = 4;
    Shift copy = (Shift) Codecs.copy(new Shift(List.of(new Crew(), night)));
    assertThat(copy.crews().get(0)).isExactlyInstanceOf(Crew.class);
    assertThat(copy.crews().get(1)).usingRecursiveComparison().isEqualTo(night);
    assertThat(Codecs.copyResult(Shift.class, night)).isExactlyInstanceOf(NightCrew.class);
  }

  private record Area(Shape shape, Shape.Square plain, Shape[] all) implements Task<Shape> {
    @Override
    public Shape run(TaskContext context) {
      return shape;
    }
  }

  @Test
  void shouldWriteNestedSealedRecordsByName() throws Exception {
    Shape group =
        new Shape.Group(
            List.of(new Shape.Circle(1), Shape.Nothing.POINT, new Shape.Square(2)),
            Map.of("x", new Shape.Group(List.of(), Map.of(), Optional.empty())),
            Optional.of(new Shape.Square(3)));
    Area task = new Area(group, new Shape.Square(4), new Shape[] {group});
    assertThat(Codecs.copy(task)).usingRecursiveComparison().isEqualTo(task);
    assertThat(Codecs.copyResult(Area.class, group)).isEqualTo(group);
    assertThat(Codecs.copyResult(Area.class, Shape.Nothing.POINT)).isEqualTo(Shape.Nothing.POINT);
    String payload = text(Codecs.open().encode(task).payload());
    assertThat(payload).contains("Circle", "Group").doesNotContain("Shape", "furrow");
  }

  sealed interface Tree<T> {
    record Leaf<T>(T value) implements Tree<T> {}

    record Fork<T>(Tree<T> left, Tree<T> right) implements Tree<T> {}
  }

  private record Grow(Tree<Pair<Long, Instant>> tree, Pair<List<Long>, Map<String, Point>> pair)
      implements Task<Tree<Long>> {
    @Override
    public Tree<Long> run(TaskContext context) {
      return new Tree.Leaf<>(1L);
    }
  }

  @Test
  void shouldKeepGenericsWithTheirArguments() throws Exception {
    Grow task =
        new Grow(
            new Tree.Fork<>(
                new Tree.Leaf<>(new Pair<>(1L, Instant.EPOCH)),
                new Tree.Leaf<>(new Pair<>(2L, Instant.MAX))),
            new Pair<>(List.of(1L), Map.of("p", new Point(1, 1))));
    assertThat(Codecs.copy(task)).isEqualTo(task);
    Tree<Long> result = new Tree.Fork<>(new Tree.Leaf<>(5L), new Tree.Leaf<>(6L));
    assertThat(Codecs.copyResult(Grow.class, result)).isEqualTo(result);
  }

  interface Listing<T> extends Task<List<T>> {}

  abstract static class Base<K> implements Listing<Map<K, Point>> {
    private final K key;

    @JsonCreator
    Base(@JsonProperty("key") K key) {
      this.key = key;
    }

    K key() {
      return key;
    }
  }

  static final class Derived extends Base<Long> {
    private int count;
    private transient int notData = 5;

    @JsonCreator
    Derived(@JsonProperty("key") Long key) {
      super(key);
    }

    @Override
    public List<Map<Long, Point>> run(TaskContext context) {
      return List.of();
    }
  }

  @Test
  void shouldFindTheResultTypeThroughSupertypes() throws Exception {
    Object result = List.of(Map.of(5L, new Point(1, 2)));
    assertThat(Codecs.copyResult(Derived.class, result)).isEqualTo(result);
  }

  @Test
  void shouldKeepPlainClassesByTheirFields() throws Exception {
    Derived task = new Derived(3L);
    task.count = 4;
    task.notData = 9;
    Derived copy = (Derived) Codecs.copy(task);
    assertThat(copy.key()).isEqualTo(3L);
    assertThat(copy.count).isEqualTo(4);
    assertThat(copy.notData).isEqualTo(5);
  }

  private record Money(@JsonValue String text) {
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    Money {}
  }

  @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
  @JsonSubTypes({@JsonSubTypes.Type(value = Dog.class, name = "dog")})
  interface Animal {}

  record Dog(float[] barks, int legs) implements Animal {}

  private record Annotated(
      Money money,
      Map<Money, Integer> byMoney,
      Animal animal,
      @JsonProperty("n") int renamed,
      @JsonIgnore @Nullable Object scratch)
      implements Task<Animal> {
    @Override
    public Animal run(TaskContext context) {
      return animal;
    }
  }

  @Test
  void shouldHonourJacksonsAnnotations() throws Exception {
    Annotated task =
        new Annotated(
            new Money("5 CHF"),
            Map.of(new Money("k"), 1),
            new Dog(new float[] {1, 2}, 4),
            7,
            new Object());
    Annotated copy = (Annotated) Codecs.copy(task);
    assertThat(copy.money()).isEqualTo(task.money());
    assertThat(copy.byMoney()).isEqualTo(task.byMoney());
    assertThat(((Dog) copy.animal()).barks()).containsExactly(1, 2);
    assertThat(copy.renamed()).isEqualTo(7);
    assertThat(copy.scratch()).isNull();
    Dog result = (Dog) Codecs.copyResult(Annotated.class, new Dog(new float[] {3}, 3));
    assertThat(result.barks()).containsExactly(3);
  }

  interface Chatty {
    boolean isEmpty();

    String getName();
  }

  @Test
  void shouldKeepRecordsDeclaredInMethods() throws Exception {
    record Name(String value) {}
    record Hello(Name name, List<Name> others) implements Task<Name>, Chatty {
      @Override
      public Name run(TaskContext context) {
        return name;
      }

      @Override
      public boolean isEmpty() {
        throw new IllegalStateException("methods of a record are not data");
      }

      @Override
      public String getName() {
        throw new IllegalStateException("methods of a record are not data");
      }
    }
    Hello task = new Hello(new Name("n"), List.of(new Name("o")));
    assertThat(Codecs.copy(task)).isEqualTo(task);
  }

  @Test
  void shouldKeepTasksWithoutData() throws Exception {
    record Ping() implements Task<Void> {
      @Override
      public @Nullable Void run(TaskContext context) {
        return null;
      }
    }
    assertThat(Codecs.copy(new Ping())).isEqualTo(new Ping());
    assertThat(Codecs.copyResult(Ping.class, null)).isNull();
  }

  enum Chore implements Task<Integer> {
    SWEEP,
    WASH {
      @Override
      public Integer run(TaskContext context) {
        return 2;
      }
    };

    @Override
    public Integer run(TaskContext context) {
      return 1;
    }
  }

  @Test
  void shouldKeepEnumsThatAreTasks() throws Exception {
    assertThat(Codecs.copy(Chore.SWEEP)).isEqualTo(Chore.SWEEP);
    assertThat(Codecs.copy(Chore.WASH)).isEqualTo(Chore.WASH);
    TaskCodec codec = Codecs.open();
    Object constant = Chore.WASH;
    byte[] result = codec.encodeResult(constant.getClass(), 2);
    assertThat(codec.decodeResult(Chore.class, result)).isEqualTo(2);
    assertThat(codec.decodeResult(Chore.class.getName(), result)).isEqualTo(2);
  }

  @Test
  void shouldIgnoreFieldsThatThisVersionDoesNotKnow() throws Exception {
    record Wide(int a, Shape b, float[] c, int d) implements Task<Long> {
      @Override
      public Long run(TaskContext context) {
        return 0L;
      }
    }
    record Narrow(int d) implements Task<Long> {
      @Override
      public Long run(TaskContext context) {
        return 0L;
      }
    }
    TaskCodec codec = Codecs.open();
    byte[] payload =
        codec.encode(new Wide(1, new Shape.Circle(2), new float[100_000], 3)).payload();
    assertThat(codec.decode(Narrow.class.getName(), payload)).isEqualTo(new Narrow(3));
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }
}
