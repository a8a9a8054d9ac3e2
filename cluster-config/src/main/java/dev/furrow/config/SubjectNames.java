package dev.furrow.config;

import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
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

  private static final int DNS = 2;

  private SubjectNames() {}

  /** In lower case; of a certificate that cannot be understood, none. */
  static Set<String> of(X509Certificate certificate) {
    Set<String> names = new TreeSet<>();
    try {
      Collection<List<?>> alternatives = certificate.getSubjectAlternativeNames();
      if (alternatives != null) {
        for (List<?> each : alternatives) {
          if (Integer.valueOf(DNS).equals(each.get(0))) {
            names.add(String.valueOf(each.get(1)).toLowerCase(Locale.ROOT));
          }
        }
      }
      if (!names.isEmpty()) {
        return names;
      }
      for (Rdn part : new LdapName(certificate.getSubjectX500Principal().getName()).getRdns()) {
        if (part.getType().equalsIgnoreCase("CN")) {
          names.add(String.valueOf(part.getValue()).toLowerCase(Locale.ROOT));
        }
      }
    } catch (CertificateParsingException | InvalidNameException notUnderstood) {
      return Set.of();
    }
    return names;
  }
}
