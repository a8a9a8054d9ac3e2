package dev.furrow.actors.wire;

/** How a call on a partition ended. Travels as its ordinal: new ones come last. */
public enum CallStatus {
  /** It was done; the body is what it answers. */
  DONE,
  /** It was done, and there is nothing. */
  EMPTY,
  /** It changed nothing; the body is an encoded {@link FailureRecord}. */
  REJECTED,
  /** Whether it was done before is not known any more; the body is as above. */
  UNKNOWN
}
