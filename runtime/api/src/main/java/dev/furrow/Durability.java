package dev.furrow;

/** What the state of a {@link Partitioned} survives. */
public enum Durability {
  /**
   * The loss of nothing: what is on a node is lost when its process ends other than in order. A
   * node that leaves in order, and a partition that moves, take it along.
   */
  MEMORY,

  /**
   * The loss of all nodes: an update is answered when it is written in a database. Which one {@code
   * furrow.journal.kind} says: a file of H2 on this machine, which is the default, or PostgreSQL.
   * While the database is down or slow, calls wait and then fail, and nothing is answered that is
   * not written. PostgreSQL keeps what it has written when its machine loses power, as far as it is
   * set to; H2 may lose the last moments then, though not when a process is killed.
   */
  JOURNALED
}
