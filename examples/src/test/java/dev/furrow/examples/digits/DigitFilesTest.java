package dev.furrow.examples.digits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

class DigitFilesTest {

  private static final int SIZE = 28 * 28;

  private static byte[] file(byte[] body, int... head) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(new GZIPOutputStream(bytes))) {
      for (int number : head) {
        out.writeInt(number);
      }
      out.write(body);
    }
    return bytes.toByteArray();
  }

  private static byte[] twoImages() throws IOException {
    byte[] pixels = new byte[2 * SIZE];
    pixels[0] = (byte) 255;
    pixels[SIZE + 1] = 51;
    return file(pixels, 0x803, 2, 28, 28);
  }

  private static byte[] twoLabels() throws IOException {
    return file(new byte[] {3, 9}, 0x801, 2);
  }

  private static void refused(byte[] images, byte[] labels, String... parts) {
    assertThatThrownBy(() -> DigitFiles.read(images, labels))
        .isInstanceOf(IOException.class)
        .hasMessageContainingAll(parts);
  }

  @Test
  void shouldReadTheImagesThatComeWithTheExample() throws IOException {
    DigitSet digits = DigitFiles.shared();
    int[] counts = new int[DigitSet.CLASSES];
    IntStream.range(0, digits.size()).forEach(image -> counts[digits.label(image)]++);
    assertThat(digits.pixelsPerImage()).isEqualTo(SIZE);
    assertThat(counts).containsExactly(1001, 1127, 991, 1032, 980, 863, 1014, 1070, 944, 978);
    assertThat(DigitFiles.shared()).isSameAs(digits);
  }

  @Test
  void shouldReadPixelsAndLabels() throws IOException {
    DigitSet digits = DigitFiles.read(twoImages(), twoLabels());
    float[] rows = new float[2 * SIZE];
    digits.copyTo(rows, 0, 1);
    digits.copyTo(rows, SIZE, 0);
    assertThat(digits.size()).isEqualTo(2);
    assertThat(digits.label(0)).isEqualTo(3);
    assertThat(digits.label(1)).isEqualTo(9);
    assertThat(rows[1]).isEqualTo(0.2f);
    assertThat(rows[SIZE]).isEqualTo(1f);
  }

  @Test
  void shouldRefuseFileWithOtherHash() {
    byte[] content = "abc".getBytes(StandardCharsets.UTF_8);
    // The first example of FIPS 180-2.
    String hash = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
    assertThatThrownBy(() -> DigitFiles.requireHash("a.gz", new byte[] {'a', 'b', 'd'}, hash))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith("a.gz is damaged: its SHA-256 is ")
        .hasMessageContaining(hash);
    assertThatCode(() -> DigitFiles.requireHash("a.gz", content, hash)).doesNotThrowAnyException();
  }

  @Test
  void shouldRefuseFileCutShort() throws IOException {
    byte[] images = twoImages();
    refused(Arrays.copyOf(images, images.length / 2), twoLabels(), "images.idx3.gz is cut short");
    refused(new byte[0], twoLabels(), "images.idx3.gz is cut short");
  }

  @Test
  void shouldRefuseFileThatIsNotCompressed() throws IOException {
    refused(twoImages(), new byte[64], "labels.idx1.gz is cut short or damaged");
  }

  @Test
  void shouldRefuseBodyShorterThanHeadSays() throws IOException {
    byte[] images = file(new byte[2 * SIZE - 1], 0x803, 2, 28, 28);
    refused(images, twoLabels(), "images.idx3.gz is cut short", "1568", "1567");
  }

  @Test
  void shouldRefuseBodyLongerThanHeadSays() throws IOException {
    refused(twoImages(), file(new byte[3], 0x801, 2), "labels.idx1.gz has more than the 2 bytes");
  }

  @Test
  void shouldRefuseOtherKindOfFile() throws IOException {
    refused(twoLabels(), twoLabels(), "images.idx3.gz", "0x00000803", "0x00000801");
  }

  @Test
  void shouldRefuseCountOutOfRange() throws IOException {
    refused(file(new byte[0], 0x803, -1, 28, 28), twoLabels(), "1 to 100000", "-1");
    refused(file(new byte[0], 0x803, 1 << 30, 28, 28), twoLabels(), "1 to 100000", "1073741824");
  }

  @Test
  void shouldRefuseImagesOfOtherSize() throws IOException {
    refused(file(new byte[64], 0x803, 1, 8, 8), twoLabels(), "28 x 28", "8 x 8");
  }

  @Test
  void shouldRefuseLabelOutOfRange() throws IOException {
    refused(twoImages(), file(new byte[] {3, 10}, 0x801, 2), "label 1 was 10");
    refused(twoImages(), file(new byte[] {(byte) 200, 1}, 0x801, 2), "label 0 was 200");
  }

  @Test
  void shouldRefuseFilesThatDoNotBelongTogether() throws IOException {
    refused(twoImages(), file(new byte[] {1}, 0x801, 1), "2 images", "1 labels");
  }
}
