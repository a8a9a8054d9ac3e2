package dev.furrow.actors.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.dataformat.cbor.CBORFactory;
import com.fasterxml.jackson.dataformat.cbor.CBORGenerator;
import dev.furrow.Task;
import dev.furrow.TaskContext;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TypedArraysTest {

  private static final int MILLION = 1_000_000;

  private record Arrays(
      short[] shorts,
      char[] chars,
      int[] ints,
      long[] longs,
      float[] floats,
      double[] doubles,
      byte[] bytes,
      boolean[] booleans)
      implements Task<float[]> {
    @Override
    public float[] run(TaskContext context) {
      return floats;
    }
  }

  private static Arrays arrays(int length) {
    Random random = new Random(length);
    Arrays arrays =
        new Arrays(
            new short[length],
            new char[length],
            new int[length],
            new long[length],
            new float[length],
            new double[length],
            new byte[length],
            new boolean[length]);
    random.nextBytes(arrays.bytes());
    for (int i = 0; i < length; i++) {
      arrays.shorts()[i] = (short) random.nextInt();
      arrays.chars()[i] = (char) random.nextInt();
      arrays.ints()[i] = random.nextInt();
      arrays.longs()[i] = random.nextLong();
      arrays.floats()[i] = (float) random.nextGaussian();
      arrays.doubles()[i] = random.nextGaussian();
      arrays.booleans()[i] = random.nextBoolean();
    }
    return arrays;
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 7, 255, 256, 1_999, 2_000, 3_001, 4_096, 20_011})
  void shouldKeepEveryElement(int length) throws Exception {
    Arrays task = arrays(length);
    assertThat(Codecs.copy(task)).usingRecursiveComparison().isEqualTo(task);
  }

  @Test
  void shouldKeepOddNumbers() throws Exception {
    float[] odd = {Float.NaN, -0.0f, Float.NEGATIVE_INFINITY, Float.MIN_VALUE, Float.MAX_VALUE};
    float[] copy = (float[]) Codecs.copyResult(Arrays.class, odd);
    for (int i = 0; i < odd.length; i++) {
      assertThat(Float.floatToRawIntBits(copy[i])).isEqualTo(Float.floatToRawIntBits(odd[i]));
    }
  }

  @Test
  void shouldCostFourBytesAFloat() throws Exception {
    byte[] result = Codecs.open().encodeResult(Arrays.class, new float[MILLION]);
    assertThat(result.length).isLessThanOrEqualTo(4 * MILLION + 100);
  }

  @Test
  void shouldWriteTheTagsOfRfc8746() throws Exception {
    assertThat(hex(arrays(0).getClass(), new float[] {1f})).isEqualTo("d855" + "44" + "0000803f");
    record Doubles() implements Task<double[]> {
      @Override
      public double[] run(TaskContext context) {
        return new double[0];
      }
    }
    record Ints() implements Task<int[]> {
      @Override
      public int[] run(TaskContext context) {
        return new int[0];
      }
    }
    record Longs() implements Task<long[]> {
      @Override
      public long[] run(TaskContext context) {
        return new long[0];
      }
    }
    record Shorts() implements Task<short[]> {
      @Override
      public short[] run(TaskContext context) {
        return new short[0];
      }
    }
    assertThat(hex(Doubles.class, new double[] {1})).isEqualTo("d856" + "48" + "000000000000f03f");
    assertThat(hex(Ints.class, new int[] {1, -2})).isEqualTo("d84e" + "48" + "01000000feffffff");
    assertThat(hex(Longs.class, new long[] {-2})).isEqualTo("d84f" + "48" + "feffffffffffffff");
    assertThat(hex(Shorts.class, new short[] {258})).isEqualTo("d84d" + "42" + "0201");
  }

  private static String hex(Class<? extends Task<?>> type, Object result) throws Exception {
    return HexFormat.of().formatHex(Codecs.open().encodeResult(type, result));
  }

  private record Layer(float[] weights, double[][] grid) {}

  private record Model(
      List<Layer> layers,
      Map<String, long[]> offsets,
      Optional<int[]> shape,
      float[][][] cube,
      List<char[]> texts)
      implements Task<Map<Integer, Layer>> {
    @Override
    public Map<Integer, Layer> run(TaskContext context) {
      return Map.of();
    }
  }

  @Test
  void shouldTravelInComponentsAndAsValuesOfMaps() throws Exception {
    Model task =
        new Model(
            List.of(new Layer(new float[] {1, 2}, new double[][] {{1}, {}, {2, 3}})),
            Map.of("a", new long[] {1L << 50}, "b", new long[0]),
            Optional.of(new int[] {3, 4}),
            new float[][][] {{{1}}, {{2, 3}, {}}},
            List.of("xy".toCharArray()));
    assertThat(Codecs.copy(task)).usingRecursiveComparison().isEqualTo(task);
    Map<Integer, Layer> result = Map.of(1, task.layers().get(0));
    assertThat(Codecs.copyResult(Model.class, result)).usingRecursiveComparison().isEqualTo(result);
  }

  private interface Body {
    void write(CBORGenerator out) throws IOException;
  }

  private static byte[] cbor(Body body) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (CBORGenerator out = new CBORFactory().createGenerator(bytes)) {
      body.write(out);
    }
    return bytes.toByteArray();
  }

  private static void assertRefused(byte[] result, String message) {
    assertThatExceptionOfType(UnreadableException.class)
        .isThrownBy(() -> Codecs.open().decodeResult(Arrays.class, result))
        .withMessageContaining(message);
  }

  @Test
  void shouldRefuseArraysOfOtherElements() throws Exception {
    byte[] doubles =
        cbor(
            out -> {
              out.writeTag(86);
              out.writeBinary(new byte[8]);
            });
    assertRefused(doubles, "a typed array with tag 85 was expected (tag was 86)");
    assertRefused(cbor(out -> out.writeBinary(new byte[8])), "(tag was -1)");
    assertRefused(cbor(out -> out.writeString("AAAA")), "String");
  }

  @Test
  void shouldRefuseBrokenArrays() throws Exception {
    byte[] half =
        cbor(
            out -> {
              out.writeTag(85);
              out.writeBinary(new byte[6]);
            });
    assertRefused(half, "6 bytes are no whole number of elements of 4 bytes each");
    byte[] huge = HexFormat.of().parseHex("d8555a7ffffff000000000");
    assertRefused(huge, "expected 2147483632 bytes");
  }

  @Test
  void shouldReadArraysThatCameInChunks() throws Exception {
    byte[] chunked =
        HexFormat.of().parseHex("d8555f" + "420000" + "46803f00000040" + "440000c07f" + "ff");
    float[] read = (float[]) Codecs.open().decodeResult(Arrays.class, chunked);
    assertThat(read).containsExactly(1f, 2f, Float.NaN);
    byte[] whole = HexFormat.of().parseHex("d8555f" + "440000803f" + "4400000040" + "ff");
    assertThat((float[]) Codecs.open().decodeResult(Arrays.class, whole)).containsExactly(1f, 2f);
  }

  @Test
  void shouldGiveTheSameBytesHoweverTheyAreAskedFor() {
    long[] values = {0x0102030405060708L, -1, 42};
    byte[] expected =
        HexFormat.of().parseHex("0807060504030201" + "ff".repeat(8) + "2a" + "00".repeat(7));
    for (int room = 1; room < 24; room++) {
      ArraySource<long[]> source = new ArraySource<>(ArrayLayout.LONGS, values);
      byte[] bytes = new byte[24];
      int at = 0;
      while (at < 24) {
        at += source.read(bytes, at, Math.min(room, 24 - at));
      }
      assertThat(bytes).isEqualTo(expected);
      assertThat(source.read()).isEqualTo(-1);
    }
  }
}
