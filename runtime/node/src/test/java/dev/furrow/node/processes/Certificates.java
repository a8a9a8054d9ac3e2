package dev.furrow.node.processes;

import dev.furrow.config.CertificateAuthority;
import dev.furrow.config.CertificateAuthority.Pem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/** Folders with a certificate, its key and who is trusted, signed by an authority of the test. */
public final class Certificates {

  private final Path folder;
  private final Instant now = Instant.now();
  private final CertificateAuthority authority =
      CertificateAuthority.create("authority", now.minusSeconds(60), now.plus(Duration.ofDays(1)));

  public Certificates(Path folder) {
    this.folder = folder;
  }

  /** Of a node that may come in. */
  public Path valid() throws IOException {
    return of(authority, "furrow", now.plusSeconds(3600));
  }

  public Path expired() throws IOException {
    return of(authority, "furrow", now.minusSeconds(1));
  }

  public Path named(String name) throws IOException {
    return of(authority, name, now.plusSeconds(3600));
  }

  public Path foreign() throws IOException {
    return of(new Certificates(folder).authority, "furrow", now.plusSeconds(3600));
  }

  private Path of(CertificateAuthority by, String name, Instant until) throws IOException {
    Path here = Files.createTempDirectory(folder, "certificate");
    Pem pem = by.issue(name, now.minusSeconds(60), until);
    Files.writeString(here.resolve("tls.crt"), pem.certificate());
    Files.writeString(here.resolve("tls.key"), pem.key());
    Files.writeString(here.resolve("ca.crt"), authority.pem().certificate());
    return here;
  }

  /** The settings that name the files of such a folder. */
  public static Map<String, String> settings(Path here) {
    return Map.of(
        "furrow.tls.certificate", here.resolve("tls.crt").toString(),
        "furrow.tls.key", here.resolve("tls.key").toString(),
        "furrow.tls.authorities", here.resolve("ca.crt").toString(),
        "furrow.tls.subject", "furrow");
  }
}
