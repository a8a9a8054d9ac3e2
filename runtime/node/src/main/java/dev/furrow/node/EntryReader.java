package dev.furrow.node;

import dev.furrow.FurrowException;
import dev.furrow.actors.partition.Scan;
import dev.furrow.actors.wire.StateCodec;
import dev.furrow.actors.wire.UnreadableException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;

/** Reads the entries of one partition after another, a page at a time. For one thread. */
final class EntryReader<K, V> implements Iterator<Map.Entry<K, V>> {

  private static final byte[] START = {};

  private final StateHandle<K, V> state;
  private final StateCodec.Entries codec;
  private final int partitions;
  private final Deque<Scan.Entry> page = new ArrayDeque<>();
  private int partition;
  private byte[] after = START;
  private volatile boolean closed;

  EntryReader(StateHandle<K, V> state, StateCodec.Entries codec, int partitions) {
    this.state = state;
    this.codec = codec;
    this.partitions = partitions;
  }

  @Override
  public boolean hasNext() {
    while (page.isEmpty() && partition < partitions && !closed) {
      fetch();
    }
    return !page.isEmpty() && !closed;
  }

  private void fetch() {
    byte[] from = after;
    List<Scan.Entry> next = Scan.read(Waiting.forAnswer("entries", state.page(partition, from)));
    page.addAll(next);
    if (next.isEmpty()) {
      partition++;
      after = START;
    } else {
      after = next.get(next.size() - 1).key();
    }
  }

  @Override
  @SuppressWarnings("unchecked") // read by the types that the handle was made for
  public Map.Entry<K, V> next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    Scan.Entry entry = page.remove();
    try {
      return Map.entry((K) codec.readKey(entry.key()), (V) codec.readValue(entry.value()));
    } catch (UnreadableException unreadable) {
      throw new FurrowException(String.valueOf(unreadable.getMessage()), unreadable);
    }
  }

  void close() {
    closed = true;
  }
}
