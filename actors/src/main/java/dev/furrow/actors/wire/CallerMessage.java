package dev.furrow.actors.wire;

import java.util.List;

/** What the partitions of a node say to callers. */
public sealed interface CallerMessage extends WireMessage {

  /** Which partition speaks, or was asked for. */
  PartitionId partition();

  /** Who called. */
  CallerId caller();

  /** The number of its message. */
  long sequence();

  /**
   * How calls ended, one a row, in their order.
   *
   * @param partition who did them
   * @param caller who called
   * @param sequence of the calls
   * @param status the ordinal of a {@link CallStatus}
   * @param body what they answer
   */
  record Replies(
      PartitionId partition, CallerId caller, long sequence, int[] status, List<byte[]> body)
      implements CallerMessage {}

  /**
   * Nothing is known of the caller, who may have been here before: nothing was done for this
   * message.
   *
   * @param partition where it was sent
   * @param caller who called
   * @param sequence of the calls
   * @param born callers that were born later have not been forgotten
   */
  record Forgotten(PartitionId partition, CallerId caller, long sequence, long born)
      implements CallerMessage {}

  /** The partition is not on this node: nothing was done for this message. */
  record NotHere(PartitionId partition, CallerId caller, long sequence) implements CallerMessage {}
}
