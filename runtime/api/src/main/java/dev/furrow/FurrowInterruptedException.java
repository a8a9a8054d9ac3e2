package dev.furrow;

/**
 * The calling thread was interrupted while it waited. Its interrupt status is set; the work waited
 * for goes on, so waiting again is safe.
 */
public final class FurrowInterruptedException extends FurrowException {

  private static final long serialVersionUID = 1L;

  /**
   * Creates an exception.
   *
   * @param message what was waited for
   */
  public FurrowInterruptedException(String message) {
    super(message);
  }
}
