package dev.furrow.node.cli;

import dev.furrow.config.NodeSettings;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;

/** Whether the tokens of HTTP can be read, are long enough, and differ. Never prints one. */
final class TokenCheck {

  private static final int SHORTEST = 16;
  private static final Pattern SIGNS = Pattern.compile("[!-~]*");
  private static final String WHAT = "tokens";
  private static final String HOW = "(umask 077; head -c 32 /dev/urandom | base64 > FILE)";

  private TokenCheck() {}

  static void run(NodeSettings.Http http, Findings findings) {
    if (http.port().isEmpty()) {
      findings.ok(WHAT, "not needed: furrow.http.port is off");
      return;
    }
    Optional<String> view = http.viewToken().flatMap(file -> read(file, findings));
    Optional<String> admin = http.adminToken().flatMap(file -> read(file, findings));
    if (http.viewToken().isEmpty() && http.adminToken().isEmpty()) {
      findings.ok(WHAT, "none: everybody on this machine may look and tell the node to leave");
    }
    if (view.isPresent() && view.equals(admin)) {
      findings.fail(
          WHAT,
          "those who may look have the token of those who may do more",
          "make another: " + HOW);
    }
  }

  private static Optional<String> read(Path file, Findings findings) {
    String token;
    try (BufferedReader lines = Files.newBufferedReader(file, StandardCharsets.ISO_8859_1)) {
      String first = lines.readLine();
      token = first == null ? "" : first.strip();
    } catch (IOException unreadable) {
      findings.fail(WHAT, file + " cannot be read", "make it: " + HOW);
      return Optional.empty();
    }
    if (token.length() < SHORTEST) {
      findings.fail(
          WHAT,
          "the first line of "
              + file
              + " has "
              + token.length()
              + " characters of at least "
              + SHORTEST,
          "make another: " + HOW);
      return Optional.empty();
    }
    if (!SIGNS.matcher(token).matches()) {
      findings.fail(
          WHAT,
          "the first line of "
              + file
              + " has other characters than letters, digits and signs of ASCII",
          "make another: " + HOW);
      return Optional.empty();
    }
    CertificateCheck.secrecy(WHAT, file, findings);
    return Optional.of(token);
  }
}
