package io.ccrelay.proxy.policy;

import static io.ccrelay.proxy.policy.AttributeCase.attribute;
import static io.ccrelay.proxy.policy.AttributeCase.saying;
import static io.ccrelay.proxy.policy.AttributeCase.told;

import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.PlainJWT;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Every attribute and child of {@code validate-jwt}. */
class TokenAttributesTest {

  private static final String KEYS =
      "<issuer-signing-keys><key>" + SignedTokens.KEY + "</key></issuer-signing-keys>";

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

  private static Function<PolicyRelay, String> shown(Supplier<String> token) {
    return relay -> "" + relay.get("/", "Authorization", "Bearer " + token.get()).statusCode();
  }

  private static Stream<AttributeCase> places() {
    String subject = saying("((Jwt)context.Variables[\"t\"]).Subject");
    return Stream.of(
        jwt("@header-name", "header-name=\"@(\"X-Token\")\"", KEYS)
            .sees(
                "200 401",
                relay ->
                    relay.get("/", "X-Token", SignedTokens.good()).statusCode()
                        + " "
                        + relay.get("/", "Authorization", SignedTokens.good()).statusCode()),
        jwt("@query-parameter-name", "query-parameter-name=\"t\"", KEYS)
            .sees("200", relay -> "" + relay.get("/?t=" + SignedTokens.good()).statusCode()),
        jwt(
                "@token-value",
                "token-value=\"@(context.Request.Headers.GetValueOrDefault(\"V\",\"\"))\"",
                KEYS)
            .sees("200", relay -> "" + relay.get("/", "V", SignedTokens.good()).statusCode()),
        attribute("validate-jwt @output-token-variable-name")
            .inbound(
                "<validate-jwt header-name=\"Authorization\" output-token-variable-name=\"t\">"
                    + KEYS
                    + "</validate-jwt>"
                    + subject)
            .sees("200 ada", relay -> told(relay.get("/", "Authorization", SignedTokens.good()))));
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
                    shown(SignedTokens::good).apply(relay)
                        + " "
                        + relay.get("/", "Authorization", SignedTokens.good()).statusCode()),
        inHeader("@require-signed-tokens", "require-signed-tokens=\"false\"", "")
            .sees("200", shown(() -> new PlainJWT(SignedTokens.claims(_ -> {})).serialize())),
        inHeader("@require-signed-tokens", "", "")
            .sees("401", shown(() -> new PlainJWT(SignedTokens.claims(_ -> {})).serialize())));
  }

  private static Stream<AttributeCase> times() {
    return Stream.of(
        inHeader("@require-expiration-time", "require-expiration-time=\"false\"", "")
            .sees("200", shown(() -> SignedTokens.token(claims -> claims.expirationTime(null)))),
        inHeader("@require-expiration-time", "", "")
            .sees("401", shown(() -> SignedTokens.token(claims -> claims.expirationTime(null)))),
        inHeader("@clock-skew", "clock-skew=\"10\"", "")
            .sees(
                "200 401",
                relay -> {
                  relay.wait(65);
                  String within = shown(SignedTokens::good).apply(relay);
                  relay.wait(10);
                  return within + " " + shown(SignedTokens::good).apply(relay);
                }));
  }

  private static Stream<AttributeCase> lists() {
    String audiences = "<audiences><audience>a</audience><audience>%s</audience></audiences>";
    String issuers = "<issuers><issuer>i</issuer><issuer>%s</issuer></issuers>";
    return Stream.of(
        inHeader("audiences", "", audiences.formatted("b")).sees("401", shown(SignedTokens::good)),
        inHeader("audiences/audience", "", audiences.formatted("@(\"audience\")"))
            .sees("200", shown(SignedTokens::good)),
        inHeader("issuers", "", issuers.formatted("b")).sees("401", shown(SignedTokens::good)),
        inHeader("issuers/issuer", "", issuers.formatted("@(\"issuer\")"))
            .sees("200", shown(SignedTokens::good)));
  }

  private static Stream<AttributeCase> claims() {
    String claim =
        "<required-claims><claim name=\"%s\" match=\"%s\"%s><value>%s</value><value>b</value></claim></required-claims>";
    Function<PolicyRelay, String> both =
        shown(() -> SignedTokens.token(claims -> claims.claim("r", List.of("a", "b"))));
    Function<PolicyRelay, String> joined =
        shown(() -> SignedTokens.token(claims -> claims.claim("r", "a;b")));
    return Stream.of(
        inHeader("required-claims", "", claim.formatted("r", "all", "", "a"))
            .sees("401", shown(SignedTokens::good)),
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
                : new JWKSet(SignedTokens.RSA.toPublicJWK()).toString()));
  }

  private static Stream<AttributeCase> published() {
    Function<PolicyRelay, String> asked =
        relay -> {
          issue(relay);
          return shown(SignedTokens::byRsa).apply(relay);
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
        .with(with -> with.certificate("issuer", SignedTokens.CURVE));
  }

  private static Stream<AttributeCase> keys() {
    String numbers =
        "<key n=\""
            + SignedTokens.RSA.getModulus()
            + "\" e=\""
            + SignedTokens.RSA.getPublicExponent()
            + "\" />";
    String certified = "<key certificate-id=\"issuer\" />";
    String print = SignedTokens.CURVE.first().thumbprint();
    return Stream.of(
        keyed("issuer-signing-keys", "<key>" + SignedTokens.KEY + "</key>")
            .sees("401", shown(SignedTokens::byRsa)),
        keyed("issuer-signing-keys/key", "<key>@(\"" + SignedTokens.KEY + "\")</key>")
            .sees("200", shown(SignedTokens::good)),
        keyed("issuer-signing-keys/key/@id", numbers.replace("n=", "id=\"two\" n="))
            .sees("401", shown(SignedTokens::byRsa)),
        keyed("issuer-signing-keys/key/@n", numbers).sees("200", shown(SignedTokens::byRsa)),
        keyed("issuer-signing-keys/key/@e", numbers.replace(" e=\"AQAB\"", " e=\"Aw\""))
            .sees("401", shown(SignedTokens::byRsa)),
        keyed("issuer-signing-keys/key/@certificate-id", certified)
            .sees("200", shown(() -> SignedTokens.byCurve(print))),
        keyed("issuer-signing-keys/key/@certificate-id", certified)
            .sees(
                "401",
                shown(() ->
                    SignedTokens.byCurve(
                        print.replace(print.charAt(0), 'F').replaceFirst("..", "00")))));
  }

  private static AttributeCase opened(String name, String key) {
    return jwt(
            name,
            "header-name=\"Authorization\" output-token-variable-name=\"t\"",
            KEYS + "<decryption-keys>" + key + "</decryption-keys>")
        .with(with -> with.certificate("opener", SignedTokens.OPENING));
  }

  private static Stream<AttributeCase> sealed() {
    String secret = "<key%s>" + SignedTokens.KEY + "</key>";
    String certified = "<key certificate-id=\"opener\" />";
    return Stream.of(
        inHeader("decryption-keys", "", "<decryption-keys />")
            .sees("401", shown(() -> SignedTokens.sealed(true))),
        opened("decryption-keys/key", secret.formatted(""))
            .sees("200", shown(() -> SignedTokens.sealed(true))),
        opened("decryption-keys/key/@id", secret.formatted(" id=\"other\""))
            .sees("401", shown(() -> SignedTokens.sealed(true))),
        opened("decryption-keys/key/@certificate-id", certified)
            .sees("200", shown(() -> SignedTokens.sealed(false))),
        opened("decryption-keys/key/@n", "<key n=\"AQAB\" e=\"AQAB\" />")
            .sees("401", shown(() -> SignedTokens.sealed(false))),
        opened("decryption-keys/key/@e", "<key n=\"AQAB\" e=\"AQAB\" />")
            .sees("401", shown(() -> SignedTokens.sealed(true))));
  }
}
