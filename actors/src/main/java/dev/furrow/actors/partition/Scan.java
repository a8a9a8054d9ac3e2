package dev.furrow.actors.partition;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

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

  private record Found(ByteKey key, byte[] value) {}

  private Scan() {}

  /** The entries after a key; empty key: from the first. An empty page is the end. */
  static byte[] page(Draft entries, byte[] after) {
    ByteKey above = new ByteKey(after);
    PriorityQueue<Found> lowest = new PriorityQueue<>(Comparator.comparing(Found::key).reversed());
    entries.forEach(
        (key, value) -> {
          Found highest = lowest.peek();
          boolean full = lowest.size() >= MOST && highest != null;
          if ((after.length > 0 && key.compareTo(above) <= 0)
              || (full && key.compareTo(highest.key()) >= 0)) {
            return;
          }
          lowest.add(new Found(key, value));
          if (lowest.size() > MOST) {
            lowest.remove();
          }
        });
    List<Found> page = new ArrayList<>(lowest);
    page.sort(Comparator.comparing(Found::key));
    return write(page);
  }

  private static byte[] write(List<Found> page) {
    int size = 0;
    int count = 0;
    while (count < page.size() && size < MOST_BYTES) {
      Found one = page.get(count);
      size += 8 + one.key().bytes().length + one.value().length;
      count++;
    }
    ByteBuffer out = ByteBuffer.allocate(size);
    for (Found one : page.subList(0, count)) {
      out.putInt(one.key().bytes().length).put(one.key().bytes());
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
