package dev.furrow.examples;

import dev.furrow.Outcome;
import dev.furrow.Task;
import dev.furrow.TaskFailure;

/** What came of a task, for a program that needs every one to succeed. */
public final class Results {

  private Results() {}

  /**
   * The result of a task that succeeded.
   *
   * @param task the task, to be named in the message
   * @throws IllegalStateException it did not succeed; the message says why
   */
  public static <R> R value(Outcome<R> outcome, Task<R> task) {
    if (outcome instanceof Outcome.Succeeded<R> succeeded) {
      return succeeded.value();
    }
    throw new IllegalStateException(
        "task " + outcome.taskId() + ", " + task + ", did not succeed: " + reason(outcome));
  }

  private static String reason(Outcome<?> outcome) {
    if (outcome instanceof Outcome.Failed<?> failed) {
      TaskFailure failure = failed.failure();
      return failure.type()
          + ": "
          + failure.message()
          + " ["
          + failure.kind()
          + " on "
          + failure.node()
          + "]";
    }
    return outcome.toString();
  }
}
