package dev.furrow;

/** What one attempt at a task knows of itself. Only the attempt's own thread may use it. */
public interface TaskContext {

  /** {@return the globally unique id of the job that the task belongs to} */
  String jobId();

  /** {@return the task's place in its job, from 0, in the order of submission} */
  long taskId();

  /** {@return which try this is, from 1; attempts lost with their node count too} */
  int attempt();

  /** {@return the node that runs this attempt, as {@code host:port}, or {@code local}} */
  String node();

  /** {@return whether this attempt was cancelled or timed out; its thread is interrupted too} */
  boolean cancelled();

  /**
   * Tells how far this attempt has come. Only the newest report is kept; reporting is cheap.
   *
   * @param fraction from 0 to 1; values outside are clipped
   * @param note a few words for people, at most 200 characters are kept
   */
  void progress(double fraction, String note);

  /**
   * Submits more work from inside a task. Waiting for such work gives this task's slot back until
   * the result is there, so nesting never deadlocks. The work belongs to this attempt: it is
   * cancelled when the attempt fails or is cancelled.
   *
   * @return a Furrow whose {@code close()} throws {@link IllegalStateException}
   */
  Furrow furrow();
}
