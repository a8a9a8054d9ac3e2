package dev.furrow.config;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * An authority that signs nodes' certificates (X.509, RFC 5280; keys on the curve P-256): for
 * trying Furrow, for tests, and for clusters that have no other. Needs Bouncy Castle's {@code
 * bcpkix-jdk18on} on the class path.
 */
public final class CertificateAuthority {

  private static final String SIGNATURE = "SHA256withECDSA";
  private static final SecureRandom RANDOM = new SecureRandom();

  private final X509Certificate certificate;
  private final PrivateKey key;

  private CertificateAuthority(X509Certificate certificate, PrivateKey key) {
    this.certificate = certificate;
    this.key = key;
  }

  /**
   * A certificate and its private key, each as text in PEM form.
   *
   * @param certificate one {@code CERTIFICATE}
   * @param key PKCS#8, without a password
   */
  public record Pem(String certificate, String key) {

    @Override
    public String toString() {
      return certificate;
    }
  }

  /**
   * A new authority, which has signed itself.
   *
   * @param name its common name
   * @param from when it begins to be valid
   * @param until when it ends to be
   */
  public static CertificateAuthority create(String name, Instant from, Instant until) {
    try {
      KeyPair pair = pair();
      X500Principal self = principal(name);
      X509v3CertificateBuilder builder = builder(self, self, pair.getPublic(), from, until);
      builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(0));
      builder.addExtension(
          Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
      builder.addExtension(
          Extension.subjectKeyIdentifier,
          false,
          new JcaX509ExtensionUtils().createSubjectKeyIdentifier(pair.getPublic()));
      return new CertificateAuthority(sign(builder, pair.getPrivate()), pair.getPrivate());
    } catch (GeneralSecurityException | CertIOException | OperatorCreationException failed) {
      throw new IllegalStateException("no authority can be made by this JVM: " + failed, failed);
    }
  }

  /**
   * An authority that was made before.
   *
   * @throws IllegalArgumentException the texts are no certificate and key of an authority
   */
  public static CertificateAuthority of(Pem pem) {
    try {
      PrivateKey key = PrivateKeys.read(pem.key());
      X509Certificate certificate =
          Certificates.read(pem.certificate().getBytes(StandardCharsets.US_ASCII)).get(0);
      if (certificate.getBasicConstraints() >= 0) {
        return new CertificateAuthority(certificate, key);
      }
    } catch (GeneralSecurityException broken) {
      throw new IllegalArgumentException("no certificate and key of an authority in PEM form");
    }
    throw new IllegalArgumentException("a certificate that may not sign others");
  }

  /** The authority itself. */
  public Pem pem() {
    return pem(certificate, key);
  }

  /**
   * Signs a certificate for nodes, with which they both accept and make connections.
   *
   * @param name of the cluster: common name and DNS name
   * @param from when it begins to be valid
   * @param until when it ends to be
   */
  public Pem issue(String name, Instant from, Instant until) {
    try {
      KeyPair pair = pair();
      X509v3CertificateBuilder builder =
          builder(
              certificate.getSubjectX500Principal(),
              principal(name),
              pair.getPublic(),
              from,
              until);
      builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
      builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
      builder.addExtension(
          Extension.extendedKeyUsage,
          false,
          new ExtendedKeyUsage(
              new KeyPurposeId[] {KeyPurposeId.id_kp_serverAuth, KeyPurposeId.id_kp_clientAuth}));
      builder.addExtension(
          Extension.subjectAlternativeName,
          false,
          new GeneralNames(new GeneralName(GeneralName.dNSName, name)));
      builder.addExtension(
          Extension.authorityKeyIdentifier,
          false,
          new JcaX509ExtensionUtils().createAuthorityKeyIdentifier(certificate.getPublicKey()));
      return pem(sign(builder, key), pair.getPrivate());
    } catch (GeneralSecurityException | CertIOException | OperatorCreationException failed) {
      throw new IllegalStateException("no certificate can be made by this JVM: " + failed, failed);
    }
  }

  private static KeyPair pair() throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec("secp256r1"), RANDOM);
    return generator.generateKeyPair();
  }

  private static X500Principal principal(String name) {
    if (!name.matches("[a-zA-Z0-9]([a-zA-Z0-9.-]{0,62}[a-zA-Z0-9])?")) {
      throw new IllegalArgumentException(
          "a certificate's name must be 1 to 64 letters, digits, dots and - (was " + name + ")");
    }
    return new X500Principal("CN=" + name);
  }

  private static X509v3CertificateBuilder builder(
      X500Principal issuer, X500Principal subject, PublicKey of, Instant from, Instant until) {
    return new JcaX509v3CertificateBuilder(
        issuer, new BigInteger(120, RANDOM), Date.from(from), Date.from(until), subject, of);
  }

  private static X509Certificate sign(X509v3CertificateBuilder builder, PrivateKey by)
      throws OperatorCreationException, GeneralSecurityException {
    return new JcaX509CertificateConverter()
        .getCertificate(builder.build(new JcaContentSignerBuilder(SIGNATURE).build(by)));
  }

  private static Pem pem(X509Certificate certificate, PrivateKey key) {
    try {
      return new Pem(
          text("CERTIFICATE", certificate.getEncoded()), text("PRIVATE KEY", key.getEncoded()));
    } catch (GeneralSecurityException failed) {
      throw new IllegalStateException("a certificate that cannot be written", failed);
    }
  }

  private static String text(String label, byte[] der) {
    String lines =
        Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII)).encodeToString(der);
    return "-----BEGIN " + label + "-----\n" + lines + "\n-----END " + label + "-----\n";
  }
}
