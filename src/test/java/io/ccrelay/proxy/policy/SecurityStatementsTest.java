package io.ccrelay.proxy.policy;

import static io.ccrelay.proxy.policy.PolicyRelay.document;
import static io.ccrelay.proxy.policy.PolicyRelay.field;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import io.ccrelay.proxy.policy.PolicyRelay.With;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Date;
import org.junit.jupiter.api.Test;

/** The statements that let in, keep out or identify, through a whole relay. */
class SecurityStatementsTest {

  private static final byte[] SECRET =
      "a secret of thirty-two bytes ...".getBytes(StandardCharsets.UTF_8);

  private static String jwt(String attributes, String children) {
    return "<validate-jwt header-name=\"Authorization\" "
        + attributes
        + "><issuer-signing-keys><key>"
        + Base64.getEncoder().encodeToString(SECRET)
        + "</key></issuer-signing-keys>"
        + children
        + "</validate-jwt>";
  }

  private static JWTClaimsSet.Builder claims(PolicyRelay relay) {
    return new JWTClaimsSet.Builder()
        .issuer("issuer")
        .audience("audience")
        .claim("role", "reader writer")
        .expirationTime(Date.from(relay.relay.clock.instant().plusSeconds(60)));
  }

  private static String signed(JWTClaimsSet claims, byte[] secret) throws Exception {
    var token = new SignedJWT(new JWSHeader(JWSAlgorithm.HS256), claims);
    token.sign(new MACSigner(secret));
    return "Bearer " + token.serialize();
  }

  @Test
  void tokenIsJudgedBySignatureTimeAudienceIssuerAndClaims() throws Exception {
    String rules =
        jwt(
            "require-scheme=\"Bearer\" failed-validation-httpcode=\"401\" failed-validation-error-message=\"denied\"",
            "<audiences><audience>audience</audience></audiences><issuers><issuer>issuer</issuer></issuers><required-claims><claim name=\"role\" match=\"any\" separator=\" \"><value>writer</value><value>admin</value></claim></required-claims>");
    try (var relay = PolicyRelay.under(document(rules, ""))) {
      relay.answers("in");
      var good = claims(relay);

      assertEquals(200, ask(relay, signed(good.build(), SECRET)));
      assertEquals(401, ask(relay, ""));
      assertEquals(401, ask(relay, signed(good.build(), SECRET).substring(7)));
      assertEquals(401, ask(relay, "Bearer nonsense"));
      byte[] other = SECRET.clone();
      other[0]++;
      assertEquals(401, ask(relay, signed(good.build(), other)));
      assertEquals(401, ask(relay, "Bearer " + new PlainJWT(good.build()).serialize()));
      assertEquals(401, ask(relay, signed(claims(relay).audience("x").build(), SECRET)));
      assertEquals(401, ask(relay, signed(claims(relay).issuer("x").build(), SECRET)));
      assertEquals(401, ask(relay, signed(claims(relay).claim("role", "x").build(), SECRET)));
      assertEquals(401, ask(relay, signed(claims(relay).expirationTime(null).build(), SECRET)));
      relay.wait(61);
      var late = relay.get("/", "Authorization", signed(good.build(), SECRET));
      assertEquals("{ \"statusCode\": 401, \"message\": \"denied\" }", late.body());
      assertEquals(1, relay.backend.calls());
    }
  }

  private static int ask(PolicyRelay relay, String authorization) {
    return (authorization.isEmpty()
            ? relay.get("/")
            : relay.get("/", "Authorization", authorization))
        .statusCode();
  }

  @Test
  void publishedKeysAreFetchedFromAnAllowedUrlAndAPublicKeyIsNoSharedSecret() throws Exception {
    RSAKey key = new RSAKeyGenerator(2048).keyID("one").generate();
    String rules =
        "<validate-jwt header-name=\"Authorization\"><openid-config url=\"SERVICE/conf\" /></validate-jwt>";
    try (var relay = new With(document(rules, "")).allow(PolicyRelay.serviceAllowed()).start()) {
      relay.answers("in");
      String port = relay.service.origin().replaceAll(".*:", "");
      relay.service.always((seen, response) ->
          response.end(
              seen.uri().equals("/conf")
                  ? "{\"issuer\":\"issuer\",\"jwks_uri\":\"http://service.test:" + port + "/keys\"}"
                  : new JWKSet(key).toString()));
      var token =
          new SignedJWT(
              new JWSHeader.Builder(JWSAlgorithm.RS256).keyID("one").build(),
              claims(relay).build());
      token.sign(new RSASSASigner(key));

      assertEquals(200, ask(relay, "Bearer " + token.serialize()));
      assertEquals(200, ask(relay, "Bearer " + token.serialize()));
      assertEquals(2, relay.service.calls());
      assertEquals(
          401, ask(relay, signed(claims(relay).build(), key.toRSAPublicKey().getEncoded())));
    }
  }

