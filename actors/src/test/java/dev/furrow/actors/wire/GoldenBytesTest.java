package dev.furrow.actors.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.furrow.Task;
import dev.furrow.TaskContext;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Holds what is on the wire to the bytes of {@code src/test/resources/golden/v1}, one file a
 * record, in hexadecimal. A change of these bytes is a change of the protocol: raise {@link
 * WireMessage#VERSION}, or make the change one that the old bytes survive.
 *
 * <p>{@code mvn -pl actors test -Dtest=GoldenBytesTest -Dfurrow.golden.write=true} writes the files
 * anew, into the folder of the version; the next run compares with them.
 */
class GoldenBytesTest {

  private static final String FOLDER = "golden/v" + WireMessage.VERSION;
  private static final int LINE = 64;

  sealed interface Mark {
    record Dot(int x, int y) implements Mark {}

    record Line(Dot from, Dot to, float[] width) implements Mark {}
  }

  record Draw(
      String title,
      List<Mark> marks,
      Map<String, long[]> layers,
      Optional<BigDecimal> scale,
      Instant at,
      Duration budget)
      implements Task<Map<String, Mark>> {
    @Override
    public Map<String, Mark> run(TaskContext context) {
      return Map.of(title, marks.get(0));
    }
  }

  private static Draw draw() {
    return new Draw(
        "Straße",
        List.of(
            new Mark.Dot(1, -1),
            new Mark.Line(new Mark.Dot(0, 0), new Mark.Dot(9, 9), new float[] {0.5f, 2})),
        Map.of("base", new long[] {1, -1}),
        Optional.of(new BigDecimal("1.50")),
        Instant.ofEpochSecond(1_800_000_000, 5),
        Duration.ofMillis(1_500));
  }

  /** Bytes by the name of their file. */
  private static Map<String, byte[]> samples() throws ResultException {
    Map<String, byte[]> samples = new LinkedHashMap<>();
    for (WireMessage message : WireSamples.messages()) {
      samples.put(message.getClass().getSimpleName(), WireCodec.encode(message));
    }
    samples.put("NodeCard", WireCodec.encodeCard(WireSamples.card()));
    samples.put("PartitionChange", WireCodec.encodeChange(WireSamples.change()));
    samples.put("FailureRecord", WireCodec.encodeFailure(WireSamples.failure()));
    samples.put("task", Codecs.open().encode(draw()).payload());
    samples.put("result", Codecs.open().encodeResult(Draw.class, draw().run(null)));
    return samples;
  }

  static List<String> names() throws ResultException {
    return List.copyOf(samples().keySet());
  }

  @ParameterizedTest
  @MethodSource("names")
  void shouldWriteTheGoldenBytes(String name) throws Exception {
    byte[] bytes = samples().get(name);
    if (Boolean.getBoolean("furrow.golden.write")) {
      write(name, bytes);
      return;
    }
    assertThat(HexFormat.of().formatHex(bytes)).isEqualTo(HexFormat.of().formatHex(golden(name)));
  }

  @Test
  @DisabledIfSystemProperty(named = "furrow.golden.write", matches = "true")
  void shouldReadTheGoldenBytes() throws Exception {
    for (WireMessage message : WireSamples.messages()) {
      byte[] bytes = golden(message.getClass().getSimpleName());
      assertThat(WireCodec.decode(bytes, 0, bytes.length))
          .usingRecursiveComparison()
          .isEqualTo(message);
    }
    assertThat(WireCodec.decodeCard(golden("NodeCard"))).isEqualTo(WireSamples.card());
    assertThat(WireCodec.decodeChange(golden("PartitionChange")))
        .usingRecursiveComparison()
        .isEqualTo(WireSamples.change());
    assertThat(WireCodec.decodeFailure(golden("FailureRecord"))).isEqualTo(WireSamples.failure());
    assertThat(Codecs.open().decode(Draw.class.getName(), golden("task")))
        .usingRecursiveComparison()
        .isEqualTo(draw());
    assertThat(Codecs.open().decodeResult(Draw.class, golden("result")))
        .isEqualTo(draw().run(null));
  }

  private static byte[] golden(String name) throws IOException {
    String file = FOLDER + "/" + name + ".hex";
    try (InputStream in = GoldenBytesTest.class.getClassLoader().getResourceAsStream(file)) {
      assertThat(in).as(file + " is missing: see the comment of this class").isNotNull();
      String text = new String(in.readAllBytes(), StandardCharsets.US_ASCII);
      return HexFormat.of().parseHex(Pattern.compile("\\s").matcher(text).replaceAll(""));
    }
  }

  private static void write(String name, byte[] bytes) throws IOException {
    String lines = HexFormat.of().formatHex(bytes).replaceAll("(.{" + LINE + "})", "$1\n").strip();
    Path file = Path.of("src", "test", "resources").resolve(FOLDER).resolve(name + ".hex");
    Files.createDirectories(file.getParent());
    Files.writeString(file, lines + "\n", StandardCharsets.US_ASCII);
  }
}
