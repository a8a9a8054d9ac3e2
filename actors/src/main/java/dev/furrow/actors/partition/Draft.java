package dev.furrow.actors.partition;

import dev.furrow.actors.wire.CallerId;
import dev.furrow.actors.wire.PartitionChange;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** What a turn has changed so far, over the state that it began with, which it leaves as it is. */
final class Draft {

  private final PartitionState state;
  private final Map<ByteKey, byte @Nullable []> changed = new HashMap<>();
  private final Changes changes = new Changes();
  private final Map<Origin, Reply> originReplies = new HashMap<>();
  private int size;

  /** A call from inside a task. */
  record Origin(CallerId job, long task, int ordinal) {}

  Draft(PartitionState state) {
    this.state = state;
    this.size = state.size();
  }

  byte @Nullable [] get(ByteKey key) {
    return changed.containsKey(key) ? changed.get(key) : state.get(key);
  }

  int size() {
    return size;
  }

  void forEach(BiConsumer<ByteKey, byte[]> visitor) {
    if (changed.isEmpty()) {
      state.forEach(visitor);
      return;
    }
    state.forEach(
        (key, value) -> {
          if (!changed.containsKey(key)) {
            visitor.accept(key, value);
          }
        });
    changed.forEach(
        (key, value) -> {
          if (value != null) {
            visitor.accept(key, value);
          }
        });
  }

  void put(ByteKey key, byte @Nullable [] value) {
    size += (value == null ? 0 : 1) - (get(key) == null ? 0 : 1);
    changed.put(key, value);
  }

  /** What an update was answered, before this turn or in it; null if it was not done. */
  @Nullable Reply look(Origin origin) {
    Reply here = originReplies.get(origin);
    return here != null
        ? here
        : state.origins().look(origin.job(), origin.task(), origin.ordinal());
  }

  boolean isForgotten(Origin origin) {
    return state.origins().isForgotten(origin.job(), origin.task());
  }

  void mark(Origin origin, Reply reply) {
    originReplies.put(origin, reply);
    changes.mark(origin.job(), origin.task(), origin.ordinal(), reply);
  }

  void mark(CallerId caller, long sequence, List<@Nullable Reply> replies) {
    changes.mark(caller, sequence, replies);
  }

  PartitionChange change() {
    changed.forEach(changes::change);
    return changes.build();
  }
}
