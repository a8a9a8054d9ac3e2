package dev.furrow.actors.wire;

import java.util.List;

/** What callers say to the partitions of a node. */
public sealed interface PartitionMessage extends WireMessage {

  /** Which partition it is for. */
  PartitionId partition();

  /**
   * Calls, one a row, to be done in this order. Answered with {@link CallerMessage.Replies} or
   * {@link CallerMessage.NotHere}. A caller sends the next only when it has the answer or has given
   * it up, and sends one again under its own number.
   *
   * @param partition where they are to be done
   * @param caller who calls
   * @param sequence grows with each message of the caller to this partition; from 1
   * @param types names of classes
   * @param kind what each asks for: the ordinal of a {@link CallKind}
   * @param type index into {@code types}; 0 where there is no class
   * @param key the encoded key; empty where there is none
   * @param payload the encoded update or aggregation; empty where there is none
   * @param origin the attempts' jobs, for calls that were made inside tasks; born as their caller
   * @param from index into {@code origin}; −1 for calls that were not
   * @param task the task's place in its job
   * @param ordinal which call of its task on any state it is, from 0
   */
  record Calls(
      PartitionId partition,
      CallerId caller,
      long sequence,
      List<String> types,
      int[] kind,
      int[] type,
      List<byte[]> key,
      List<byte[]> payload,
      List<CallerId> origin,
      int[] from,
      long[] task,
      int[] ordinal)
      implements PartitionMessage {}
}
