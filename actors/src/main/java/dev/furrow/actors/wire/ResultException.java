package dev.furrow.actors.wire;

import dev.furrow.TaskFailure;
import org.jspecify.annotations.Nullable;

/** A task's result cannot be written. Writing it again gives the same. */
public final class ResultException extends Exception {

  private static final long serialVersionUID = 1L;

  private final TaskFailure.Kind kind;

  ResultException(TaskFailure.Kind kind, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.kind = kind;
  }

  /** {@link TaskFailure.Kind#TOO_LARGE}, or {@link TaskFailure.Kind#UNREADABLE}. */
  public TaskFailure.Kind kind() {
    return kind;
  }
}
