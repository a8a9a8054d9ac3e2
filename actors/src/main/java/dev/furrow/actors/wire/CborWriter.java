package dev.furrow.actors.wire;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Writes the small part of CBOR (RFC 8949) that wire records need: integers, text, byte strings,
 * definite arrays and maps, booleans, null, and typed arrays (RFC 8746). Every head is as short as
 * it can be, so that equal records give equal bytes. For one thread.
 */
final class CborWriter {

  private byte[] buffer;
  private int size;

  /** A writer that has room for so many bytes before it grows. */
  CborWriter(int capacity) {
    buffer = new byte[Math.max(64, capacity)];
  }

  void map(int entries) {
    head(Cbor.MAP, entries);
  }

  void array(int items) {
    head(Cbor.ARRAY, items);
  }

  void integer(long value) {
    if (value >= 0) {
      head(Cbor.UNSIGNED, value);
    } else {
      head(Cbor.NEGATIVE, -1 - value);
    }
  }

  void bool(boolean value) {
    reserve(1);
    buffer[size++] = (byte) (value ? Cbor.TRUE : Cbor.FALSE);
  }

  void nothing() {
    reserve(1);
    buffer[size++] = (byte) Cbor.NULL;
  }

  /** Writes text; halves of surrogate pairs become question marks. */
  void text(String value) {
    byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
    head(Cbor.TEXT, utf8.length);
    append(utf8);
  }

  void bytes(byte[] value) {
    head(Cbor.BYTES, value.length);
    append(value);
  }

  /** Writes signed 64-bit numbers, little endian, tag 79. */
  void longs(long[] values) {
    ByteBuffer room = typedArray(Cbor.INT64_LE, values.length, Long.BYTES);
    room.asLongBuffer().put(values);
  }

  /** Writes signed 32-bit numbers, little endian, tag 78. */
  void ints(int[] values) {
    ByteBuffer room = typedArray(Cbor.INT32_LE, values.length, Integer.BYTES);
    room.asIntBuffer().put(values);
  }

  /** What was written; the writer must not be used afterwards. */
  byte[] finish() {
    return size == buffer.length ? buffer : Arrays.copyOf(buffer, size);
  }

  private ByteBuffer typedArray(int tag, int count, int width) {
    int length = Math.multiplyExact(count, width);
    head(Cbor.TAG, tag);
    head(Cbor.BYTES, length);
    reserve(length);
    ByteBuffer room = ByteBuffer.wrap(buffer, size, length).order(ByteOrder.LITTLE_ENDIAN);
    size += length;
    return room;
  }

  private void append(byte[] value) {
    reserve(value.length);
    System.arraycopy(value, 0, buffer, size, value.length);
    size += value.length;
  }

  private void head(int major, long argument) {
    reserve(9);
    int type = major << 5;
    if (argument < 0) {
      wide(type | 27, argument, 8);
    } else if (argument < 24) {
      buffer[size++] = (byte) (type | (int) argument);
    } else if (argument < 1L << 8) {
      wide(type | 24, argument, 1);
    } else if (argument < 1L << 16) {
      wide(type | 25, argument, 2);
    } else if (argument < 1L << 32) {
      wide(type | 26, argument, 4);
    } else {
      wide(type | 27, argument, 8);
    }
  }

  private void wide(int initial, long argument, int bytes) {
    buffer[size++] = (byte) initial;
    for (int shift = (bytes - 1) * 8; shift >= 0; shift -= 8) {
      buffer[size++] = (byte) (argument >>> shift);
    }
  }

  private void reserve(int more) {
    int needed = Math.addExact(size, more);
    if (needed > buffer.length) {
      long doubled = Math.min(buffer.length * 2L, Integer.MAX_VALUE - 8L);
      buffer = Arrays.copyOf(buffer, (int) Math.max(needed, doubled));
    }
  }
}
