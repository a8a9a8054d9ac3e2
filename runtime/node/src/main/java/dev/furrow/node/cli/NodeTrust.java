package dev.furrow.node.cli;

import dev.furrow.config.Certificates;
import dev.furrow.config.NodeSettings;
import dev.furrow.config.NodeTls;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import javax.net.ssl.HostnameVerifier;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSession;
import javax.net.ssl.TrustManager;

/**
 * Whom a tool takes for a node. A node's certificate carries the name of its cluster and not that
 * of its host, so the usual check of names would refuse it.
 *
 * @param context decides by authorities
 * @param names is asked where a certificate does not carry the host of the URL
 */
record NodeTrust(SSLContext context, HostnameVerifier names) {

  /** As one node trusts another: the name is checked by the context itself. */
  static NodeTrust ofNode(NodeSettings.Tls tls) {
    return new NodeTrust(NodeTls.of(tls).context(), (host, session) -> true);
  }

  /** Certificates that some authorities have signed and that carry a name. */
  static NodeTrust ofAuthorities(Path file, String name) {
    try {
      TrustManager trust = Certificates.trust(Certificates.read(Files.readAllBytes(file)));
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, new TrustManager[] {trust}, null);
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
      return Certificates.dnsNames(shown).stream().anyMatch(name::equalsIgnoreCase);
    } catch (SSLException | CertificateException notKnown) {
      return false;
    }
  }

  void applyTo(HttpsURLConnection connection) {
    connection.setSSLSocketFactory(context.getSocketFactory());
    connection.setHostnameVerifier(names);
  }
}
