package dev.furrow.actors.wire;

import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Gives the bytes of a primitive array straight into a generator's own buffer. For one thread. */
final class ArraySource<A> extends InputStream {

  private final ArrayLayout<A> layout;
  private final A array;
  private final int length;
  private int next;

  /** An element that did not fit as a whole into what was asked for. */
  private final byte[] split;

  private int splitAt;

  ArraySource(ArrayLayout<A> layout, A array) {
    this.layout = layout;
    this.array = array;
    this.length = layout.length(array);
    this.split = new byte[layout.width];
    this.splitAt = layout.width;
  }

  @Override
  public int read() {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] bytes, int offset, int room) {
    if (splitAt < split.length) {
      return readSplit(bytes, offset, room);
    }
    if (next == length) {
      return -1;
    }
    int count = Math.min(length - next, room / layout.width);
    if (count == 0) {
      layout.put(array, next++, 1, littleEndian(split, 0, split.length));
      splitAt = 0;
      return readSplit(bytes, offset, room);
    }
    layout.put(array, next, count, littleEndian(bytes, offset, count * layout.width));
    next += count;
    return count * layout.width;
  }

  private int readSplit(byte[] bytes, int offset, int room) {
    int count = Math.min(room, split.length - splitAt);
    System.arraycopy(split, splitAt, bytes, offset, count);
    splitAt += count;
    return count;
  }

  private static ByteBuffer littleEndian(byte[] bytes, int offset, int count) {
    return ByteBuffer.wrap(bytes, offset, count).slice().order(ByteOrder.LITTLE_ENDIAN);
  }
}
