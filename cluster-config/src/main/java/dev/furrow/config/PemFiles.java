package dev.furrow.config;

import dev.furrow.config.NodeSettings.TlsFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What the three files of {@code furrow.tls} held when they were read. */
final class PemFiles {

  private static final long LARGEST = 1 << 20;

  private final TlsFiles files;
  private final byte[] certificate;
  private final byte[] key;
  private final byte[] authorities;

  private PemFiles(TlsFiles files, byte[] certificate, byte[] key, byte[] authorities) {
    this.files = files;
    this.certificate = certificate;
    this.key = key;
    this.authorities = authorities;
  }

  static PemFiles read(TlsFiles files) {
    return new PemFiles(
        files,
        bytes("furrow.tls.certificate", files.certificate()),
        bytes("furrow.tls.key", files.key()),
        bytes("furrow.tls.authorities", files.authorities()));
  }

  private static byte[] bytes(String setting, Path file) {
    try {
      if (Files.size(file) > LARGEST) {
        throw wrong(setting, file, "a file of at most 1 MiB", null);
      }
      return Files.readAllBytes(file);
    } catch (IOException unreadable) {
      throw wrong(setting, file, "a file that this process can read", unreadable);
    }
  }

  private static IllegalArgumentException wrong(
      String setting, Path file, String what, @Nullable Exception cause) {
    return new IllegalArgumentException(
        setting + " must name " + what + " (was " + file + ")", cause);
  }

  /** The node's certificate, then those that signed it. */
  X509Certificate[] chain() {
    return certificates("furrow.tls.certificate", files.certificate(), certificate)
        .toArray(X509Certificate[]::new);
  }

  List<X509Certificate> trusted() {
    return certificates("furrow.tls.authorities", files.authorities(), authorities);
  }

  private static List<X509Certificate> certificates(String setting, Path file, byte[] pem) {
    try {
      return Certificates.read(pem);
    } catch (CertificateException broken) {
      throw wrong(setting, file, "a file of certificates in PEM form", broken);
    }
  }

  PrivateKey privateKey() {
    try {
      return PrivateKeys.read(new String(key, StandardCharsets.US_ASCII));
    } catch (GeneralSecurityException broken) {
      throw wrong(
          "furrow.tls.key",
          files.key(),
          "a file with one private key in PEM form, PKCS#8 or PKCS#1, without a password",
          null);
    }
  }

  TlsFiles files() {
    return files;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof PemFiles that
        && Arrays.equals(certificate, that.certificate)
        && Arrays.equals(key, that.key)
        && Arrays.equals(authorities, that.authorities);
  }

  @Override
  public int hashCode() {
    return Objects.hash(Arrays.hashCode(certificate), Arrays.hashCode(authorities));
  }
}
