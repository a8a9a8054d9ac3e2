package dev.furrow;

/** The task, or the whole job, was cancelled before it ended. It may have run in part. */
public final class TaskCancelledException extends FurrowException {

  private static final long serialVersionUID = 1L;

  /**
   * Creates an exception.
   *
   * @param message which task or job
   */
  public TaskCancelledException(String message) {
    super(message);
  }
}
