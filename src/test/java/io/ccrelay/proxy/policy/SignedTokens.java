package io.ccrelay.proxy.policy;

import com.nimbusds.jose.EncryptionMethod;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWEAlgorithm;
import com.nimbusds.jose.JWEHeader;
import com.nimbusds.jose.JWEObject;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.DirectEncrypter;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSAEncrypter;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.ccrelay.policy.CertificateEntity;
import io.ccrelay.testing.Certificates;
import io.ccrelay.testing.FakeClock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.RSAPublicKey;
import java.util.Base64;
import java.util.Date;
import java.util.HexFormat;
import java.util.Optional;
import java.util.function.Consumer;

/** Tokens for the tests of {@code validate-jwt}, and the keys they are made with. */
final class SignedTokens {

  static final byte[] SECRET = "a secret of thirty-two bytes ...".getBytes(StandardCharsets.UTF_8);
  static final String KEY = Base64.getEncoder().encodeToString(SECRET);
  static final RSAKey RSA;
  static final CertificateEntity CURVE;
  static final CertificateEntity OPENING;

  static {
    try {
      RSA = new RSAKeyGenerator(2048).keyID("one").generate();
      CURVE = entity(Certificates.make(Files.createTempDirectory("keys"), "issuer"));
      OPENING = entity(Certificates.makeRsa(Files.createTempDirectory("keys"), "opener"));
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private SignedTokens() {}

  static String token(Consumer<JWTClaimsSet.Builder> change) {
    return token(new JWSHeader(JWSAlgorithm.HS256), signer(), change);
  }

  private static JWSSigner signer() {
    try {
      return new MACSigner(SECRET);
    } catch (JOSEException e) {
      throw new AssertionError(e);
    }
  }

  static JWTClaimsSet claims(Consumer<JWTClaimsSet.Builder> change) {
    var claims =
        new JWTClaimsSet.Builder()
            .issuer("issuer")
            .audience("audience")
            .subject("ada")
            .expirationTime(Date.from(FakeClock.START.plusSeconds(60)));
    change.accept(claims);
    return claims.build();
  }

  static String token(JWSHeader header, JWSSigner signer, Consumer<JWTClaimsSet.Builder> change) {
    try {
      var token = new SignedJWT(header, claims(change));
      token.sign(signer);
      return token.serialize();
    } catch (JOSEException e) {
      throw new AssertionError(e);
    }
  }

  static String good() {
    return token(_ -> {});
  }

  static String byRsa() {
    try {
      var header = new JWSHeader.Builder(JWSAlgorithm.RS256).keyID("one").build();
      return token(header, new RSASSASigner(RSA), _ -> {});
    } catch (JOSEException e) {
      throw new AssertionError(e);
    }
  }

  static String byCurve(String thumbprint) {
    try {
      var header =
          new JWSHeader.Builder(JWSAlgorithm.ES256)
              .x509CertThumbprint(Base64URL.encode(HexFormat.of().parseHex(thumbprint)))
              .build();
      return token(header, new ECDSASigner((ECPrivateKey) CURVE.key()), _ -> {});
    } catch (JOSEException | CertificateEntity.MalformedException e) {
      throw new AssertionError(e);
    }
  }

  /** A signed token inside an encrypted one. */
  static String sealed(boolean shared) {
    try {
      var header =
          new JWEHeader.Builder(
                  shared ? JWEAlgorithm.DIR : JWEAlgorithm.RSA_OAEP_256, EncryptionMethod.A256GCM)
              .contentType("JWT")
              .keyID("k")
              .build();
      var token = new JWEObject(header, new Payload(good()));
      token.encrypt(
          shared
              ? new DirectEncrypter(SECRET)
              : new RSAEncrypter((RSAPublicKey) OPENING.first().publicKey()));
      return token.serialize();
    } catch (JOSEException e) {
      throw new AssertionError(e);
    }
  }

  private static CertificateEntity entity(Certificates.Pair pair) throws Exception {
    return CertificateEntity.of(pair.certificate(), Optional.of(pair.key()));
  }
}
