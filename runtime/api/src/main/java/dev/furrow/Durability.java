package dev.furrow;

/** What the state of a {@link Partitioned} survives. */
public enum Durability {
  /**
   * The loss of nothing: what is on a node is lost when its process ends other than in order. A
   * node that leaves in order, and a partition that moves, take it along.
   */
  MEMORY
}
