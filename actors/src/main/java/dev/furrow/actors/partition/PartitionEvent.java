package dev.furrow.actors.partition;

import dev.furrow.actors.wire.CallerId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the calls of one turn have changed: applied as a whole, or not at all.
 *
 * @param changes in order; a key may come more than once
 * @param marks the callers' messages that were done
 * @param originMarks the calls from inside tasks that were done
 */
record PartitionEvent(List<Changed> changes, List<Mark> marks, List<OriginMark> originMarks) {

  /** What is kept for a key from now on; null if nothing is. */
  record Changed(ByteKey key, byte @Nullable [] value) {}

  /**
   * A message of a caller was done.
   *
   * @param replies one a row; null where the call has only read, and may read again
   */
  record Mark(CallerId caller, long sequence, List<@Nullable Reply> replies) {}

  /** An update from inside a task was done. */
  record OriginMark(CallerId job, long task, int ordinal, Reply reply) {}

  boolean isEmpty() {
    return changes.isEmpty() && marks.isEmpty() && originMarks.isEmpty();
  }
}
