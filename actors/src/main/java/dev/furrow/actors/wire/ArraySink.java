package dev.furrow.actors.wire;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Takes the bytes of a primitive array straight from a parser's own buffer. The usual case, all
 * bytes in one write, costs one copy. For one thread.
 */
final class ArraySink<A> extends OutputStream {

  private final ArrayLayout<A> layout;
  private @Nullable A whole;

  /** Bytes that came in several writes. */
  private byte[] pieces = {};

  private int size;

  ArraySink(ArrayLayout<A> layout) {
    this.layout = layout;
  }

  @Override
  public void write(int value) throws IOException {
    write(new byte[] {(byte) value}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int count) throws IOException {
    if (whole == null && size == 0 && count % layout.width == 0) {
      whole = toArray(bytes, offset, count);
      return;
    }
    A first = whole;
    if (first != null) {
      whole = null;
      int length = layout.length(first);
      pieces = new byte[Math.max(length * layout.width, 16)];
      layout.put(first, 0, length, littleEndian(pieces, 0, pieces.length));
      size = length * layout.width;
    }
    if (size + count > pieces.length) {
      pieces = Arrays.copyOf(pieces, Math.max(size + count, pieces.length * 2));
    }
    System.arraycopy(bytes, offset, pieces, size, count);
    size += count;
  }

  /**
   * The array.
   *
   * @throws IOException the bytes are no whole number of elements
   */
  A array() throws IOException {
    A array = whole;
    if (array != null) {
      return array;
    }
    if (size % layout.width != 0) {
      throw new IOException(
          size + " bytes are no whole number of elements of " + layout.width + " bytes each");
    }
    return toArray(pieces, 0, size);
  }

  private A toArray(byte[] bytes, int offset, int count) {
    A array = layout.create(count / layout.width);
    layout.get(littleEndian(bytes, offset, count), array, 0, count / layout.width);
    return array;
  }

  private static ByteBuffer littleEndian(byte[] bytes, int offset, int count) {
    return ByteBuffer.wrap(bytes, offset, count).slice().order(ByteOrder.LITTLE_ENDIAN);
  }
}
