package dev.furrow.node;

import dev.furrow.actors.wire.EncodedTask;
import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;

/** Idempotency keys: one task per key while its ref lives. */
final class Keys {

  private final Map<String, Entry> entries = new HashMap<>();
  private final ReferenceQueue<RefHandle<?>> gone = new ReferenceQueue<>();

  /** A ref that does not keep it alive, and what its task was. */
  private static final class Entry extends WeakReference<RefHandle<?>> {
    final String key;
    final EncodedTask task;

    Entry(String key, EncodedTask task, RefHandle<?> ref, ReferenceQueue<RefHandle<?>> gone) {
      super(ref, gone);
      this.key = key;
      this.task = task;
    }

    boolean isFor(EncodedTask other) {
      return task.type().equals(other.type()) && Arrays.equals(task.payload(), other.payload());
    }
  }

  /**
   * The ref under a key, or a new one.
   *
   * @throws IllegalArgumentException the key stands for a task with other bytes
   */
  synchronized RefHandle<?> get(String key, EncodedTask task, Supplier<RefHandle<?>> submit) {
    forgetTheGone();
    Entry entry = entries.get(key);
    RefHandle<?> ref = entry == null ? null : entry.get();
    if (entry == null || ref == null) {
      RefHandle<?> fresh = submit.get();
      entries.put(key, new Entry(key, task, fresh, gone));
      return fresh;
    }
    if (!entry.isFor(task)) {
      throw new IllegalArgumentException(
          "key '"
              + key
              + "' stands for another task ("
              + entry.task.type()
              + "): use a key for each task, or let go of the ref");
    }
    return ref;
  }

  private void forgetTheGone() {
    for (Reference<?> one = gone.poll(); one != null; one = gone.poll()) {
      Entry entry = (Entry) one;
      entries.remove(entry.key, entry);
    }
  }
}
