package dev.furrow.actors.wire;

/**
 * Bytes that came from another node are not a record that this node can read. Reading them again
 * gives the same; the message says what is wrong with them.
 */
public final class WireException extends Exception {

  private static final long serialVersionUID = 1L;

  WireException(String message) {
    super(message);
  }
}
