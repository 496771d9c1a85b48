package io.ccrelay.policy;

import io.ccrelay.policy.expression.value.X509;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertificateException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A certificate of the configuration. Immutable.
 *
 * @param chain the certificate, and those that vouch for it
 * @param pem the same as text
 * @param keyPem its key, PKCS #8; without it the certificate only identifies others
 */
public record CertificateEntity(List<X509> chain, String pem, Optional<String> keyPem) {

  private static final Pattern KEY =
      Pattern.compile("-----BEGIN PRIVATE KEY-----([A-Za-z0-9+/=\\s]+)-----END PRIVATE KEY-----");
  private static final byte[] PROBE = {1, 2, 3};

  /** Makes the list immutable. */
  public CertificateEntity {
    chain = List.copyOf(chain);
  }

  /**
   * A certificate of PEM texts.
   *
   * @throws MalformedException if they are none, or the key is not that of the certificate
   */
  public static CertificateEntity of(String certificate, Optional<String> key)
      throws MalformedException {
    List<X509> chain;
    try {
      chain = X509.pem(certificate);
    } catch (CertificateException e) {
      throw new MalformedException(false, "holds no certificate (expected: PEM)");
    }
    var entity = new CertificateEntity(chain, certificate, key);
    if (key.isPresent()) {
      check(chain.getFirst().publicKey(), entity.key());
    }
    return entity;
  }

  private static void check(PublicKey theirs, PrivateKey own) throws MalformedException {
    try {
      Signature signature = Signature.getInstance(algorithm(theirs));
      signature.initSign(own);
      signature.update(PROBE);
      byte[] signed = signature.sign();
      signature.initVerify(theirs);
      signature.update(PROBE);
      if (signature.verify(signed)) {
        return;
      }
    } catch (GeneralSecurityException e) {
      throw new MalformedException(true, "cannot be used with the certificate");
    }
    throw new MalformedException(true, "is not that of the certificate");
  }

  private static String algorithm(PublicKey key) {
    return switch (key.getAlgorithm()) {
      case "EC" -> "SHA256withECDSA";
      case "RSA" -> "SHA256withRSA";
      case String other -> other;
    };
  }

  /** The certificate itself. */
  public X509 first() {
    return chain.getFirst();
  }

  /** The certificate itself, with its key if there is one. */
  public X509 identity() {
    try {
      return keyPem.isPresent() ? first().with(key()) : first();
    } catch (MalformedException checkedBefore) {
      return first();
    }
  }

  /**
   * Its private key.
   *
   * @throws MalformedException if there is none
   */
  public PrivateKey key() throws MalformedException {
    Matcher found = KEY.matcher(keyPem.orElse(""));
    if (!found.find()) {
      throw new MalformedException(true, "holds no key (expected: PEM, PKCS #8, not encrypted)");
    }
    try {
      byte[] bytes = Base64.getMimeDecoder().decode(found.group(1));
      return KeyFactory.getInstance(first().publicKey().getAlgorithm())
          .generatePrivate(new PKCS8EncodedKeySpec(bytes));
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      throw new MalformedException(true, "holds no key of the certificate's kind");
    }
  }

  /** Without the key. */
  @Override
  public String toString() {
    return "CertificateEntity[" + first().thumbprint() + "]";
  }

  /** A text is not what it should be. Without quoting it. */
  public static final class MalformedException extends Exception {

    private static final long serialVersionUID = 1L;

    private final boolean ofKey;

    MalformedException(boolean ofKey, String problem) {
      super(problem);
      this.ofKey = ofKey;
    }

    /** Whether it is the key's text. */
    public boolean ofKey() {
      return ofKey;
    }

    /** What is wrong with it. */
    public String problem() {
      return String.valueOf(getMessage());
    }
  }
}
