package dev.furrow.node.cli;

/** With what a command ends, for scripts. Numbers never change their meaning. */
enum ExitCode {
  /** It is done; a node has left in order. */
  OK(0, "done; of a node: it has left in order"),
  /** It could not be done. */
  FAILED(1, "failed: a node could not start or was removed, or a request failed"),
  /** The command line is not understood. */
  USAGE(2, "wrong usage"),
  /** The doctor has found something. */
  FINDINGS(3, "the doctor found something that fails"),
  /** Nobody answers. */
  UNREACHABLE(4, "no node could be reached"),
  /** Whoever asks may not. */
  NOT_ALLOWED(5, "not allowed: the token is missing, unknown, or not enough"),
  /** There is no such node. */
  NO_SUCH_NODE(6, "there is no such node");

  private final int code;
  private final String meaning;

  ExitCode(int code, String meaning) {
    this.code = code;
    this.meaning = meaning;
  }

  int code() {
    return code;
  }

  String meaning() {
    return meaning;
  }
}
