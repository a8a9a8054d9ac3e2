package dev.furrow.config;

import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;

/**
 * The names that a certificate carries: its DNS names, and where it has none, the common name of
 * its subject (RFC 6125, 6.4.4).
 */
final class SubjectNames {

  private SubjectNames() {}

  /** In lower case; of a certificate that cannot be understood, none. */
  static Set<String> of(X509Certificate certificate) {
    Set<String> names = new TreeSet<>();
    try {
      for (String name : Certificates.dnsNames(certificate)) {
        names.add(name.toLowerCase(Locale.ROOT));
      }
      if (!names.isEmpty()) {
        return names;
      }
      for (Rdn part : new LdapName(certificate.getSubjectX500Principal().getName()).getRdns()) {
        if (part.getType().equalsIgnoreCase("CN")) {
          names.add(String.valueOf(part.getValue()).toLowerCase(Locale.ROOT));
        }
      }
    } catch (CertificateException | InvalidNameException notUnderstood) {
      return Set.of();
    }
    return names;
  }
}
