package dev.furrow.actors.wire;

import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Numbers and short texts in CBOR (RFC 8949), as the mapper writes them, byte for byte, and without
 * the parser or generator that it makes for each value. Whatever is not of the plainest form is
 * left to the mapper.
 */
final class Scalars {

  private static final Set<Class<?>> TYPES = Set.of(Long.class, Integer.class, String.class);

  /** Characters of a text, at most: all ASCII, so as many bytes, and one byte tells how many. */
  private static final int MOST_TEXT = 255;

  private static final int POSITIVE = 0;
  private static final int NEGATIVE = 1;
  private static final int TEXT = 3;

  /** In the first byte: the number itself if less than this, else in how many bytes it follows. */
  private static final int ONE_BYTE = 24;

  private Scalars() {}

  static boolean isOne(Class<?> type) {
    return TYPES.contains(type);
  }

  // ------------------------------------------------------------------ write

  /** Writes a value; null if it is to be left to the mapper. */
  static byte @Nullable [] write(Object value) {
    if (value instanceof Long number) {
      return integer(number);
    }
    if (value instanceof Integer number) {
      return integer(number);
    }
    return value instanceof String text ? text(text) : null;
  }

  private static byte[] integer(long value) {
    // What follows the first byte is never negative: −1 − n of a negative n.
    int major = value < 0 ? NEGATIVE : POSITIVE;
    long rest = value < 0 ? ~value : value;
    if (rest < ONE_BYTE) {
      return new byte[] {(byte) ((major << 5) | rest)};
    }
    int log = rest < 1L << 8 ? 0 : rest < 1L << 16 ? 1 : rest < 1L << 32 ? 2 : 3;
    int size = 1 << log;
    byte[] bytes = new byte[1 + size];
    bytes[0] = (byte) ((major << 5) | (ONE_BYTE + log));
    for (int i = size; i > 0; i--) {
      bytes[i] = (byte) rest;
      rest >>>= 8;
    }
    return bytes;
  }

  private static byte @Nullable [] text(String text) {
    int length = text.length();
    if (length > MOST_TEXT) {
      return null;
    }
    int begin = length < ONE_BYTE ? 1 : 2;
    byte[] bytes = new byte[begin + length];
    bytes[0] = (byte) ((TEXT << 5) | Math.min(length, ONE_BYTE));
    if (begin == 2) {
      bytes[1] = (byte) length;
    }
    for (int i = 0; i < length; i++) {
      char at = text.charAt(i);
      if (at > 0x7F) {
        return null;
      }
      bytes[begin + i] = (byte) at;
    }
    return bytes;
  }

  // ------------------------------------------------------------------- read

  /** Reads a value of a type; null if that is to be left to the mapper. */
  static @Nullable Object read(Class<?> type, byte[] bytes) {
    if (bytes.length == 0) {
      return null;
    }
    if (type == String.class) {
      return text(bytes);
    }
    int first = bytes[0] & 0xFF;
    int major = first >> 5;
    int info = first & 0x1F;
    int size = info < ONE_BYTE ? 0 : info < ONE_BYTE + 4 ? 1 << (info - ONE_BYTE) : -1;
    if (major > NEGATIVE || bytes.length != 1 + size) {
      return null;
    }
    long rest = size == 0 ? info : 0;
    for (int i = 1; i <= size; i++) {
      rest = (rest << 8) | (bytes[i] & 0xFF);
    }
    // Numbers beyond 63 bits, and for an int those beyond 31, are the mapper's to refuse.
    if (rest < 0 || (type == Integer.class && rest > Integer.MAX_VALUE)) {
      return null;
    }
    long value = major == NEGATIVE ? ~rest : rest;
    return type == Integer.class ? (Object) (int) value : (Object) value;
  }

  private static @Nullable String text(byte[] bytes) {
    int first = bytes[0] & 0xFF;
    int info = first & 0x1F;
    int begin = info < ONE_BYTE ? 1 : 2;
    boolean plain = first >> 5 == TEXT && info <= ONE_BYTE && bytes.length >= begin;
    if (!plain || bytes.length != begin + (begin == 1 ? info : bytes[1] & 0xFF)) {
      return null;
    }
    for (int i = begin; i < bytes.length; i++) {
      if (bytes[i] < 0) {
        return null;
      }
    }
    return new String(bytes, begin, bytes.length - begin, StandardCharsets.US_ASCII);
  }
}
