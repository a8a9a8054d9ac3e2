package dev.furrow;

import org.jspecify.annotations.Nullable;

/**
 * A call on a {@link Partitioned} was certainly not applied, and changed nothing: calling again is
 * safe. The message says whether that can help.
 */
public final class UpdateRejectedException extends FurrowException {

  private static final long serialVersionUID = 1L;

  /**
   * Creates an exception.
   *
   * @param message which call and why
   */
  public UpdateRejectedException(String message) {
    super(message);
  }

  /**
   * Creates an exception.
   *
   * @param message which call and why
   * @param cause what was thrown on this node; null if there is none
   */
  public UpdateRejectedException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
