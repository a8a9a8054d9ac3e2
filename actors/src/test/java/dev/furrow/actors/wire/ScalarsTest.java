package dev.furrow.actors.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.HexFormat;
import java.util.Random;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ScalarsTest {

  private static final ObjectMapper MAPPER = CborMapper.create(1 << 20);

  private static LongStream numbers() {
    Random random = new Random(7);
    LongStream edges =
        LongStream.range(0, 64)
            .flatMap(bit -> LongStream.rangeClosed(-2, 2).map(by -> (1L << bit) + by));
    LongStream any = LongStream.range(0, 1_000).map(n -> random.nextLong() >> random.nextInt(64));
    return LongStream.concat(edges, any).flatMap(n -> LongStream.of(n, -n, ~n));
  }

  private static Stream<String> texts() {
    return Stream.concat(
        Stream.of("", "pear", "zoë", "\u0000", "\u007f", "\u0080", "𝒳"),
        Stream.iterate(0, n -> n < 300, n -> n + 1).map("a"::repeat));
  }

  /** What is left to the mapper is written by it; what is not must be the same bytes. */
  private static void assertLikeTheMapper(Object value) throws IOException {
    byte[] expected = MAPPER.writerFor(value.getClass()).writeValueAsBytes(value);
    byte[] written = Scalars.write(value);
    if (written != null) {
      assertThat(written).as(String.valueOf(value)).isEqualTo(expected);
    }
    Object read = Scalars.read(value.getClass(), expected);
    if (read != null) {
      assertThat(read).isEqualTo(value);
    }
    assertThat(written == null).as("both or none: " + value).isEqualTo(read == null);
  }

  @Test
  void shouldWriteAndReadNumbersAsTheMapperDoes() throws IOException {
    for (long number : numbers().toArray()) {
      assertLikeTheMapper(number);
      assertLikeTheMapper((int) number);
      assertThat(Scalars.write(number)).isNotNull();
      assertThat(Scalars.write((int) number)).isNotNull();
    }
  }

  @Test
  void shouldWriteAndReadShortTextsAsTheMapperDoes() throws IOException {
    for (String text : texts().toList()) {
      assertLikeTheMapper(text);
    }
    assertThat(Scalars.write("pear")).isNotNull();
    assertThat(Scalars.write("a".repeat(255))).isNotNull();
    assertThat(Scalars.write("a".repeat(256))).isNull();
  }

  @Test
  void shouldReadNothingThatTheMapperReadsOtherwise() {
    Random random = new Random(11);
    for (int n = 0; n < 20_000; n++) {
      byte[] bytes = new byte[random.nextInt(6)];
      random.nextBytes(bytes);
      for (Class<?> type : new Class<?>[] {Long.class, Integer.class, String.class}) {
        Object read = Scalars.read(type, bytes);
        if (read != null) {
          assertThat(read).as(HexFormat.of().formatHex(bytes)).isEqualTo(byMapper(type, bytes));
        }
      }
    }
  }

  private static Object byMapper(Class<?> type, byte[] bytes) {
    try {
      return MAPPER.readerFor(type).readValue(bytes);
    } catch (IOException refused) {
      return refused;
    }
  }
}
