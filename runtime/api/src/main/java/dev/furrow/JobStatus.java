package dev.furrow;

/** Where a job is in its life. The order of the constants is the order of the life. */
public enum JobStatus {
  /** Tasks wait or run, or the source is still being read. */
  RUNNING,
  /** Accepted tasks may run; the driver that read the source is gone and must come back. */
  AWAITING_SOURCE,
  /** Every task succeeded. */
  SUCCEEDED,
  /** Every task has ended, and one failed or timed out, or the source threw. */
  FAILED,
  /** Every task has ended, none failed, and the job or some of its tasks were cancelled. */
  CANCELLED;

  /** {@return whether the job has ended for good} */
  public boolean isTerminal() {
    return this == SUCCEEDED || this == FAILED || this == CANCELLED;
  }
}
