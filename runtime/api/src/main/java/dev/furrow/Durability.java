package dev.furrow;

/** What the state of a {@link Partitioned} survives. */
public enum Durability {
  /**
   * The loss of nothing: what is on a node is lost when its process ends other than in order. A
   * node that leaves in order, and a partition that moves, take it along.
   */
  MEMORY,

  /**
   * The loss of any one node, without a database. Three nodes that run tasks have a copy of each
   * partition, and an update is answered when two of them have it; when one is gone, another takes
   * its place as soon as the cluster knows. The side of a broken network that has one copy answers
   * no update. Where two nodes run tasks there are two copies, and both must have an update; where
   * one does there is one, until more come.
   *
   * <p>What is lost, and when: if two of the three copies are lost before the first is replaced
   * (which takes as long as noticing that a node is gone, some ten seconds by default, and
   * copying), the partition is not served any more, and its calls fail and say so. If all three
   * are, it begins anew, empty. A node that leaves in order has its copies replaced before it ends.
   */
  REPLICATED,

  /**
   * The loss of all nodes: an update is answered when it is written in a database. Which one {@code
   * furrow.journal.kind} says: a file of H2 on this machine, which is the default, or PostgreSQL.
   * While the database is down or slow, calls wait and then fail, and nothing is answered that is
   * not written. PostgreSQL keeps what it has written when its machine loses power, as far as it is
   * set to; H2 may lose the last moments then, though not when a process is killed.
   */
  JOURNALED
}
