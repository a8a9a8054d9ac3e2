package dev.furrow.actors.wire;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Reads what {@link CborWriter} writes, from bytes that a stranger may have written: every length
 * is compared with the bytes that are left before anything is allocated. Written by hand for that
 * reason. For one thread.
 */
final class CborReader {

  /** Arrays, maps and tags within one another, at most. */
  static final int DEPTH = 64;

  private static final byte[] NO_BYTES = {};

  private final byte[] bytes;
  private final int end;
  private int at;

  CborReader(byte[] bytes, int offset, int length) {
    this.bytes = bytes;
    this.at = offset;
    this.end = offset + length;
  }

  int position() {
    return at;
  }

  /** Goes to a place that {@link #position} gave. */
  void position(int place) {
    at = place;
  }

  int left() {
    return end - at;
  }

  /** Begins a map and gives the number of its entries. */
  int map() throws WireException {
    return count(Cbor.MAP, "a map", 2);
  }

  /** Begins an array and gives the number of its items. */
  int array() throws WireException {
    return count(Cbor.ARRAY, "an array", 1);
  }

  long integer() throws WireException {
    int initial = initial("an integer");
    int major = initial >>> 5;
    if (major != Cbor.UNSIGNED && major != Cbor.NEGATIVE) {
      throw unexpected("an integer", initial);
    }
    long argument = argument(initial);
    if (argument < 0) {
      throw new WireException("an integer is beyond 64 bits at byte " + at);
    }
    return major == Cbor.UNSIGNED ? argument : -1 - argument;
  }

  boolean bool() throws WireException {
    int initial = initial("a boolean");
    if (initial != Cbor.TRUE && initial != Cbor.FALSE) {
      throw unexpected("a boolean", initial);
    }
    return initial == Cbor.TRUE;
  }

  /** Steps over a null, if there is one. */
  boolean nothing() {
    if (at < end && (bytes[at] & 0xff) == Cbor.NULL) {
      at++;
      return true;
    }
    return false;
  }

  String text() throws WireException {
    int length = count(Cbor.TEXT, "text", 1);
    String text = new String(bytes, at, length, StandardCharsets.UTF_8);
    at += length;
    return text;
  }

  byte[] bytes() throws WireException {
    int length = count(Cbor.BYTES, "a byte string", 1);
    if (length == 0) {
      return NO_BYTES;
    }
    at += length;
    return Arrays.copyOfRange(bytes, at - length, at);
  }

  long[] longs() throws WireException {
    ByteBuffer values = typedArray(Cbor.INT64_LE, Long.BYTES);
    long[] longs = new long[values.remaining() / Long.BYTES];
    values.asLongBuffer().get(longs);
    return longs;
  }

  int[] ints() throws WireException {
    ByteBuffer values = typedArray(Cbor.INT32_LE, Integer.BYTES);
    int[] ints = new int[values.remaining() / Integer.BYTES];
    values.asIntBuffer().get(ints);
    return ints;
  }

  /** Steps over one value of any kind that has a definite length. */
  void skip() throws WireException {
    skip(DEPTH);
  }

  private void skip(int depth) throws WireException {
    if (depth == 0) {
      throw new WireException("values are nested deeper than " + DEPTH + " at byte " + at);
    }
    int initial = initial("a value");
    switch (initial >>> 5) {
      case Cbor.BYTES, Cbor.TEXT -> {
        int length = within(argument(initial), 1);
        at += length;
      }
      case Cbor.ARRAY -> skip(within(argument(initial), 1), depth - 1);
      case Cbor.MAP -> skip(2L * within(argument(initial), 2), depth - 1);
      case Cbor.TAG -> {
        argument(initial);
        skip(depth - 1);
      }
      default -> argument(initial);
    }
  }

  private void skip(long values, int depth) throws WireException {
    for (long i = 0; i < values; i++) {
      skip(depth);
    }
  }

  private ByteBuffer typedArray(int tag, int width) throws WireException {
    int initial = initial("a typed array");
    if (initial >>> 5 != Cbor.TAG || argument(initial) != tag) {
      throw unexpected("a typed array with tag " + tag, initial);
    }
    int length = count(Cbor.BYTES, "a typed array's bytes", 1);
    if (length % width != 0) {
      throw new WireException(
          "a typed array has " + length + " bytes, not a multiple of " + width + ", at byte " + at);
    }
    ByteBuffer values = ByteBuffer.wrap(bytes, at, length).order(ByteOrder.LITTLE_ENDIAN);
    at += length;
    return values;
  }

  private int count(int major, String what, int least) throws WireException {
    int initial = initial(what);
    if (initial >>> 5 != major) {
      throw unexpected(what, initial);
    }
    return within(argument(initial), least);
  }

  private int within(long count, int least) throws WireException {
    if (count < 0 || count > left() / least) {
      throw new WireException(
          "a length of "
              + Long.toUnsignedString(count)
              + " exceeds the "
              + left()
              + " bytes that are left at byte "
              + at);
    }
    return (int) count;
  }

  private int initial(String what) throws WireException {
    if (at >= end) {
      throw new WireException("the bytes end at byte " + at + " where " + what + " was expected");
    }
    return bytes[at++] & 0xff;
  }

  private long argument(int initial) throws WireException {
    int info = initial & 0x1f;
    if (info < 24) {
      return info;
    }
    if (info > 27) {
      throw unexpected("a definite length", initial);
    }
    int width = 1 << (info - 24);
    if (width > left()) {
      throw new WireException("the bytes end within a number at byte " + at);
    }
    long value = 0;
    for (int i = 0; i < width; i++) {
      value = value << 8 | (bytes[at++] & 0xff);
    }
    return value;
  }

  private WireException unexpected(String what, int initial) {
    return new WireException(
        what
            + " was expected at byte "
            + (at - 1)
            + ", but its first byte is 0x"
            + Integer.toHexString(initial));
  }
}
