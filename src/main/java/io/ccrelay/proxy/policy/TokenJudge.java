package io.ccrelay.proxy.policy;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.MACVerifier;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.OctetSequenceKey;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jwt.EncryptedJWT;
import com.nimbusds.jwt.JWT;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.JWTParser;
import com.nimbusds.jwt.SignedJWT;
import io.ccrelay.policy.run.Answer;
import io.ccrelay.policy.run.Effect;
import io.ccrelay.policy.run.Effect.TokenRules;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.text.ParseException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Judges tokens (RFC 7519) by a library, on a worker: signatures are slow. Confined to the context
 * of its key sets.
 */
final class TokenJudge {

  private static final int LONGEST_TOKEN = 16 << 10;

  private final Vertx vertx;
  private final InstantSource clock;
  private final KeySets keySets;

  TokenJudge(Vertx vertx, InstantSource clock, KeySets keySets) {
    this.vertx = vertx;
    this.clock = clock;
    this.keySets = keySets;
  }

  Future<Answer> judge(Effect.Validate wish) {
    if (wish.token().length() > LONGEST_TOKEN) {
      return Future.succeededFuture(invalid("TokenInvalid", "JWT is too long."));
    }
    return keySets
        .of(wish.rules().openIdConfigs())
        .compose(published -> {
          var rules = wish.rules();
          Instant now = clock.instant();
          return vertx
              .executeBlocking(() -> judged(wish.token(), rules, published, now), false)
              .<Answer>map(Objects::requireNonNull);
        })
        .otherwise(_ -> invalid("TokenValidationFailure", "JWT could not be validated."));
  }

  private static Answer judged(
      String token, TokenRules rules, KeySets.Published published, Instant now)
      throws ParseException, JOSEException {
    JWT jwt;
    try {
      jwt = JWTParser.parse(token);
    } catch (ParseException malformed) {
      return invalid("TokenInvalid", "JWT is malformed.");
    }
    if (jwt instanceof EncryptedJWT sealed) {
      Optional<JWT> opened = TokenKeys.opened(sealed, rules.decryptionKeys());
      if (opened.isEmpty()) {
        return invalid("TokenDecryptionFailed", "JWT could not be decrypted.");
      }
      jwt = opened.get();
    }
    return opened(jwt, rules, published, now);
  }

  private static Answer opened(JWT jwt, TokenRules rules, KeySets.Published published, Instant now)
      throws ParseException, JOSEException {
    Optional<Answer> refusal = signature(jwt, rules, published.keys());
    if (refusal.isPresent()) {
      return refusal.get();
    }
    JWTClaimsSet claims = jwt.getJWTClaimsSet();
    return claims(claims, rules, published.issuers(), now)
        .orElseGet(() -> new Answer.TokenValid(plain(claims), jwt.serialize()));
  }

  private static Optional<Answer> signature(JWT jwt, TokenRules rules, List<JWK> published)
      throws JOSEException {
    if (!(jwt instanceof SignedJWT signed)) {
      return rules.requireSignature()
          ? Optional.of(invalid("TokenSignatureNotPresent", "JWT is not signed."))
          : Optional.empty();
    }
    var keys = new ArrayList<JWK>(published);
    for (Effect.TokenKey key : rules.keys()) {
      keys.add(TokenKeys.of(key));
    }
    for (JWK key : keys) {
      if (TokenKeys.named(signed.getHeader(), key) && verifies(signed, key)) {
        return Optional.empty();
      }
    }
    return Optional.of(invalid("TokenSignatureInvalid", "JWT signature is not valid."));
  }

  /** The kind of key decides which algorithms are tried: a public key is never a shared secret. */
  private static boolean verifies(SignedJWT jwt, JWK key) throws JOSEException {
    JWSVerifier verifier =
        switch (key) {
          case RSAKey rsa -> new RSASSAVerifier(rsa.toRSAPublicKey());
          case ECKey curve -> new ECDSAVerifier(curve.toECPublicKey());
          case OctetSequenceKey secret -> new MACVerifier(secret.toByteArray());
          default -> throw new JOSEException("key type");
        };
    return verifier.supportedJWSAlgorithms().contains(jwt.getHeader().getAlgorithm())
        && jwt.verify(verifier);
  }

  private static Optional<Answer> claims(
      JWTClaimsSet claims, TokenRules rules, List<String> publishedIssuers, Instant now) {
    Date expires = claims.getExpirationTime();
    Date begins = claims.getNotBeforeTime();
    var issuers = new ArrayList<>(rules.issuers());
    issuers.addAll(publishedIssuers);
    if (expires == null && rules.requireExpiration()) {
      return Optional.of(invalid("TokenExpirationNotPresent", "JWT has no expiration time."));
    }
    if (expires != null && !now.minus(rules.clockSkew()).isBefore(expires.toInstant())) {
      return Optional.of(invalid("TokenExpired", "JWT has expired."));
    }
    if (begins != null && now.plus(rules.clockSkew()).isBefore(begins.toInstant())) {
      return Optional.of(invalid("TokenNotYetValid", "JWT is not yet valid."));
    }
    if (!rules.audiences().isEmpty()
        && claims.getAudience().stream().noneMatch(rules.audiences()::contains)) {
      return Optional.of(invalid("TokenAudienceNotAllowed", "JWT is for another audience."));
    }
    return issuers.isEmpty() || issuers.contains(claims.getIssuer())
        ? Optional.empty()
        : Optional.of(invalid("TokenIssuerNotAllowed", "JWT is of another issuer."));
  }

  private static Map<String, @Nullable Object> plain(JWTClaimsSet claims) {
    var plain = new HashMap<String, @Nullable Object>();
    claims
        .getClaims()
        .forEach((name, value) ->
            plain.put(
                name, value instanceof Date date ? date.toInstant().getEpochSecond() : value));
    return plain;
  }

  private static Answer invalid(String reason, String message) {
    return new Answer.TokenInvalid(reason, message);
  }
}
