package dev.furrow.node;

import dev.furrow.actors.wire.EncodedTask;
import java.lang.ref.WeakReference;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;

/** Idempotency keys: one task per key while its ref lives. */
final class Keys {

  private static final int SWEEP = 1024;

  private final Map<String, Entry> entries = new HashMap<>();
  private int untilSweep = SWEEP;

  private record Entry(String type, byte[] payload, WeakReference<RefHandle<?>> ref) {}

  /**
   * The ref under a key, or a new one.
   *
   * @throws IllegalArgumentException the key stands for a task with other bytes
   */
  synchronized RefHandle<?> get(String key, EncodedTask task, Supplier<RefHandle<?>> submit) {
    Entry entry = entries.get(key);
    RefHandle<?> ref = entry == null ? null : entry.ref().get();
    if (entry != null && ref != null) {
      if (!entry.type().equals(task.type()) || !Arrays.equals(entry.payload(), task.payload())) {
        throw new IllegalArgumentException(
            "key '"
                + key
                + "' stands for another task ("
                + entry.type()
                + "): use a key for each task, or let go of the ref");
      }
      return ref;
    }
    RefHandle<?> fresh = submit.get();
    entries.put(key, new Entry(task.type(), task.payload(), new WeakReference<>(fresh)));
    if (--untilSweep == 0) {
      entries.values().removeIf(one -> one.ref().get() == null);
      untilSweep = Math.max(SWEEP, entries.size());
    }
    return fresh;
  }
}
