package dev.furrow.node.cli;

import dev.furrow.config.CertificateAuthority;
import dev.furrow.config.CertificateAuthority.Pem;
import dev.furrow.config.Certificates;
import dev.furrow.config.FileReasons;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A folder with an authority and a certificate that it has signed. */
final class CertificateFiles {

  /** Clocks of nodes differ. */
  private static final Duration BEFORE = Duration.ofHours(1);

  private static final String USUAL_NAME = "furrow";

  private final Path folder;
  private final Instant now;

  CertificateFiles(Path folder, Instant now) {
    this.folder = folder;
    this.now = now;
  }

  /** What is in the folder now. */
  record Written(
      boolean authorityIsNew,
      Path authority,
      Path authorityKey,
      Instant authorityUntil,
      String name,
      Path certificate,
      Path key,
      Instant until) {}

  /**
   * Signs a certificate, by a new authority where the folder has none.
   *
   * @param name that it carries; null: as the one before
   * @throws CommandFailure a file cannot be read or written, or the authority cannot sign
   */
  Written make(@Nullable String name, int days, int authorityDays) {
    Path certificate = folder.resolve("ca.crt");
    Path key = folder.resolve("ca.key");
    try {
      Files.createDirectories(folder);
      boolean isNew = Files.notExists(certificate) && Files.notExists(key);
      if (isNew) {
        create(certificate, key, authorityDays);
      }
      if (!Files.exists(certificate) || !Files.exists(key)) {
        throw failed(
            "there is only one of "
                + certificate
                + " and "
                + key
                + ": bring the other back, or choose another --dir");
      }
      Pem authority = new Pem(Files.readString(certificate), Files.readString(key));
      return sign(isNew, authority, name == null ? nameBefore() : name, days);
    } catch (IOException unusable) {
      throw new CommandFailure(
          ExitCode.FAILED,
          "the files in " + folder + " cannot be used: " + FileReasons.of(unusable),
          unusable);
    }
  }

  private void create(Path certificate, Path key, int days) throws IOException {
    Pem made =
        CertificateAuthority.create(
                "furrow-authority", now.minus(BEFORE), now.plus(Duration.ofDays(days)))
            .pem();
    writeSecret(key, made.key());
    Files.writeString(certificate, made.certificate(), StandardOpenOption.CREATE_NEW);
  }

  private Written sign(boolean isNew, Pem authority, String name, int days) throws IOException {
    X509Certificate signer = parse(folder.resolve("ca.crt"), authority.certificate());
    Instant last = signer.getNotAfter().toInstant();
    if (!last.isAfter(now)) {
      throw failed(
          folder.resolve("ca.crt")
              + " ended at "
              + last
              + ": make a new authority in another --dir, and let nodes trust both for a while");
    }
    Instant wanted = now.plus(Duration.ofDays(days));
    Instant until = wanted.isAfter(last) ? last : wanted;
    Pem pem = CertificateAuthority.of(authority).issue(name, now.minus(BEFORE), until);
    X509Certificate signed = parse(folder.resolve("tls.crt"), pem.certificate());
    try {
      signed.verify(signer.getPublicKey());
    } catch (GeneralSecurityException other) {
      throw failed(folder.resolve("ca.key") + " is not the key of ca.crt beside it");
    }
    Path certificate = folder.resolve("tls.crt");
    Path key = folder.resolve("tls.key");
    replace(key, pem.key());
    replace(certificate, pem.certificate());
    return new Written(
        isNew,
        folder.resolve("ca.crt"),
        folder.resolve("ca.key"),
        last,
        name,
        certificate,
        key,
        signed.getNotAfter().toInstant());
  }

  /** Nodes accept the name that their own certificate carries: it is not to change unasked. */
  private String nameBefore() throws IOException {
    Path file = folder.resolve("tls.crt");
    if (Files.notExists(file)) {
      return USUAL_NAME;
    }
    try {
      return Certificates.dnsNames(parse(file, Files.readString(file))).get(0);
    } catch (CertificateException | IndexOutOfBoundsException none) {
      throw failed(file + " carries no name: say --name");
    }
  }

  private static X509Certificate parse(Path file, String pem) {
    try {
      return Certificates.read(pem.getBytes(StandardCharsets.US_ASCII)).get(0);
    } catch (GeneralSecurityException broken) {
      throw failed(file + " is no certificate in PEM form");
    }
  }

  private static CommandFailure failed(String message) {
    return new CommandFailure(ExitCode.FAILED, message);
  }

  /** In one step for whoever reads it: nodes look at these files while they run. */
  private void replace(Path file, String text) throws IOException {
    Path fresh = folder.resolve("." + file.getFileName() + ".new");
    Files.deleteIfExists(fresh);
    try {
      if (file.toString().endsWith(".key")) {
        writeSecret(fresh, text);
      } else {
        Files.writeString(fresh, text, StandardOpenOption.CREATE_NEW);
      }
      Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(fresh);
    }
  }

  /** Readable by its owner alone from the beginning on, where the file system knows owners. */
  private static void writeSecret(Path file, String text) throws IOException {
    FileAttribute<?>[] owner =
        file.getFileSystem().supportedFileAttributeViews().contains("posix")
            ? new FileAttribute<?>[] {
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
            }
            : new FileAttribute<?>[0];
    Set<StandardOpenOption> fresh = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    try (OutputStream out = Channels.newOutputStream(Files.newByteChannel(file, fresh, owner))) {
      out.write(text.getBytes(StandardCharsets.US_ASCII));
    }
  }
}
