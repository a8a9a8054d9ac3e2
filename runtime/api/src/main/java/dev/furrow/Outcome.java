package dev.furrow;

import java.time.Duration;

/**
 * How one task ended. Every accepted task has exactly one.
 *
 * @param <R> the result of the task
 */
public sealed interface Outcome<R> {

  /** {@return the task's place in its job, from 0} */
  long taskId();

  /**
   * The task returned.
   *
   * @param taskId the task's place in its job
   * @param value what it returned; may be {@code null}
   * @param <R> the result of the task
   */
  record Succeeded<R>(long taskId, R value) implements Outcome<R> {}

  /**
   * The task failed and no retry was left.
   *
   * @param taskId the task's place in its job
   * @param failure why
   * @param <R> the result of the task
   */
  record Failed<R>(long taskId, TaskFailure failure) implements Outcome<R> {}

  /**
   * The task was cancelled before it ended.
   *
   * @param taskId the task's place in its job
   * @param <R> the result of the task
   */
  record Cancelled<R>(long taskId) implements Outcome<R> {}

  /**
   * The last attempt allowed took longer than the task's time limit.
   *
   * @param taskId the task's place in its job
   * @param limit the limit
   * @param <R> the result of the task
   */
  record TimedOut<R>(long taskId, Duration limit) implements Outcome<R> {}
}
