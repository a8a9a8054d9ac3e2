package dev.furrow.node.cli;

import dev.furrow.config.Exposure;
import dev.furrow.config.NodeSettings;
import dev.furrow.config.TokenFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** Whether the tokens of HTTP can be read, are long enough, and differ. Never prints one. */
final class TokenCheck {

  private static final String WHAT = "tokens";

  private TokenCheck() {}

  static void run(NodeSettings.Http http, Findings findings) {
    if (http.port().isEmpty()) {
      findings.ok(WHAT, "not needed: furrow.http.port is off");
      return;
    }
    Optional<String> view = http.viewToken().flatMap(file -> read(file, findings));
    Optional<String> admin = http.adminToken().flatMap(file -> read(file, findings));
    if (http.viewToken().isEmpty() && http.adminToken().isEmpty()) {
      none(http, findings);
    }
    if (view.isPresent() && view.equals(admin)) {
      findings.fail(
          WHAT,
          "those who may look have the token of those who may do more",
          "make another: " + TokenFiles.MAKE);
    }
  }

  private static void none(NodeSettings.Http http, Findings findings) {
    if (Exposure.isLoopback(http.host())) {
      findings.ok(WHAT, "none: everybody on this machine may look and tell the node to leave");
    } else {
      findings.fail(
          WHAT,
          "none, though furrow.http.host is " + http.host(),
          "set furrow.http.view-token-file and furrow.http.admin-token-file");
    }
  }

  private static Optional<String> read(Path file, Findings findings) {
    try {
      String token = TokenFiles.read(file);
      CertificateCheck.secrecy(WHAT, file, findings);
      return Optional.of(token);
    } catch (IOException unusable) {
      findings.fail(WHAT, unusable.getMessage(), "make one: " + TokenFiles.MAKE);
      return Optional.empty();
    }
  }
}
