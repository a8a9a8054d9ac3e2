package dev.furrow.actors.journal;

/** The journal cannot be used: says which, why, and what to do. Trying again may help. */
public final class JournalException extends Exception {

  private static final long serialVersionUID = 1;

  JournalException(String message) {
    super(message);
  }

  JournalException(String message, Throwable cause) {
    super(message, cause);
  }
}
