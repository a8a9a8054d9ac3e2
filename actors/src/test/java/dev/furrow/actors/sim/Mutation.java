package dev.furrow.actors.sim;

/** One mechanism switched off, to see that the simulator misses it. */
enum Mutation {
  /** Everything works. */
  NONE,
  /** A message to or from an earlier life of a pool is taken for one of its present life. */
  INCARNATIONS_IGNORED,
  /** Supervisor and pool do not exchange what they believe. */
  NO_RECONCILIATION,
  /** Nobody notices that a node is silent or gone. */
  NO_EXPIRY,
  /** A driver lets every batch of outcomes through. */
  NO_DEDUPLICATION,
  /** Every success that is reported is committed. */
  NO_COMMIT_CHECK
}
