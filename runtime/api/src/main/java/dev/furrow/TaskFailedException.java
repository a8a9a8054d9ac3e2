package dev.furrow;

/**
 * A task failed and no retry was left. The message begins with the remote exception's type and
 * text; the cause prints the remote trace.
 */
public final class TaskFailedException extends FurrowException {

  private static final long serialVersionUID = 1L;

  private final transient TaskFailure failure;

  /**
   * Creates an exception.
   *
   * @param failure why the task failed
   */
  public TaskFailedException(TaskFailure failure) {
    super(describe(failure), new RemoteTrace(failure));
    this.failure = failure;
  }

  /** {@return why the task failed, as data} */
  public TaskFailure failure() {
    return failure;
  }

  private static String describe(TaskFailure failure) {
    String text = failure.message().isEmpty() ? "" : ": " + failure.message();
    String tries = failure.attempts() == 1 ? "1 attempt" : failure.attempts() + " attempts";
    return failure.type()
        + text
        + " ["
        + failure.kind()
        + " on "
        + failure.node()
        + " after "
        + tries
        + "]";
  }

  /** A stand-in that prints the remote stack trace; it has no frames of its own. */
  @SuppressWarnings("OverrideThrowableToString") // prints the remote type, not its own
  private static final class RemoteTrace extends RuntimeException {

    private static final long serialVersionUID = 1L;

    RemoteTrace(TaskFailure failure) {
      super(text(failure), failure.cause().map(RemoteTrace::new).orElse(null), false, false);
    }

    private static String text(TaskFailure failure) {
      StringBuilder text = new StringBuilder(failure.type());
      if (!failure.message().isEmpty()) {
        text.append(": ").append(failure.message());
      }
      for (String frame : failure.trace()) {
        text.append("\n\tat ").append(frame);
      }
      return text.toString();
    }

    @Override
    public String toString() {
      return String.valueOf(getMessage());
    }
  }
}
