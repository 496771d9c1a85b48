package io.ccrelay.proxy.policy;

import static io.ccrelay.proxy.policy.AttributeCase.attribute;
import static io.ccrelay.proxy.policy.AttributeCase.saying;
import static io.ccrelay.proxy.policy.AttributeCase.told;

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
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
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
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Every attribute and child of {@code validate-jwt}. */
class TokenAttributesTest {

  private static final byte[] SECRET =
      "a secret of thirty-two bytes ...".getBytes(StandardCharsets.UTF_8);
  private static final String KEY = Base64.getEncoder().encodeToString(SECRET);
  private static final String KEYS =
      "<issuer-signing-keys><key>" + KEY + "</key></issuer-signing-keys>";

  private static final RSAKey RSA;
  private static final CertificateEntity CURVE;
  private static final CertificateEntity OPENING;

  static {
    try {
      RSA = new RSAKeyGenerator(2048).keyID("one").generate();
      CURVE = entity(Certificates.make(Files.createTempDirectory("keys"), "issuer"));
      OPENING = entity(Certificates.makeRsa(Files.createTempDirectory("keys"), "opener"));
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private static CertificateEntity entity(Certificates.Pair pair) throws Exception {
    return CertificateEntity.of(pair.certificate(), Optional.of(pair.key()));
  }

  static Stream<AttributeCase> cases() {
    return Stream.of(
            places(), refusals(), times(), lists(), claims(), published(), keys(), sealed())
        .flatMap(all -> all);
  }

  @TestFactory
  Stream<DynamicTest> everyAttributeDoesWhatItSays() {
    return cases().map(AttributeCase::test);
  }

  private static AttributeCase jwt(String name, String attributes, String children) {
    return attribute("validate-jwt " + name)
        .inbound("<validate-jwt " + attributes + ">" + children + "</validate-jwt>");
  }

  private static AttributeCase inHeader(String name, String attributes, String children) {
    return jwt(name, "header-name=\"Authorization\" " + attributes, KEYS + children);
  }

  private static String token(Consumer<JWTClaimsSet.Builder> change) {
    return token(new JWSHeader(JWSAlgorithm.HS256), signer(), change);
  }

  private static JWSSigner signer() {
    try {
      return new MACSigner(SECRET);
    } catch (JOSEException e) {
      throw new AssertionError(e);
    }
  }

  private static JWTClaimsSet claims(Consumer<JWTClaimsSet.Builder> change) {
    var claims =
        new JWTClaimsSet.Builder()
            .issuer("issuer")
            .audience("audience")
            .subject("ada")
            .expirationTime(Date.from(FakeClock.START.plusSeconds(60)));
    change.accept(claims);
    return claims.build();
  }

  private static String token(
      JWSHeader header, JWSSigner signer, Consumer<JWTClaimsSet.Builder> change) {
    try {
      var token = new SignedJWT(header, claims(change));
      token.sign(signer);
      return token.serialize();
    } catch (JOSEException e) {
      throw new AssertionError(e);
    }
  }

  private static String good() {
    return token(_ -> {});
  }

  private static Function<PolicyRelay, String> shown(java.util.function.Supplier<String> token) {
    return relay -> "" + relay.get("/", "Authorization", "Bearer " + token.get()).statusCode();
  }

  private static Stream<AttributeCase> places() {
    String subject = saying("((Jwt)context.Variables[\"t\"]).Subject");
    return Stream.of(
        jwt("@header-name", "header-name=\"@(\"X-Token\")\"", KEYS)
            .sees(
                "200 401",
                relay ->
                    relay.get("/", "X-Token", good()).statusCode()
                        + " "
                        + relay.get("/", "Authorization", good()).statusCode()),
        jwt("@query-parameter-name", "query-parameter-name=\"t\"", KEYS)
            .sees("200", relay -> "" + relay.get("/?t=" + good()).statusCode()),
        jwt(
                "@token-value",
                "token-value=\"@(context.Request.Headers.GetValueOrDefault(\"V\",\"\"))\"",
                KEYS)
            .sees("200", relay -> "" + relay.get("/", "V", good()).statusCode()),
        attribute("validate-jwt @output-token-variable-name")
            .inbound(
                "<validate-jwt header-name=\"Authorization\" output-token-variable-name=\"t\">"
                    + KEYS
                    + "</validate-jwt>"
                    + subject)
            .sees("200 ada", relay -> told(relay.get("/", "Authorization", good()))));
  }

  private static Stream<AttributeCase> refusals() {
    return Stream.of(
        inHeader("@failed-validation-httpcode", "failed-validation-httpcode=\"@(403)\"", "")
            .sees("403", relay -> "" + relay.get("/").statusCode()),
        inHeader(
                "@failed-validation-error-message",
                "failed-validation-error-message=\"@(\"no\")\"",
                "")
            .answers("401 { \"statusCode\": 401, \"message\": \"no\" }"),
        inHeader("@require-scheme", "require-scheme=\"Bearer\"", "")
            .sees(
                "200 401",
                relay ->
                    shown(TokenAttributesTest::good).apply(relay)
                        + " "
                        + relay.get("/", "Authorization", good()).statusCode()),
        inHeader("@require-signed-tokens", "require-signed-tokens=\"false\"", "")
            .sees("200", shown(() -> new PlainJWT(claims(_ -> {})).serialize())),
        inHeader("@require-signed-tokens", "", "")
            .sees("401", shown(() -> new PlainJWT(claims(_ -> {})).serialize())));
  }

  private static Stream<AttributeCase> times() {
    return Stream.of(
        inHeader("@require-expiration-time", "require-expiration-time=\"false\"", "")
            .sees("200", shown(() -> token(claims -> claims.expirationTime(null)))),
        inHeader("@require-expiration-time", "", "")
            .sees("401", shown(() -> token(claims -> claims.expirationTime(null)))),
        inHeader("@clock-skew", "clock-skew=\"10\"", "")
            .sees(
                "200 401",
                relay -> {
                  relay.wait(65);
                  String within = shown(TokenAttributesTest::good).apply(relay);
                  relay.wait(10);
                  return within + " " + shown(TokenAttributesTest::good).apply(relay);
                }));
  }

  private static Stream<AttributeCase> lists() {
    String audiences = "<audiences><audience>a</audience><audience>%s</audience></audiences>";
    String issuers = "<issuers><issuer>i</issuer><issuer>%s</issuer></issuers>";
    return Stream.of(
        inHeader("audiences", "", audiences.formatted("b"))
            .sees("401", shown(TokenAttributesTest::good)),
        inHeader("audiences/audience", "", audiences.formatted("@(\"audience\")"))
            .sees("200", shown(TokenAttributesTest::good)),
        inHeader("issuers", "", issuers.formatted("b"))
            .sees("401", shown(TokenAttributesTest::good)),
        inHeader("issuers/issuer", "", issuers.formatted("@(\"issuer\")"))
            .sees("200", shown(TokenAttributesTest::good)));
  }

  private static Stream<AttributeCase> claims() {
    String claim =
        "<required-claims><claim name=\"%s\" match=\"%s\"%s><value>%s</value><value>b</value></claim></required-claims>";
    Function<PolicyRelay, String> both =
        shown(() -> token(claims -> claims.claim("r", List.of("a", "b"))));
    Function<PolicyRelay, String> joined = shown(() -> token(claims -> claims.claim("r", "a;b")));
    return Stream.of(
        inHeader("required-claims", "", claim.formatted("r", "all", "", "a"))
            .sees("401", shown(TokenAttributesTest::good)),
        inHeader("required-claims/claim", "", claim.formatted("r", "all", "", "a"))
            .sees("200", both),
        inHeader("required-claims/claim/@name", "", claim.formatted("@(\"q\")", "all", "", "a"))
            .sees("401", both),
        inHeader("required-claims/claim/@match", "", claim.formatted("r", "any", "", "c"))
            .sees("200", both),
        inHeader("required-claims/claim/@match", "", claim.formatted("r", "@(\"all\")", "", "c"))
            .sees("401", both),
        inHeader(
                "required-claims/claim/@separator",
                "",
                claim.formatted("r", "all", " separator=\";\"", "a"))
            .sees("200", joined),
        inHeader("required-claims/claim/@separator", "", claim.formatted("r", "all", "", "a"))
            .sees("401", joined),
        inHeader("required-claims/claim/value", "", claim.formatted("r", "all", "", "@(\"a\")"))
            .sees("200", both));
  }

  /** Answers as an issuer that publishes its configuration and one key. */
  private static void issue(PolicyRelay relay) {
    String port = relay.service.origin().replaceAll(".*:", "");
    relay.service.always((seen, response) ->
        response.end(
            seen.uri().equals("/conf")
                ? "{\"issuer\":\"issuer\",\"jwks_uri\":\"http://service.test:" + port + "/keys\"}"
                : new JWKSet(RSA.toPublicJWK()).toString()));
  }

  private static String byRsa() {
    try {
      var header = new JWSHeader.Builder(JWSAlgorithm.RS256).keyID("one").build();
      return token(header, new RSASSASigner(RSA), _ -> {});
    } catch (JOSEException e) {
      throw new AssertionError(e);
    }
  }

  private static Stream<AttributeCase> published() {
    Function<PolicyRelay, String> asked =
        relay -> {
          issue(relay);
          return shown(TokenAttributesTest::byRsa).apply(relay);
        };
    String config = "<openid-config url=\"%s\" />";
    return Stream.of(
        jwt("openid-config", "header-name=\"Authorization\"", config.formatted("SERVICE/conf"))
            .sees("200", asked),
        jwt(
                "openid-config/@url",
                "header-name=\"Authorization\"",
                config.formatted("@(\"SERVICE\" + \"/other\")"))
            .sees("401", asked));
  }

  private static AttributeCase keyed(String name, String key) {
    return jwt(
            name,
            "header-name=\"Authorization\"",
            "<issuer-signing-keys>" + key + "</issuer-signing-keys>")
        .with(with -> with.certificate("issuer", CURVE));
  }

  private static String byCurve(String thumbprint) {
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

  private static Stream<AttributeCase> keys() {
    String numbers = "<key n=\"" + RSA.getModulus() + "\" e=\"" + RSA.getPublicExponent() + "\" />";
    String certified = "<key certificate-id=\"issuer\" />";
    String print = CURVE.first().thumbprint();
    return Stream.of(
        keyed("issuer-signing-keys", "<key>" + KEY + "</key>")
            .sees("401", shown(TokenAttributesTest::byRsa)),
        keyed("issuer-signing-keys/key", "<key>@(\"" + KEY + "\")</key>")
            .sees("200", shown(TokenAttributesTest::good)),
        keyed("issuer-signing-keys/key/@id", numbers.replace("n=", "id=\"two\" n="))
            .sees("401", shown(TokenAttributesTest::byRsa)),
        keyed("issuer-signing-keys/key/@n", numbers).sees("200", shown(TokenAttributesTest::byRsa)),
        keyed("issuer-signing-keys/key/@e", numbers.replace(" e=\"AQAB\"", " e=\"Aw\""))
            .sees("401", shown(TokenAttributesTest::byRsa)),
        keyed("issuer-signing-keys/key/@certificate-id", certified)
            .sees("200", shown(() -> byCurve(print))),
        keyed("issuer-signing-keys/key/@certificate-id", certified)
            .sees(
                "401",
                shown(
                    () -> byCurve(print.replace(print.charAt(0), 'F').replaceFirst("..", "00")))));
  }

  /** A signed token inside an encrypted one. */
  private static String sealed(boolean shared) {
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

  private static AttributeCase opened(String name, String key) {
    return jwt(
            name,
            "header-name=\"Authorization\" output-token-variable-name=\"t\"",
            KEYS + "<decryption-keys>" + key + "</decryption-keys>")
        .with(with -> with.certificate("opener", OPENING));
  }

  private static Stream<AttributeCase> sealed() {
    String secret = "<key%s>" + KEY + "</key>";
    String certified = "<key certificate-id=\"opener\" />";
    return Stream.of(
        inHeader("decryption-keys", "", "<decryption-keys />")
            .sees("401", shown(() -> sealed(true))),
        opened("decryption-keys/key", secret.formatted("")).sees("200", shown(() -> sealed(true))),
        opened("decryption-keys/key/@id", secret.formatted(" id=\"other\""))
            .sees("401", shown(() -> sealed(true))),
        opened("decryption-keys/key/@certificate-id", certified)
            .sees("200", shown(() -> sealed(false))),
        opened("decryption-keys/key/@n", "<key n=\"AQAB\" e=\"AQAB\" />")
            .sees("401", shown(() -> sealed(false))),
        opened("decryption-keys/key/@e", "<key n=\"AQAB\" e=\"AQAB\" />")
            .sees("401", shown(() -> sealed(true))));
  }
}
