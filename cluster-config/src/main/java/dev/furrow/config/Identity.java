package dev.furrow.config;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Collection;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;

/**
 * A node's certificate, the key to it, and whom it trusts.
 *
 * @param keys that show the certificate
 * @param chain the node's own certificate, then those that signed it
 * @param trust decides about peers
 * @param trusted the authorities
 * @param names of which a peer must carry one
 */
record Identity(
    List<KeyManager> keys,
    List<X509Certificate> chain,
    SubjectTrust trust,
    List<X509Certificate> trusted,
    Set<String> names) {

  private static final char[] NO_PASSWORD = {};

  /**
   * Puts together what the files hold.
   *
   * @throws IllegalArgumentException they hold something else, or do not fit; names the file
   */
  static Identity of(PemFiles files, String subject) {
    X509Certificate[] chain = files.chain();
    PrivateKey key = files.privateKey();
    List<X509Certificate> trusted = files.trusted();
    Set<String> names = subject.isEmpty() ? SubjectNames.of(chain[0]) : Set.of(subject);
    if (names.isEmpty()) {
      throw new IllegalArgumentException(
          "furrow.tls.certificate must name a certificate with a DNS name or a common name (was "
              + files.files().certificate()
              + "), or furrow.tls.subject must say which names peers carry");
    }
    try {
      if (!fits(key, chain[0])) {
        throw new IllegalArgumentException(
            "furrow.tls.key must name the key of furrow.tls.certificate, "
                + files.files().certificate()
                + " (was "
                + files.files().key()
                + ", the key of another)");
      }
      SubjectTrust trust = new SubjectTrust(Certificates.trust(trusted), names);
      return new Identity(keys(chain, key), List.of(chain), trust, trusted, names);
    } catch (GeneralSecurityException | IOException unusable) {
      throw new IllegalArgumentException(
          "the certificates of furrow.tls cannot be used: " + unusable.getMessage(), unusable);
    }
  }

  private static boolean fits(PrivateKey key, X509Certificate certificate)
      throws GeneralSecurityException {
    String algorithm =
        switch (key.getAlgorithm()) {
          case "RSA" -> "SHA256withRSA";
          case "EC" -> "SHA256withECDSA";
          default -> key.getAlgorithm();
        };
    if (!key.getAlgorithm().equals(certificate.getPublicKey().getAlgorithm())) {
      return false;
    }
    Signature signature = Signature.getInstance(algorithm);
    signature.initSign(key);
    signature.update((byte) 1);
    byte[] signed = signature.sign();
    signature.initVerify(certificate.getPublicKey());
    signature.update((byte) 1);
    return signature.verify(signed);
  }

  private static List<KeyManager> keys(X509Certificate[] chain, PrivateKey key)
      throws GeneralSecurityException, IOException {
    KeyStore own = KeyStore.getInstance("PKCS12");
    own.load(null, NO_PASSWORD);
    own.setKeyEntry("node", key, NO_PASSWORD, chain);
    KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
    keys.init(own, NO_PASSWORD);
    return List.of(keys.getKeyManagers());
  }

  /**
   * A new one each time: sessions are resumed within one context, and who resumes a session shows
   * no certificate, though it may have ended since.
   */
  SSLContext context() {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(keys.toArray(KeyManager[]::new), new TrustManager[] {trust}, null);
      return context;
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("this JVM has no TLS", impossible);
    }
  }

  X509Certificate certificate() {
    return chain.get(0);
  }

  NodeCertificate describe() {
    return new NodeCertificate(
        SubjectNames.of(certificate()),
        certificate().getNotBefore().toInstant(),
        earliest(chain),
        trusted.stream().map(each -> each.getNotAfter().toInstant()).max(Instant::compareTo).get(),
        refusal());
  }

  private static Instant earliest(Collection<X509Certificate> all) {
    return all.stream().map(X509Certificate::getNotAfter).min(Date::compareTo).get().toInstant();
  }

  /** Why a node with the same files would not speak to this one, in either direction. */
  private Optional<String> refusal() {
    X509Certificate[] shown = chain.toArray(X509Certificate[]::new);
    try {
      trust.checkClientTrusted(shown, certificate().getPublicKey().getAlgorithm());
      trust.checkServerTrusted(shown, "UNKNOWN");
      return Optional.empty();
    } catch (CertificateException refused) {
      return Optional.of(String.valueOf(refused.getMessage()));
    }
  }

  @Override
  public String toString() {
    return "certificate of "
        + names
        + ", number "
        + certificate().getSerialNumber().toString(16)
        + ", valid until "
        + certificate().getNotAfter().toInstant();
  }
}
