package dev.furrow.actors.partition;

import dev.furrow.actors.wire.PartitionChange;

/** What a journal keeps of a partition, one after another. */
sealed interface PartitionEvent {

  /**
   * A node has taken the partition over: fences those that had it before.
   *
   * @param node its name
   */
  record Taken(String node) implements PartitionEvent {}

  /** A turn has changed something. */
  record Changed(PartitionChange change) implements PartitionEvent {}

  /**
   * A piece of all that was kept at that time: see {@link Renewal}.
   *
   * @param first of its round
   * @param last of its round
   */
  record Renewed(boolean first, boolean last, PartitionChange piece) implements PartitionEvent {}
}
