package dev.furrow.actors.wire;

import java.util.List;

/** What nodes say to each other about where partitions are. The sender is the node that speaks. */
public sealed interface PlacementMessage extends WireMessage {

  /** Somebody uses state that is kept by key: the node is to offer room for partitions. */
  record Use() implements PlacementMessage {}

  /**
   * Where is a partition? Travels by way of sharding alone.
   *
   * @param partition that is looked for
   * @param node that is to be told
   */
  record Where(PartitionId partition, NodeId node) implements PlacementMessage {}

  /** The partition is on the node that says so. */
  record Here(PartitionId partition) implements PlacementMessage {}

  /**
   * The partition cannot be opened at present: calls wait.
   *
   * @param partition that is looked for
   * @param why a sentence for those who wait
   */
  record Waits(PartitionId partition, String why) implements PlacementMessage {}

  /**
   * A partition opens on the node that asks: it wants what an earlier one has left. Answered with
   * {@link Copy}.
   *
   * @param partition that opens
   * @param piece which piece is wanted, from 0
   */
  record Fetch(PartitionId partition, int piece) implements PlacementMessage {}

  /**
   * A piece of what an earlier partition has left here.
   *
   * @param partition that opens
   * @param piece which piece it is
   * @param pieces how many there are; 0 if nothing is here
   * @param epoch how often the partition had been opened; the highest is the newest
   * @param body an encoded {@link PartitionChange}; empty if nothing is here
   */
  record Copy(PartitionId partition, int piece, int pieces, long epoch, byte[] body)
      implements PlacementMessage {}

  /** The node that hears it is to leave its cluster. */
  record Leave() implements PlacementMessage {}

  /** The node that says so leaves: tasks, partitions and copies are to be on others. */
  record Leaves() implements PlacementMessage {}

  /** The Furrow on the node that says so has ended: it has nothing, and answers no more. */
  record Left() implements PlacementMessage {}

  /**
   * A node leaves: the partition is to open elsewhere, and to fetch what it has left, if that is.
   */
  record Adopt(PartitionId partition) implements PlacementMessage {}

  /** The partition is open on the node that says so: what was left for it is not needed. */
  record Taken(PartitionId partition) implements PlacementMessage {}

  /**
   * The partitions that are called most on the node that says so, one a row, the busiest first. In
   * place of what it said before.
   *
   * @param state the name of each one's state
   * @param index its place there, from 0
   * @param calls how many it answers in a thousand seconds
   * @param entries how many keys it has a value for
   * @param bytes what keys and values weigh together
   */
  record Busiest(List<String> state, int[] index, long[] calls, long[] entries, long[] bytes)
      implements PlacementMessage {}
}
