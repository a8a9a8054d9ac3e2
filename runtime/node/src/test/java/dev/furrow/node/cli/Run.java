package dev.furrow.node.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;

/** A command line that was run in this JVM, and what it said. */
record Run(int code, String out, String err) {

  static Run of(String... args) {
    return of(
        config -> {
          throw new AssertionError("a node is started");
        },
        args);
  }

  static Run of(NodeProgram program, String... args) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int code = Cli.execute("1.2.3", program, new PrintWriter(out), new PrintWriter(err), args);
    return new Run(code, out.toString(), err.toString());
  }

  static Run of(List<String> args) {
    return of(args.toArray(String[]::new));
  }

  JsonNode json() {
    try {
      return Output.JSON.readTree(out);
    } catch (IOException other) {
      throw new UncheckedIOException(out, other);
    }
  }
}
