package dev.furrow.node.cli;

import dev.furrow.config.NodeCertificate;
import dev.furrow.config.NodeSettings;
import dev.furrow.config.NodeSettings.TlsFiles;
import dev.furrow.config.NodeTls;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Duration;
import java.time.Instant;
import java.util.TreeSet;

/** Whether other nodes would accept this node's certificate, now and for some time. */
final class CertificateCheck {

  private static final Duration SOON = Duration.ofDays(30);
  private static final String WHAT = "certificates";

  private CertificateCheck() {}

  static void run(NodeSettings.Tls tls, Instant now, Findings findings) {
    if (tls.files().isEmpty()) {
      findings.ok(WHAT, "none: connections are not encrypted");
      return;
    }
    TlsFiles files = tls.files().get();
    NodeCertificate shown;
    try {
      shown = NodeTls.of(tls).certificate();
    } catch (IllegalArgumentException unusable) {
      findings.fail(WHAT, unusable.getMessage(), "");
      return;
    }
    dates(shown, files, now, findings);
    secrecy("key", files.key(), findings);
  }

  private static void dates(NodeCertificate shown, TlsFiles files, Instant now, Findings findings) {
    String renew = "renew it (furrow certs init, with ca.crt and ca.key in --dir, or cert-manager)";
    if (now.isAfter(shown.until())) {
      findings.fail(WHAT, files.certificate() + " ended at " + shown.until(), renew);
    } else if (now.isBefore(shown.from())) {
      findings.fail(
          WHAT,
          files.certificate() + " is valid from " + shown.from() + " on",
          "set this machine's clock, which says " + now + ", or use a certificate of today");
    } else if (shown.refusal().isPresent()) {
      findings.fail(
          WHAT,
          "nodes with these files would refuse each other: " + shown.refusal().get(),
          "let one of "
              + files.authorities()
              + " sign "
              + files.certificate()
              + ", with the name of furrow.tls.subject");
    } else if (now.plus(SOON).isAfter(shown.until())) {
      findings.warn(WHAT, files.certificate() + " ends at " + shown.until(), renew);
    } else if (now.plus(SOON).isAfter(shown.authoritiesUntil())) {
      findings.warn(
          WHAT,
          files.authorities() + " ends at " + shown.authoritiesUntil(),
          "add a new authority to it on all nodes, then renew their certificates");
    } else {
      findings.ok(WHAT, "names " + new TreeSet<>(shown.names()) + ", valid until " + shown.until());
    }
  }

  /** Whether others than the owner can read a file. */
  static void secrecy(String what, Path file, Findings findings) {
    try {
      if (Files.getPosixFilePermissions(file).contains(PosixFilePermission.OTHERS_READ)) {
        findings.warn(what, file + " can be read by every user of this machine", "chmod o-r it");
      } else {
        findings.ok(what, file + " cannot be read by every user");
      }
    } catch (IOException | UnsupportedOperationException unknown) {
      findings.warn(what, "who can read " + file + " cannot be told: " + unknown, "see to it");
    }
  }
}
