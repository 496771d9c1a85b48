package io.ccrelay.cache.cluster.group;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.NamedParameterSpec;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/**
 * A certificate made of a secret: an Ed25519 pair (RFC 8032) whose seed is the stretched secret,
 * and a self-signed certificate around it (RFC 8410). The same secret gives the same pair.
 */
final class SecretCertificate {

  private static final int STRETCHING = 210_000;
  private static final byte[] SALT = "cc-relay members".getBytes(StandardCharsets.US_ASCII);

  /** Version 3, serial number 1, Ed25519. */
  private static final byte[] BEGIN = Der.hex("a003020102" + "020101");

  private static final byte[] ALGORITHM = Der.hex("300506032b6570");

  /** The years 2000 to 2099. */
  private static final byte[] VALIDITY =
      Der.sequence(Der.utcTime("000101000000Z"), Der.generalizedTime("20991231235959Z"));

  private static final byte[] NAME =
      Der.sequence(Der.set(Der.sequence(Der.hex("0603550403"), Der.utf8("cc-relay member"))));

  private SecretCertificate() {}

  static MemberTls of(String secret) throws GeneralSecurityException, IOException {
    KeyPair pair = pair(secret);
    X509Certificate certificate = certificate(pair);
    X509Certificate[] chain = {certificate};
    return new MemberTls(
        pair.getPrivate(), chain, chain, new SamePublicKey(certificate.getPublicKey()));
  }

  private static KeyPair pair(String secret) throws GeneralSecurityException {
    var stretched =
        SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
            .generateSecret(new PBEKeySpec(secret.toCharArray(), SALT, STRETCHING, 256))
            .getEncoded();
    var generator = KeyPairGenerator.getInstance("Ed25519");
    generator.initialize(NamedParameterSpec.ED25519, new Seed(stretched));
    return generator.generateKeyPair();
  }

  private static X509Certificate certificate(KeyPair pair) throws GeneralSecurityException {
    byte[] content =
        Der.sequence(BEGIN, ALGORITHM, NAME, VALIDITY, NAME, pair.getPublic().getEncoded());
    var signature = Signature.getInstance("Ed25519");
    signature.initSign(pair.getPrivate());
    signature.update(content);
    byte[] whole = Der.sequence(content, ALGORITHM, Der.bits(signature.sign()));
    return (X509Certificate)
        CertificateFactory.getInstance("X.509")
            .generateCertificate(new ByteArrayInputStream(whole));
  }

  /** Gives the generator its seed: RFC 8032 section 5.1.5 takes 32 octets as they are. */
  private static final class Seed extends SecureRandom {

    private static final long serialVersionUID = 1L;

    @SuppressWarnings("serial") // never serialised
    private final byte[] octets;

    Seed(byte[] octets) {
      this.octets = octets;
    }

    @Override
    public void nextBytes(byte[] bytes) {
      if (bytes.length != octets.length) {
        throw new IllegalStateException("the generator asks for " + bytes.length + " octets");
      }
      System.arraycopy(octets, 0, bytes, 0, bytes.length);
    }
  }
}
