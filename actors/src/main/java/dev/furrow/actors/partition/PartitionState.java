package dev.furrow.actors.partition;

import dev.furrow.actors.wire.CallerId;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * What a partition keeps: its entries, and which calls were done. Changed by events alone, so that
 * whoever has applied the same events has the same state.
 */
final class PartitionState {

  private final Map<ByteKey, byte[]> entries = new HashMap<>();
  private final Callers callers = new Callers();
  private final Origins origins = new Origins();
  private long bytes;

  /** The encoded value of a key, not to be changed; null if nothing is kept. */
  byte @Nullable [] get(ByteKey key) {
    return entries.get(key);
  }

  int size() {
    return entries.size();
  }

  /** What keys and values weigh together. */
  long bytes() {
    return bytes;
  }

  void forEach(BiConsumer<ByteKey, byte[]> visitor) {
    entries.forEach(visitor);
  }

  Callers callers() {
    return callers;
  }

  Origins origins() {
    return origins;
  }

  void apply(PartitionEvent event) {
    for (PartitionEvent.Changed changed : event.changes()) {
      byte[] value = changed.value();
      byte[] before =
          value == null ? entries.remove(changed.key()) : entries.put(changed.key(), value);
      int key = changed.key().bytes().length;
      bytes -= before == null ? 0 : key + before.length;
      bytes += value == null ? 0 : key + value.length;
    }
    event.marks().forEach(callers::mark);
    event.originMarks().forEach(origins::mark);
  }

  /** Whether a message is to be done. */
  Callers.Look look(CallerId caller, long sequence) {
    return callers.look(caller, sequence);
  }
}
