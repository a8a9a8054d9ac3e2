package dev.furrow.config;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;

/** Reads X.509 certificates (RFC 5280) and asks what they say. */
public final class Certificates {

  private static final Integer DNS = 2;

  private Certificates() {}

  /**
   * Reads certificates in PEM form (RFC 7468), one after another.
   *
   * @return one or more
   * @throws CertificateException there is none, or something else
   */
  public static List<X509Certificate> read(byte[] pem) throws CertificateException {
    List<X509Certificate> all =
        CertificateFactory.getInstance("X.509")
            .generateCertificates(new ByteArrayInputStream(pem))
            .stream()
            .map(X509Certificate.class::cast)
            .toList();
    if (all.isEmpty()) {
      throw new CertificateException("there is no certificate");
    }
    return all;
  }

  /**
   * Trusts what some authorities have signed (RFC 5280, 6.1), and nothing else.
   *
   * @throws GeneralSecurityException an authority cannot be used
   */
  public static X509ExtendedTrustManager trust(List<X509Certificate> authorities)
      throws GeneralSecurityException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    try {
      store.load(null, null);
    } catch (IOException impossible) {
      throw new GeneralSecurityException("an empty key store cannot be made", impossible);
    }
    for (X509Certificate each : authorities) {
      store.setCertificateEntry("authority-" + store.size(), each);
    }
    TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
    factory.init(store);
    return Stream.of(factory.getTrustManagers())
        .filter(X509ExtendedTrustManager.class::isInstance)
        .map(X509ExtendedTrustManager.class::cast)
        .findFirst()
        .orElseThrow(() -> new GeneralSecurityException("this JVM cannot check certificates"));
  }

  /**
   * The DNS names that a certificate carries, as written.
   *
   * @throws CertificateException its names cannot be understood
   */
  public static List<String> dnsNames(X509Certificate certificate) throws CertificateException {
    Collection<List<?>> names = certificate.getSubjectAlternativeNames();
    return names == null
        ? List.of()
        : names.stream()
            .filter(each -> DNS.equals(each.get(0)))
            .map(each -> String.valueOf(each.get(1)))
            .toList();
  }
}
