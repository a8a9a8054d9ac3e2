package dev.furrow.actors.job;

import dev.furrow.actors.wire.FailureRecord;

/**
 * How one task ended, encoded.
 *
 * @param task the task's place in its job
 * @param type name of the task's class
 * @param kind how it ended
 * @param body the encoded result for {@code SUCCEEDED}, the encoded {@link FailureRecord} for
 *     {@code FAILED}, else empty
 * @param attempts attempts made
 * @param limitMillis the limit, for {@code TIMED_OUT}
 */
public record OutcomeRecord(
    long task, String type, Kind kind, byte[] body, int attempts, long limitMillis) {

  /** The same end with other bytes. */
  public OutcomeRecord withBody(byte[] other) {
    return new OutcomeRecord(task, type, kind, other, attempts, limitMillis);
  }

  /** How a task can end. */
  public enum Kind {
    SUCCEEDED,
    FAILED,
    TIMED_OUT,
    CANCELLED
  }
}
