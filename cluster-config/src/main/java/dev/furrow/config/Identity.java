package dev.furrow.config;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * A node's certificate, the key to it, and whom it trusts.
 *
 * @param context with all of it
 * @param certificate the node's own
 * @param names of which a peer must carry one
 */
record Identity(SSLContext context, X509Certificate certificate, Set<String> names) {

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
      return new Identity(context(chain, key, trusted, names), chain[0], names);
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

  private static SSLContext context(
      X509Certificate[] chain, PrivateKey key, List<X509Certificate> trusted, Set<String> names)
      throws GeneralSecurityException, IOException {
    KeyStore own = KeyStore.getInstance("PKCS12");
    own.load(null, NO_PASSWORD);
    own.setKeyEntry("node", key, NO_PASSWORD, chain);
    KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
    keys.init(own, NO_PASSWORD);

    KeyStore authorities = KeyStore.getInstance("PKCS12");
    authorities.load(null, NO_PASSWORD);
    for (X509Certificate each : trusted) {
      authorities.setCertificateEntry("authority-" + authorities.size(), each);
    }
    TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
    trust.init(authorities);
    TrustManager[] named =
        Stream.of(trust.getTrustManagers())
            .filter(X509ExtendedTrustManager.class::isInstance)
            .map(one -> new SubjectTrust((X509ExtendedTrustManager) one, names))
            .toArray(TrustManager[]::new);

    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), named, null);
    return context;
  }

  @Override
  public String toString() {
    return "certificate of "
        + names
        + ", number "
        + certificate.getSerialNumber().toString(16)
        + ", valid until "
        + certificate.getNotAfter().toInstant();
  }
}
