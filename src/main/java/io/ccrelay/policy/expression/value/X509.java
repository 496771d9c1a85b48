package io.ccrelay.policy.expression.value;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import javax.security.auth.x500.X500Principal;
import org.jspecify.annotations.Nullable;

/**
 * {@code X509Certificate2} (RFC 5280), and its private key where that is known. Immutable; safe for
 * use from any context.
 */
public final class X509 {

  private final X509Certificate certificate;

  private final @Nullable PrivateKey privateKey;

  private X509(X509Certificate certificate, @Nullable PrivateKey privateKey) {
    this.certificate = certificate;
    this.privateKey = privateKey;
  }

  /** The value of {@code certificate}. */
  public static X509 of(X509Certificate certificate) {
    return new X509(certificate, null);
  }

  /**
   * All certificates of a PEM text.
   *
   * @throws CertificateException if it holds none, or something else
   */
  public static List<X509> pem(String text) throws CertificateException {
    var bytes = text.getBytes(StandardCharsets.US_ASCII);
    List<X509> all =
        CertificateFactory.getInstance("X.509")
            .generateCertificates(new ByteArrayInputStream(bytes))
            .stream()
            .map(one -> of((X509Certificate) one))
            .toList();
    if (all.isEmpty()) {
      throw new CertificateException("no certificate");
    }
    return all;
  }

  /** The certificate as the JDK has it. */
  public X509Certificate certificate() {
    return certificate;
  }

  /** Whose it is, the most specific part first: {@code CN=a, O=b}. */
  public String subject() {
    return certificate.getSubjectX500Principal().getName(X500Principal.RFC1779);
  }

  /** Who vouches for it. */
  public String issuer() {
    return certificate.getIssuerX500Principal().getName(X500Principal.RFC1779);
  }

  /** SHA-1 of its bytes in hexadecimal capitals. */
  public String thumbprint() {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-1").digest(bytes());
      return HexFormat.of().formatHex(digest).toUpperCase(Locale.ROOT);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** In hexadecimal capitals. */
  public String serialNumber() {
    String digits = certificate.getSerialNumber().toString(16).toUpperCase(Locale.ROOT);
    return digits.length() % 2 == 0 ? digits : "0" + digits;
  }

  /** The first moment at which it holds. */
  public Instant notBefore() {
    return certificate.getNotBefore().toInstant();
  }

  /** The last moment at which it holds. */
  public Instant notAfter() {
    return certificate.getNotAfter().toInstant();
  }

  /** Its key. */
  public PublicKey publicKey() {
    return certificate.getPublicKey();
  }

  /** The same, which can sign. */
  public X509 with(PrivateKey own) {
    return new X509(certificate, own);
  }

  /** The key that belongs to {@link #publicKey}; {@code null} if it is not known here. */
  public @Nullable PrivateKey privateKey() {
    return privateKey;
  }

  /** DER. */
  public byte[] bytes() {
    try {
      return certificate.getEncoded();
    } catch (CertificateException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * Whether it holds at {@code now} and is one of {@code known}, or signed by an authority among
   * them. Nobody is asked whether it was revoked.
   */
  public boolean vouchedFor(Instant now, Collection<X509> known) {
    boolean holds = !now.isBefore(notBefore()) && !now.isAfter(notAfter());
    return holds && (known.contains(this) || known.stream().anyMatch(one -> one.signed(this, now)));
  }

  private boolean signed(X509 other, Instant now) {
    boolean authority = certificate.getBasicConstraints() >= 0;
    boolean holds = !now.isBefore(notBefore()) && !now.isAfter(notAfter());
    if (!authority || !holds || !issues(other)) {
      return false;
    }
    try {
      other.certificate.verify(publicKey());
      return true;
    } catch (GeneralSecurityException e) {
      return false;
    }
  }

  private boolean issues(X509 other) {
    return certificate.getSubjectX500Principal().equals(other.certificate.getIssuerX500Principal());
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof X509 that && certificate.equals(that.certificate);
  }

  @Override
  public int hashCode() {
    return certificate.hashCode();
  }

  /** The subject. */
  @Override
  public String toString() {
    return subject();
  }
}
