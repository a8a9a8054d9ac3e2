package dev.furrow.actors.partition;

import dev.furrow.actors.partition.PartitionEvent.Renewed;
import dev.furrow.actors.wire.PartitionChange;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes all that a partition keeps anew, round after round, in pieces beside its changes and
 * together as large as they are. When a round is done, what was written before it began is not
 * needed: so a journal holds a few times what the partition keeps, however often that was changed,
 * and no snapshot has to be written at once. (A round is the cleaning of a log, as in Rosenblum and
 * Ousterhout, "The Design and Implementation of a Log-Structured File System", 1991.)
 *
 * <p>Keys come in order, so that a round goes on wherever the partition is opened next.
 */
final class Renewal {

  /** Bytes of changes after which a piece is due. */
  static final int STEP = 64 << 10;

  /** What an event weighs beside its bytes. */
  private static final int EVENT = 200;

  private long owed;
  private boolean begun;
  private long began;
  private @Nullable ByteKey reached;

  /**
   * The pieces that are to be written before a change; none if none is due.
   *
   * @param state before the change
   * @param weight of the change in bytes
   */
  List<Renewed> next(PartitionState state, long weight) {
    owed += weight + EVENT;
    if (owed < STEP) {
      return List.of();
    }
    long due = owed;
    owed = 0;
    Changes piece = new Changes();
    for (Map.Entry<ByteKey, byte[]> entry : state.after(reached).entrySet()) {
      if (piece.weight() >= due) {
        return List.of(new Renewed(!begun, false, piece.build()));
      }
      piece.change(entry.getKey(), entry.getValue());
    }
    List<Renewed> pieces = new ArrayList<>();
    pieces.add(new Renewed(!begun, false, piece.build()));
    List<PartitionChange> marks = state.marks();
    for (int i = 0; i < marks.size(); i++) {
      pieces.add(new Renewed(false, i == marks.size() - 1, marks.get(i)));
    }
    // What a round has cost at its end is waited for before the next begins.
    owed = Math.min(0, due - pieces.stream().mapToLong(one -> Changes.weight(one.piece())).sum());
    return pieces;
  }

  /**
   * A piece was written, or read.
   *
   * @param sequence its number
   * @return the number before which no event is needed any more; 0 if nothing has changed in that
   */
  long written(Renewed event, long sequence) {
    if (event.first()) {
      began = sequence;
    }
    begun = !event.last();
    List<byte[]> keys = event.piece().key();
    if (event.last()) {
      reached = null;
    } else if (!keys.isEmpty()) {
      reached = new ByteKey(keys.get(keys.size() - 1));
    }
    return event.last() ? began : 0;
  }
}
