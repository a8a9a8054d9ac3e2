package dev.furrow.actors.wire;

/** What a call on a partition asks for. Travels as its ordinal: new ones come last. */
public enum CallKind {
  /** A change: key, class and data of the update. */
  UPDATE,
  /** What is kept for a key. */
  GET,
  /** A sum over all entries: class and data of the aggregation. */
  AGGREGATE,
  /** The number of entries, as 8 bytes, big endian. */
  SIZE,
  /**
   * Some entries in the order of their keys, after the key that is given; empty: from the first.
   */
  SCAN
}