  @Test
  void headerMustHaveOneOfItsValues() {
    String check =
        "<check-header name=\"K\" failed-check-httpcode=\"418\" failed-check-error-message=\"tea\" ignore-case=\"%s\"><value>one</value><value>two</value></check-header>";
    try (var strict = PolicyRelay.under(document(check.formatted("false"), ""));
        var loose = PolicyRelay.under(document(check.formatted("true"), ""))) {
      strict.answers("x");
      loose.answers("x");
      assertEquals(200, strict.get("/", "K", "two").statusCode());
      assertEquals(418, strict.get("/", "K", "TWO").statusCode());
      assertEquals(200, loose.get("/", "K", "TWO").statusCode());
      assertEquals("{ \"statusCode\": 418, \"message\": \"tea\" }", loose.get("/").body());
    }
  }

  @Test
  void addressesAreLetInOrKeptOut() {
    String range = "<address-range from=\"127.0.0.0\" to=\"127.0.0.255\" />";
    record Case(String filter, int status) {}
    for (var one :
        new Case[] {
          new Case("<ip-filter action=\"allow\">" + range + "</ip-filter>", 200),
          new Case("<ip-filter action=\"forbid\">" + range + "</ip-filter>", 403),
          new Case("<ip-filter action=\"allow\"><address>10.0.0.1</address></ip-filter>", 403),
          new Case("<ip-filter action=\"forbid\"><address>10.0.0.1</address></ip-filter>", 200)
        }) {
      try (var relay = PolicyRelay.under(document(one.filter, ""))) {
        relay.answers("x");
        assertEquals(one.status, relay.get("/").statusCode(), one.filter);
      }
    }
  }

  @Test
  void preflightIsAnsweredAndScriptsOfAllowedOriginsMayRead() {
    String cors =
        "<cors allow-credentials=\"true\"><allowed-origins><origin>https://a.test</origin></allowed-origins><allowed-methods preflight-result-max-age=\"300\"><method>PUT</method><method>GET</method></allowed-methods><allowed-headers><header>x-a</header></allowed-headers><expose-headers><header>x-b</header></expose-headers></cors>";
    try (var relay = PolicyRelay.under(document(cors, ""))) {
      relay.answers("x");
      var preflight =
          relay.ask(
              "OPTIONS",
              "/",
              "",
              "Origin",
              "https://a.test",
              "Access-Control-Request-Method",
              "PUT",
              "Access-Control-Request-Headers",
              "x-a, x-c");
      assertEquals(
          "200 https://a.test PUT x-a 300 true",
          preflight.statusCode()
              + " "
              + field(preflight, "access-control-allow-origin")
              + " "
              + field(preflight, "access-control-allow-methods")
              + " "
              + field(preflight, "access-control-allow-headers")
              + " "
              + field(preflight, "access-control-max-age")
              + " "
              + field(preflight, "access-control-allow-credentials"));
      assertEquals(0, relay.backend.calls());

      var simple = relay.get("/", "Origin", "https://a.test");
      assertEquals("https://a.test", field(simple, "access-control-allow-origin"));
      assertEquals("x-b", field(simple, "access-control-expose-headers"));
      var foreign = relay.get("/", "Origin", "https://b.test");
      assertEquals(
          "200 ", foreign.statusCode() + " " + field(foreign, "access-control-allow-origin"));
      var refused =
          relay.ask(
              "OPTIONS",
              "/",
              "",
              "Origin",
              "https://b.test",
              "Access-Control-Request-Method",
              "PUT");
      assertEquals(
          "200 ", refused.statusCode() + " " + field(refused, "access-control-allow-origin"));
      assertEquals(1, relay.backend.calls());
    }
  }
}
