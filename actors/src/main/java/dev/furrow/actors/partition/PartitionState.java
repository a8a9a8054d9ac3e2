package dev.furrow.actors.partition;

import dev.furrow.actors.wire.CallStatus;
import dev.furrow.actors.wire.CallerId;
import dev.furrow.actors.wire.PartitionChange;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * What a partition keeps: its entries, and which calls were done. Changed by events alone, so that
 * whoever has applied the same events has the same state.
 */
final class PartitionState {

  /** Bytes after which a piece ends. */
  private static final int PIECE = 1 << 20;

  /** In the order of keys, so that whoever reads piece by piece can go on after any of them. */
  private final NavigableMap<ByteKey, byte[]> entries = new TreeMap<>();

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

  /** The entries above a key, in order; all if it is null. */
  SortedMap<ByteKey, byte[]> after(@Nullable ByteKey key) {
    return key == null ? entries : entries.tailMap(key, false);
  }

  Callers callers() {
    return callers;
  }

  Origins origins() {
    return origins;
  }

  void apply(PartitionChange change) {
    for (int i = 0; i < change.key().size(); i++) {
      ByteKey key = new ByteKey(change.key().get(i));
      put(key, change.kept()[i] == 1 ? change.value().get(i) : null);
    }
    callers.forget(change.forgottenCaller());
    List<List<@Nullable Reply>> replies = Changes.replies(change);
    for (int i = 0; i < change.caller().size(); i++) {
      callers.mark(change.caller().get(i), change.sequence()[i], replies.get(i));
    }
    origins.forgetJobs(change.forgottenJob());
    for (int i = 0; i < change.origin().size(); i++) {
      origins.forget(change.origin().get(i), change.forgottenTask()[i]);
    }
    for (int i = 0; i < change.from().length; i++) {
      CallStatus status = CallStatus.values()[change.originStatus()[i]];
      origins.mark(
          change.origin().get(change.from()[i]),
          change.task()[i],
          change.ordinal()[i],
          new Reply(status, change.originBody().get(i)));
    }
  }

  private void put(ByteKey key, byte @Nullable [] value) {
    byte[] before = value == null ? entries.remove(key) : entries.put(key, value);
    int length = key.bytes().length;
    bytes -= before == null ? 0 : length + before.length;
    bytes += value == null ? 0 : length + value.length;
  }

  /** All that is kept, as records that make the same of an empty state. */
  List<PartitionChange> pieces() {
    Pieces pieces = new Pieces();
    entries.forEach((key, value) -> pieces.next().change(key, value));
    mark(pieces);
    return pieces.build();
  }

  /** Which calls were done and which may have been, as such records; not empty. */
  List<PartitionChange> marks() {
    Pieces pieces = new Pieces();
    mark(pieces);
    return pieces.build();
  }

  private void mark(Pieces pieces) {
    pieces.next().forgotten(callers.forgotten(), origins.forgottenJobs());
    callers.forEach((caller, sequence, replies) -> pieces.next().mark(caller, sequence, replies));
    origins.forEach(
        new Origins.Visitor() {
          @Override
          public void job(CallerId job, long forgottenTask) {
            pieces.next().forgottenTask(job, forgottenTask);
          }

          @Override
          public void call(CallerId job, long task, int ordinal, Reply reply) {
            pieces.next().mark(job, task, ordinal, reply);
          }
        });
  }

  private static final class Pieces {

    private final List<PartitionChange> full = new ArrayList<>();
    private Changes last = new Changes();

    /** The piece to go on with: another one when this one is large. */
    Changes next() {
      if (last.weight() >= PIECE) {
        full.add(last.build());
        last = new Changes();
      }
      return last;
    }

    List<PartitionChange> build() {
      full.add(last.build());
      return full;
    }
  }

  /** Whether a message is to be done. */
  Callers.Look look(CallerId caller, long sequence) {
    return callers.look(caller, sequence);
  }
}
