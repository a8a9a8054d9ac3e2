package dev.furrow;

/** The last attempt allowed took longer than the task's time limit. It may have run in part. */
public final class TaskTimedOutException extends FurrowException {

  private static final long serialVersionUID = 1L;

  /**
   * Creates an exception.
   *
   * @param message which task and which limit
   */
  public TaskTimedOutException(String message) {
    super(message);
  }
}
