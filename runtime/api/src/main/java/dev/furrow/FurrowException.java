package dev.furrow;

import org.jspecify.annotations.Nullable;

/**
 * Any failure that Furrow reports. Subclasses say what failed; the message says what happened, the
 * value at fault, and what to do.
 */
public class FurrowException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /**
   * Creates an exception.
   *
   * @param message what happened and what to do
   */
  public FurrowException(String message) {
    super(message);
  }

  /**
   * Creates an exception with a cause.
   *
   * @param message what happened and what to do
   * @param cause why
   */
  public FurrowException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
