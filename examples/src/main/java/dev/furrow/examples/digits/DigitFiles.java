package dev.furrow.examples.digits;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/**
 * Reads the images that come with this example: two files in the IDX form of the MNIST database,
 * compressed with gzip. Their origin and form are in NOTICE beside them.
 */
public final class DigitFiles {

  private static final String IMAGES = "images.idx3.gz";
  private static final String LABELS = "labels.idx1.gz";
  private static final String IMAGES_SHA256 =
      "e4fe0d60f60f8f0df0398586d502bc3b12ed90a528a834cda9d327a4f0dd8adb";
  private static final String LABELS_SHA256 =
      "90a5104fcc3b28740476f5545ec6579a11daed8a4330dc2ede05ea153f69fb98";

  private static final int IMAGES_MAGIC = 0x0803;
  private static final int LABELS_MAGIC = 0x0801;
  private static final int SIDE = 28;
  private static final int MOST_IMAGES = 100_000;

  private static @Nullable DigitSet shared;

  private DigitFiles() {}

  /**
   * The images, read on the first call in this JVM and shared from then on.
   *
   * @throws IOException a file is missing or damaged; the message names it
   */
  public static synchronized DigitSet shared() throws IOException {
    DigitSet known = shared;
    if (known != null) {
      return known;
    }
    byte[] images = resource(IMAGES);
    byte[] labels = resource(LABELS);
    requireHash(IMAGES, images, IMAGES_SHA256);
    requireHash(LABELS, labels, LABELS_SHA256);
    DigitSet read = read(images, labels);
    shared = read;
    return read;
  }

  /**
   * Reads two compressed IDX files.
   *
   * @throws IOException a file is damaged, or the two do not belong together
   */
  static DigitSet read(byte[] images, byte[] labels) throws IOException {
    byte[] pixels = pixels(images);
    byte[] digits = digits(labels);
    int count = pixels.length / (SIDE * SIDE);
    if (count != digits.length) {
      throw new IOException(
          IMAGES
              + " has "
              + count
              + " images but "
              + LABELS
              + " has "
              + digits.length
              + " labels: they must come from one build");
    }
    return new DigitSet(SIDE * SIDE, pixels, digits);
  }

  /**
   * Checks that a file is the one that this program was written for.
   *
   * @param sha256 64 hexadecimal digits in lower case
   * @throws IOException it is not
   */
  static void requireHash(String name, byte[] content, String sha256) throws IOException {
    String actual = HexFormat.of().formatHex(newSha256().digest(content));
    if (!actual.equals(sha256)) {
      throw new IOException(
          name
              + " is damaged: its SHA-256 is "
              + actual
              + ", not "
              + sha256
              + "; build the examples again");
    }
  }

  private static byte[] pixels(byte[] compressed) throws IOException {
    try (DataInputStream in = open(compressed)) {
      requireMagic(IMAGES, in, IMAGES_MAGIC);
      int count = count(IMAGES, in);
      int rows = in.readInt();
      int columns = in.readInt();
      if (rows != SIDE || columns != SIDE) {
        throw new IOException(
            IMAGES + " must have images of 28 x 28 pixels (were " + rows + " x " + columns + ")");
      }
      return body(IMAGES, in, count * SIDE * SIDE);
    } catch (EOFException | ZipException e) {
      throw damaged(IMAGES, e);
    }
  }

  private static byte[] digits(byte[] compressed) throws IOException {
    try (DataInputStream in = open(compressed)) {
      requireMagic(LABELS, in, LABELS_MAGIC);
      byte[] digits = body(LABELS, in, count(LABELS, in));
      for (int i = 0; i < digits.length; i++) {
        if (digits[i] < 0 || digits[i] >= DigitSet.CLASSES) {
          throw new IOException(
              LABELS
                  + " must have labels from 0 to 9 (label "
                  + i
                  + " was "
                  + (digits[i] & 0xff)
                  + ")");
        }
      }
      return digits;
    } catch (EOFException | ZipException e) {
      throw damaged(LABELS, e);
    }
  }

  private static DataInputStream open(byte[] compressed) throws IOException {
    return new DataInputStream(new GZIPInputStream(new ByteArrayInputStream(compressed), 1 << 16));
  }

  private static void requireMagic(String name, DataInputStream in, int magic) throws IOException {
    int actual = in.readInt();
    if (actual != magic) {
      throw new IOException(
          String.format(
              Locale.ROOT, "%s must begin with 0x%08x (was 0x%08x)", name, magic, actual));
    }
  }

  private static int count(String name, DataInputStream in) throws IOException {
    int count = in.readInt();
    if (count < 1 || count > MOST_IMAGES) {
      throw new IOException(
          name + " must have from 1 to " + MOST_IMAGES + " entries (was " + count + ")");
    }
    return count;
  }

  private static byte[] body(String name, DataInputStream in, int size) throws IOException {
    byte[] body = in.readNBytes(size);
    if (body.length < size) {
      throw new IOException(
          name
              + " is cut short: "
              + size
              + " bytes should follow its head (were "
              + body.length
              + ")");
    }
    if (in.read() != -1) {
      throw new IOException(name + " has more than the " + size + " bytes that its head tells of");
    }
    return body;
  }

  private static IOException damaged(String name, IOException cause) {
    return new IOException(
        name + " is cut short or damaged: " + cause.getMessage() + "; build the examples again",
        cause);
  }

  private static byte[] resource(String name) throws IOException {
    try (InputStream in = DigitFiles.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IOException(
            name
                + " is not on the class path beside "
                + DigitFiles.class.getName()
                + "; build the examples again");
      }
      return in.readAllBytes();
    }
  }

  private static MessageDigest newSha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256, but this one says it has not", e);
    }
  }
}
