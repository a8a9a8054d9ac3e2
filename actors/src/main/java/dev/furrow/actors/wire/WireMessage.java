package dev.furrow.actors.wire;

/**
 * What actors on different nodes say to each other. Any of it may be lost, doubled or reordered.
 */
public sealed interface WireMessage
    permits PoolMessage,
        JobMessage,
        PartitionMessage,
        CallerMessage,
        PlacementMessage,
        ReplicaMessage {

  /** The version of the records; nodes of different versions do not form one cluster. */
  int VERSION = 1;
}
