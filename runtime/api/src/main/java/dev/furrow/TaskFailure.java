package dev.furrow;

import java.util.List;
import java.util.Optional;

/**
 * Why a task failed, as data: names and text that crossed the wire. No class is loaded because a
 * failure named it.
 */
public interface TaskFailure {

  /** {@return what sort of failure this is} */
  Kind kind();

  /** {@return the name of the exception's class, or of the rule that ended the task} */
  String type();

  /** {@return the exception's message; empty when it had none} */
  String message();

  /** {@return the stack frames, innermost first, at most 64} */
  List<String> trace();

  /** {@return how many attempts were made before the task was given up} */
  int attempts();

  /** {@return the node of the last attempt, as {@code host:port}, or {@code local}} */
  String node();

  /** {@return the failure that caused this one; empty at the end of the chain} */
  Optional<TaskFailure> cause();

  /** Sorts of failures. */
  enum Kind {
    /** User code threw. */
    THREW,
    /** Two nodes ended while they ran this task. */
    POISON,
    /** A value that the task needs is not to be had. */
    INPUT,
    /** A node could not read the task, or a result could not be written or read. */
    UNREADABLE,
    /** The task or its result is larger than the settings allow. */
    TOO_LARGE,
    /** Attempts were lost with their nodes more often than the settings allow. */
    LOST
  }
}
