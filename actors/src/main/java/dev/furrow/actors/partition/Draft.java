package dev.furrow.actors.partition;

import dev.furrow.actors.wire.CallerId;
import dev.furrow.actors.wire.PartitionChange;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** What a turn has changed so far, over the state that it began with, which it leaves as it is. */
final class Draft {

  private final PartitionState state;
  private final Map<ByteKey, byte @Nullable []> changed = new HashMap<>();
  private final Changes changes = new Changes();
  private final Map<Origin, Reply> originReplies = new HashMap<>();
  private int size;
  private long weight;

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

  /** About how many bytes have changed. */
  long weight() {
    return weight + changes.weight();
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

  /** The lowest entries above a key, in order; from the first if it is null. */
  List<Scan.Entry> after(@Nullable ByteKey key, int most) {
    SortedMap<ByteKey, byte[]> lowest = new TreeMap<>();
    for (Map.Entry<ByteKey, byte[]> entry : state.after(key).entrySet()) {
      if (lowest.size() >= most) {
        break;
      }
      if (!changed.containsKey(entry.getKey())) {
        lowest.put(entry.getKey(), entry.getValue());
      }
    }
    changed.forEach(
        (one, value) -> {
          if (value != null && (key == null || one.compareTo(key) > 0)) {
            lowest.put(one, value);
          }
        });
    return lowest.entrySet().stream()
        .limit(most)
        .map(entry -> new Scan.Entry(entry.getKey().bytes(), entry.getValue()))
        .toList();
  }

  void put(ByteKey key, byte @Nullable [] value) {
    size += (value == null ? 0 : 1) - (get(key) == null ? 0 : 1);
    changed.put(key, value);
    weight += key.bytes().length + (value == null ? 0 : value.length);
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
    changes.mark(origin.job(), origin.task(), origin.ordinal(), Origins.kept(reply));
  }

  void mark(CallerId caller, long sequence, List<@Nullable Reply> replies) {
    changes.mark(caller, sequence, replies);
  }

  PartitionChange change() {
    changed.forEach(changes::change);
    return changes.build();
  }
}
