package dev.furrow.actors.wire;

/** How an attempt ended. Written by its ordinal: append only. */
public enum ReportKind {
  /** The task returned; the body is its result. */
  SUCCEEDED,
  /** The attempt failed and may be retried; the body is a {@link FailureRecord}. */
  FAILED,
  /** The attempt failed and a retry would be pointless; the body is a {@link FailureRecord}. */
  FAILED_FOR_GOOD,
  /** The attempt took longer than its limit; the body is empty. */
  TIMED_OUT
}
