package dev.furrow;

/**
 * A call on a {@link Partitioned} was sent and not answered in time: it has been applied once, or
 * not at all, or may yet be. Calling again may apply it twice.
 */
public final class UpdateUnknownException extends FurrowException {

  private static final long serialVersionUID = 1L;

  /**
   * Creates an exception.
   *
   * @param message which call, where, and how long was waited
   */
  public UpdateUnknownException(String message) {
    super(message);
  }
}
