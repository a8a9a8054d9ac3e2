package dev.furrow.node.cli;

import org.jspecify.annotations.Nullable;

/** A command that could not be done: what is printed, and with what it ends. */
final class CommandFailure extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final ExitCode code;

  CommandFailure(ExitCode code, String message) {
    this(code, message, null);
  }

  CommandFailure(ExitCode code, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.code = code;
  }

  ExitCode code() {
    return code;
  }
}
