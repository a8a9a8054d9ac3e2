package dev.furrow.actors.wire;

import org.jspecify.annotations.Nullable;

/**
 * A task or a result cannot be read on this node. Reading it here again gives the same; the message
 * says why and what to do, the cause is what user code threw, if it did.
 */
public final class UnreadableException extends Exception {

  private static final long serialVersionUID = 1L;

  UnreadableException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
