package dev.furrow.node;

import dev.furrow.ClusterLostException;
import dev.furrow.FurrowException;

/** Exceptions that several callers are thrown. */
final class Failures {

  private Failures() {}

  /** An exception of the same kind and text with the caller's own stack trace. */
  static FurrowException again(FurrowException why) {
    String text = String.valueOf(why.getMessage());
    return why instanceof ClusterLostException
        ? new ClusterLostException(text)
        : new FurrowException(text, why);
  }
}
