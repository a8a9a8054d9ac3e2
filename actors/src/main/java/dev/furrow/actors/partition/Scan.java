package dev.furrow.actors.partition;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * A page of entries: those with the lowest keys above a given one. A cursor is a key, so that
 * reading goes on wherever the partition is. On the wire: for each entry the length of the key, the
 * key, the length of the value and the value, with lengths of 4 bytes, big endian.
 */
public final class Scan {

  /** A page has at most so many entries, and ends with the one that makes it this large. */
  static final int MOST = 1_000;

  static final int MOST_BYTES = 256 << 10;

  /** An entry as it is kept. */
  public record Entry(byte[] key, byte[] value) {}

  private Scan() {}

  /** The entries after a key; empty key: from the first. An empty page is the end. */
  static byte[] page(Draft entries, byte[] after) {
    return write(entries.after(after.length == 0 ? null : new ByteKey(after), MOST));
  }

  private static byte[] write(List<Entry> page) {
    int size = 0;
    int count = 0;
    while (count < page.size() && size < MOST_BYTES) {
      Entry one = page.get(count);
      size += 8 + one.key().length + one.value().length;
      count++;
    }
    ByteBuffer out = ByteBuffer.allocate(size);
    for (Entry one : page.subList(0, count)) {
      out.putInt(one.key().length).put(one.key());
      out.putInt(one.value().length).put(one.value());
    }
    return out.array();
  }

  /**
   * Reads a page.
   *
   * @throws IllegalArgumentException it is none
   */
  public static List<Entry> read(byte[] page) {
    ByteBuffer in = ByteBuffer.wrap(page);
    List<Entry> entries = new ArrayList<>();
    while (in.hasRemaining()) {
      entries.add(new Entry(bytes(in), bytes(in)));
    }
    return entries;
  }

  private static byte[] bytes(ByteBuffer in) {
    int length = in.remaining() < 4 ? -1 : in.getInt();
    if (length < 0 || length > in.remaining()) {
      throw new IllegalArgumentException("a page of entries ends within an entry");
    }
    byte[] bytes = new byte[length];
    in.get(bytes);
    return bytes;
  }
}
