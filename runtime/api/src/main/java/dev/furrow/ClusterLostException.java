package dev.furrow;

/**
 * This program's node was removed from its cluster, or its cluster ended, while the program lives.
 * Unfinished tasks may have run or may yet run; their results are gone. Submit them again through a
 * new Furrow.
 */
public final class ClusterLostException extends FurrowException {

  private static final long serialVersionUID = 1L;

  /**
   * Creates an exception.
   *
   * @param message which node was removed, and why where that is known
   */
  public ClusterLostException(String message) {
    super(message);
  }
}
