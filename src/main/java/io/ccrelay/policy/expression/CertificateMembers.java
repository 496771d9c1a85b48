package io.ccrelay.policy.expression;

import io.ccrelay.policy.expression.value.ClrException;
import io.ccrelay.policy.expression.value.DateTime;
import io.ccrelay.policy.expression.value.X509;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAPrivateKey;
import java.security.interfaces.RSAPublicKey;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** {@code X509Certificate2}: who a client is, as its certificate says. */
final class CertificateMembers {

  private static final String NAMESPACE = "System.Security.Cryptography.X509Certificates";
  private static final int LARGEST = 64 << 10;

  private CertificateMembers() {}

  static void fill() {
    var type = Types.declare(NAMESPACE, "X509Certificate2", X509.class);
    Types.alias(NAMESPACE, "X509Certificate", type);
    identity(type);
    type.property("NotBefore", "DateTime", a -> date(certificate(a).notBefore()))
        .property("NotAfter", "DateTime", a -> date(certificate(a).notAfter()))
        .property("RawData", "Array", a -> certificate(a).bytes())
        .property("Version", "int", a -> certificate(a).certificate().getVersion())
        .property("FriendlyName", "string", a -> "")
        .property("HasPrivateKey", "bool", a -> certificate(a).privateKey() != null)
        .property("PrivateKey", "RSA", CertificateMembers::privateRsa)
        .method("GetRSAPrivateKey", 0, 0, "RSA", CertificateMembers::privateRsa)
        .method("GetRawCertData", 0, 0, "Array", a -> certificate(a).bytes())
        .method("GetEffectiveDateString", 0, 0, "string", a -> text(certificate(a).notBefore()))
        .method("GetExpirationDateString", 0, 0, "string", a -> text(certificate(a).notAfter()))
        .method("GetRSAPublicKey", 0, 0, "RSA", CertificateMembers::rsa)
        .method("Verify", 0, 0, "bool", CertificateMembers::verify)
        .method("VerifyNoRevocation", 0, 0, "bool", CertificateMembers::verify)
        .constructor(1, 1, a -> read(a.bytes(0)))
        .inherits(Types.OBJECT);
  }

  private static void identity(ClrType certificate) {
    Types.declare(NAMESPACE, "X500DistinguishedName", Name.class)
        .property("Name", "string", a -> a.self(Name.class).name())
        .inherits(Types.OBJECT);
    certificate
        .property("Subject", "string", a -> certificate(a).subject())
        .property("SubjectName", "X500DistinguishedName", a -> new Name(certificate(a).subject()))
        .property("Issuer", "string", a -> certificate(a).issuer())
        .property("IssuerName", "X500DistinguishedName", a -> new Name(certificate(a).issuer()))
        .property("Thumbprint", "string", a -> certificate(a).thumbprint())
        .property("SerialNumber", "string", a -> certificate(a).serialNumber())
        .method("GetCertHashString", 0, 0, "string", a -> certificate(a).thumbprint())
        .method("GetSerialNumberString", 0, 0, "string", a -> certificate(a).serialNumber());
  }

  /** A name in a certificate. */
  record Name(String name) {}

  private static X509 certificate(Args a) {
    return a.self(X509.class);
  }

  private static DateTime date(Instant moment) {
    return DateTime.of(moment);
  }

  private static String text(Instant moment) {
    return Texts.of(date(moment));
  }

  /** Certificates of the configuration vouch for others; no other authority is known. */
  private static boolean verify(Args a) {
    var context = a.frame.context;
    a.budget().steps(100);
    return certificate(a).vouchedFor(context.now(), context.deployment().certificates().values());
  }

  private static @Nullable Object rsa(Args a) {
    return certificate(a).publicKey() instanceof RSAPublicKey key ? new RsaKey(key) : null;
  }

  private static @Nullable Object privateRsa(Args a) {
    return certificate(a).publicKey() instanceof RSAPublicKey key
            && certificate(a).privateKey() instanceof RSAPrivateKey own
        ? new RsaKey(key, own)
        : null;
  }

  /** DER, or PEM as bytes. */
  private static X509 read(byte[] bytes) {
    try {
      boolean pem = bytes.length > 0 && bytes[0] == '-';
      if (bytes.length > LARGEST) {
        throw new CertificateException("too long");
      }
      return pem
          ? X509.pem(new String(bytes, StandardCharsets.US_ASCII)).getFirst()
          : X509.of(
              (X509Certificate)
                  CertificateFactory.getInstance("X.509")
                      .generateCertificate(new ByteArrayInputStream(bytes)));
    } catch (CertificateException malformed) {
      throw new ClrException("CryptographicException", "Cannot find the requested object.");
    }
  }
}
