package dev.furrow.node.cli;

import dev.furrow.config.NodeSettings;
import dev.furrow.config.NodeTls;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import javax.net.ssl.HostnameVerifier;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSession;
import javax.net.ssl.TrustManagerFactory;

/**
 * Whom a tool takes for a node. A node's certificate carries the name of its cluster and not that
 * of its host, so the usual check of names would refuse it.
 *
 * @param context decides by authorities
 * @param names is asked where a certificate does not carry the host of the URL
 */
record NodeTrust(SSLContext context, HostnameVerifier names) {

  private static final int DNS = 2;

  /** As one node trusts another: the name is checked by the context itself. */
  static NodeTrust ofNode(NodeSettings.Tls tls) {
    return new NodeTrust(NodeTls.of(tls).context(), (host, session) -> true);
  }

  /** Certificates that some authorities have signed and that carry a name. */
  static NodeTrust ofAuthorities(Path file, String name) {
    try (InputStream pem = Files.newInputStream(file)) {
      Collection<? extends Certificate> all =
          CertificateFactory.getInstance("X.509").generateCertificates(pem);
      if (all.isEmpty()) {
        throw new CertificateException("it holds none");
      }
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      for (Certificate each : all) {
        store.setCertificateEntry("authority-" + store.size(), each);
      }
      TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
      trust.init(store);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, trust.getTrustManagers(), null);
      return new NodeTrust(context, (host, session) -> carries(session, name));
    } catch (IOException | GeneralSecurityException unusable) {
      throw new CommandFailure(
          ExitCode.FAILED,
          "--ca-file must name a file of certificates in PEM form (was " + file + ")",
          unusable);
    }
  }

  private static boolean carries(SSLSession session, String name) {
    try {
      X509Certificate shown = (X509Certificate) session.getPeerCertificates()[0];
      Collection<List<?>> names = shown.getSubjectAlternativeNames();
      return names != null
          && names.stream()
              .anyMatch(
                  each ->
                      Integer.valueOf(DNS).equals(each.get(0))
                          && name.equalsIgnoreCase(String.valueOf(each.get(1))));
    } catch (SSLException | CertificateException notKnown) {
      return false;
    }
  }

  void applyTo(HttpsURLConnection connection) {
    connection.setSSLSocketFactory(context.getSocketFactory());
    connection.setHostnameVerifier(names);
  }
}
