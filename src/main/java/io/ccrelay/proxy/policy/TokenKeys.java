package io.ccrelay.proxy.policy;

import com.nimbusds.jose.Header;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWEAlgorithm;
import com.nimbusds.jose.JWEDecrypter;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.AESDecrypter;
import com.nimbusds.jose.crypto.DirectDecrypter;
import com.nimbusds.jose.crypto.ECDHDecrypter;
import com.nimbusds.jose.crypto.RSADecrypter;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.OctetSequenceKey;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jwt.EncryptedJWT;
import com.nimbusds.jwt.JWT;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import io.ccrelay.policy.CertificateEntity;
import io.ccrelay.policy.expression.value.X509;
import io.ccrelay.policy.run.Effect.TokenKey;
import java.security.PrivateKey;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.text.ParseException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Keys of documents as the library of tokens has them, and tokens that are opened with them. */
final class TokenKeys {

  private TokenKeys() {}

  /** The key that verifies. */
  static JWK of(TokenKey key) throws JOSEException {
    String id = key.id().isEmpty() ? null : key.id();
    return switch (key) {
      case TokenKey.Shared(var _, String base64) ->
          new OctetSequenceKey.Builder(Base64.getDecoder().decode(base64)).keyID(id).build();
      case TokenKey.Rsa(var _, String modulus, String exponent) ->
          new RSAKey.Builder(new Base64URL(modulus), new Base64URL(exponent)).keyID(id).build();
      case TokenKey.Certified(var _, CertificateEntity entity) -> certified(id, entity.first());
    };
  }

  @SuppressWarnings("deprecation") // SHA-1 names a certificate here, it proves nothing
  private static JWK certified(@Nullable String id, X509 certificate) throws JOSEException {
    var thumbprint = Base64URL.encode(HexFormat.of().parseHex(certificate.thumbprint()));
    return switch (certificate.publicKey()) {
      case RSAPublicKey key ->
          new RSAKey.Builder(key).keyID(id).x509CertThumbprint(thumbprint).build();
      case ECPublicKey key ->
          new ECKey.Builder(Curve.forECParameterSpec(key.getParams()), key)
              .keyID(id)
              .x509CertThumbprint(thumbprint)
              .build();
      default -> throw new JOSEException("key type");
    };
  }

  /**
   * Whether a token with {@code header} may be meant for {@code key}: neither identifier nor
   * thumbprint (RFC 7515 sections 4.1.4 and 4.1.7) says otherwise.
   */
  @SuppressWarnings("deprecation") // SHA-1 names a certificate here, it proves nothing
  static boolean named(JWSHeader header, JWK key) {
    return agree(header.getKeyID(), key.getKeyID())
        && agree(header.getX509CertThumbprint(), key.getX509CertThumbprint());
  }

  private static boolean agree(@Nullable Object one, @Nullable Object other) {
    return one == null || other == null || one.equals(other);
  }

  /** What is in an encrypted token (RFC 7516); empty if none of {@code keys} opens it. */
  static Optional<JWT> opened(EncryptedJWT token, List<TokenKey> keys) {
    String wanted = token.getHeader().getKeyID();
    for (TokenKey key : keys) {
      if (key.id().isEmpty() || wanted == null || key.id().equals(wanted)) {
        Optional<JWT> content = opened(token, key);
        if (content.isPresent()) {
          return content;
        }
      }
    }
    return Optional.empty();
  }

  private static Optional<JWT> opened(EncryptedJWT token, TokenKey key) {
    try {
      var copy = EncryptedJWT.parse(token.serialize());
      copy.decrypt(decrypter(copy.getHeader(), key));
      SignedJWT signed = copy.getPayload().toSignedJWT();
      return Optional.of(
          signed != null
              ? signed
              : new PlainJWT(JWTClaimsSet.parse(copy.getPayload().toJSONObject())));
    } catch (JOSEException
        | ParseException
        | CertificateEntity.MalformedException
        | IllegalArgumentException another) {
      return Optional.empty();
    }
  }

  private static JWEDecrypter decrypter(Header header, TokenKey key)
      throws JOSEException, CertificateEntity.MalformedException {
    return switch (key) {
      case TokenKey.Shared(var _, String base64) -> {
        byte[] secret = Base64.getDecoder().decode(base64);
        yield header.getAlgorithm().equals(JWEAlgorithm.DIR)
            ? new DirectDecrypter(secret)
            : new AESDecrypter(secret);
      }
      case TokenKey.Certified(var _, CertificateEntity entity) -> decrypter(entity.key());
      case TokenKey.Rsa _ -> throw new JOSEException("a public key opens nothing");
    };
  }

  private static JWEDecrypter decrypter(PrivateKey key) throws JOSEException {
    return key instanceof ECPrivateKey curve ? new ECDHDecrypter(curve) : new RSADecrypter(key);
  }
}
