package dev.furrow;

/**
 * There was no room for one more, and waiting did not help. Nothing was accepted: submitting again
 * later is safe.
 */
public final class FurrowFullException extends FurrowException {

  private static final long serialVersionUID = 1L;

  /**
   * Creates an exception.
   *
   * @param message which bound was reached and which setting moves it
   */
  public FurrowFullException(String message) {
    super(message);
  }
}
