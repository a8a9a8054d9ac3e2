package dev.furrow.config;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.List;
import java.util.Optional;
import org.apache.pekko.pki.pem.DERPrivateKeyLoader;
import org.apache.pekko.pki.pem.PEMDecoder;
import org.apache.pekko.pki.pem.PEMLoadingException;

/** Reads a private key in PEM form (RFC 7468): PKCS#8 of any algorithm, or PKCS#1, which is RSA. */
final class PrivateKeys {

  private static final List<String> ALGORITHMS = List.of("EC", "RSA", "EdDSA");

  private PrivateKeys() {}

  /**
   * Reads the one key of a text.
   *
   * @throws GeneralSecurityException it is none, without a cause and without a word of the text
   */
  static PrivateKey read(String pem) throws GeneralSecurityException {
    try {
      PEMDecoder.DERData der = PEMDecoder.decode(pem);
      return der.label().equals("PRIVATE KEY") ? pkcs8(der.bytes()) : DERPrivateKeyLoader.load(der);
    } catch (PEMLoadingException | IllegalArgumentException unreadable) {
      throw new GeneralSecurityException("no private key");
    }
  }

  private static PrivateKey pkcs8(byte[] der) throws GeneralSecurityException {
    for (String algorithm : ALGORITHMS) {
      Optional<PrivateKey> key = pkcs8(algorithm, der);
      if (key.isPresent()) {
        return key.get();
      }
    }
    throw new GeneralSecurityException("no private key of " + ALGORITHMS);
  }

  private static Optional<PrivateKey> pkcs8(String algorithm, byte[] der) {
    try {
      KeyFactory factory = KeyFactory.getInstance(algorithm);
      return Optional.of(factory.generatePrivate(new PKCS8EncodedKeySpec(der)));
    } catch (GeneralSecurityException another) {
      return Optional.empty();
    }
  }
}
