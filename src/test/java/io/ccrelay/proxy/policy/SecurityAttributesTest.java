package io.ccrelay.proxy.policy;

import static io.ccrelay.proxy.policy.AttributeCase.attribute;
import static io.ccrelay.proxy.policy.AttributeCase.noting;
import static io.ccrelay.proxy.policy.AttributeCase.saying;
import static io.ccrelay.proxy.policy.AttributeCase.told;
import static io.ccrelay.proxy.policy.PolicyRelay.field;

import io.vertx.core.Future;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Every attribute of the statements that let in, keep out or identify, but for tokens. */
class SecurityAttributesTest {

  private static final String AUTHORIZATION =
      "context.Request.Headers.GetValueOrDefault(\"Authorization\", \"none\")";

  static Stream<AttributeCase> cases() {
    return Stream.of(checkHeader(), addresses(), origins(), cors(), basic(), identity())
        .flatMap(all -> all);
  }

  @TestFactory
  Stream<DynamicTest> everyAttributeDoesWhatItSays() {
    return cases().map(AttributeCase::test);
  }

  private static Stream<AttributeCase> checkHeader() {
    String check =
        "<check-header name=\"%s\" failed-check-httpcode=\"%s\" failed-check-error-message=\"%s\" ignore-case=\"%s\"><value>%s</value></check-header>";
    Function<PolicyRelay, String> asked = relay -> "" + relay.get("/", "K", "v").statusCode();
    return Stream.of(
        attribute("check-header @name")
            .inbound(check.formatted("@(\"K\")", "401", "m", "true", "v"))
            .sees("200 401", relay -> asked.apply(relay) + " " + relay.get("/").statusCode()),
        attribute("check-header @failed-check-httpcode")
            .inbound(check.formatted("K", "@(418)", "m", "true", "w"))
            .sees("418", asked),
        attribute("check-header @failed-check-error-message")
            .inbound(check.formatted("K", "401", "@(\"no\" + 1)", "true", "w"))
            .sees(
                "401 { \"statusCode\": 401, \"message\": \"no1\" }",
                relay -> told(relay.get("/", "K", "v"))),
        attribute("check-header @ignore-case")
            .inbound(check.formatted("K", "401", "m", "@(false)", "V"))
            .sees("401", asked),
        attribute("check-header @ignore-case")
            .inbound(check.formatted("K", "401", "m", "true", "V"))
            .sees("200", asked),
        attribute("check-header value")
            .inbound(check.formatted("K", "401", "m", "false", "a</value><value>@(\"v\")"))
            .sees("200", asked));
  }

  private static Stream<AttributeCase> addresses() {
    String filter = "<ip-filter action=\"%s\">%s</ip-filter>";
    String range = "<address-range from=\"%s\" to=\"%s\" />";
    return Stream.of(
        attribute("ip-filter @action")
            .inbound(filter.formatted("allow", "<address>127.0.0.1</address>"))
            .answers("200 x"),
        attribute("ip-filter @action")
            .inbound(filter.formatted("@(\"forbid\")", "<address>127.0.0.1</address>"))
            .answers(
                "403 { \"statusCode\": 403, \"message\": \"Caller IP address is not allowed.\" }"),
        attribute("ip-filter address")
            .inbound(
                filter.formatted(
                    "allow", "<address>10.0.0.1</address><address>@(\"127.0.0.1\")</address>"))
            .answers("200 x"),
        attribute("ip-filter address-range")
            .inbound(
                filter.formatted(
                    "allow",
                    range.formatted("10.0.0.0", "10.0.0.9")
                        + range.formatted("127.0.0.0", "127.0.0.9")))
            .answers("200 x"),
        attribute("ip-filter address-range/@from")
            .inbound(filter.formatted("forbid", range.formatted("@(\"127.0.0.2\")", "127.0.0.9")))
            .answers("200 x"),
        attribute("ip-filter address-range/@to")
            .inbound(filter.formatted("forbid", range.formatted("126.0.0.0", "127.0.0.0")))
            .answers("200 x"));
  }

  /** {@code cors} with what each case is about, and what every one has. */
  private static String cors(String attributes, String more) {
    return "<cors "
        + attributes
        + "><allowed-origins><origin>https://a.test</origin></allowed-origins>"
        + more
        + "</cors>";
  }

  private static Function<PolicyRelay, String> preflight(
      String origin, String method, String name) {
    return relay -> {
      var answer =
          relay.ask(
              "OPTIONS",
              "/",
              "",
              "Origin",
              origin,
              "Access-Control-Request-Method",
              method,
              "Access-Control-Request-Headers",
              "x-a, x-b");
      return relay.backend.calls() + " " + field(answer, "Access-Control-Allow-" + name);
    };
  }

  private static Stream<AttributeCase> origins() {
    String any = "<cors><allowed-origins>%s</allowed-origins></cors>";
    Function<PolicyRelay, String> simple =
        relay -> field(relay.get("/", "Origin", "https://b.test"), "Access-Control-Allow-Origin");
    return Stream.of(
        attribute("cors allowed-origins")
            .inbound(any.formatted("<origin>*</origin>"))
            .sees("*", simple),
        attribute("cors allowed-origins/origin")
            .inbound(any.formatted("<origin>https://a.test</origin>"))
            .sees("", simple),
        attribute("cors allowed-origins/origin")
            .inbound(
                any.formatted(
                    "<origin>https://a.test</origin><origin>@(\"https://b.test\")</origin>"))
            .sees("https://b.test", simple),
        attribute("cors @terminate-unmatched-request")
            .inbound(cors("terminate-unmatched-request=\"true\"", ""))
            .sees("0 ", preflight("https://b.test", "GET", "Origin")),
        attribute("cors @terminate-unmatched-request")
            .inbound(cors("terminate-unmatched-request=\"false\"", ""))
            .sees("0 ", preflight("https://b.test", "GET", "Origin")));
  }

  private static Stream<AttributeCase> cors() {
    String methods = "<allowed-methods%s><method>PUT</method></allowed-methods>";
    String allowed = "<allowed-headers><header>X-A</header></allowed-headers>";
    String exposed = "<expose-headers><header>x-c</header><header>x-d</header></expose-headers>";
    Function<PolicyRelay, String> exposing =
        relay -> field(relay.get("/", "Origin", "https://a.test"), "Access-Control-Expose-Headers");
    var age = preflight("https://a.test", "PUT", "Max-Age");
    return Stream.of(
        attribute("cors @allow-credentials")
            .inbound(cors("allow-credentials=\"@(true)\"", ""))
            .sees("0 true", preflight("https://a.test", "GET", "Credentials")),
        attribute("cors allowed-methods")
            .inbound(cors("", methods.formatted("")))
            .sees("0 PUT", preflight("https://a.test", "PUT", "Methods")),
        attribute("cors allowed-methods/method")
            .inbound(cors("", methods.formatted("")))
            .sees("0 ", preflight("https://a.test", "DELETE", "Methods")),
        attribute("cors allowed-methods/@preflight-result-max-age")
            .inbound(cors("", methods.formatted(" preflight-result-max-age=\"300\"")))
            .sees(
                "300",
                relay -> {
                  age.apply(relay);
                  return maxAge(relay);
                }),
        attribute("cors allowed-headers")
            .inbound(cors("", allowed))
            .sees("0 x-a", preflight("https://a.test", "GET", "Headers")),
        attribute("cors allowed-headers/header")
            .inbound(cors("", allowed.replace("X-A", "*")))
            .sees("0 x-a, x-b", preflight("https://a.test", "GET", "Headers")),
        attribute("cors expose-headers").inbound(cors("", exposed)).sees("x-c, x-d", exposing),
        attribute("cors expose-headers/header")
            .inbound(cors("", exposed.replace("x-c", "@(\"x-e\")")))
            .sees("x-e, x-d", exposing));
  }

  private static String maxAge(PolicyRelay relay) {
    var answer =
        relay.ask(
            "OPTIONS", "/", "", "Origin", "https://a.test", "Access-Control-Request-Method", "PUT");
    return field(answer, "Access-Control-Max-Age");
  }

  private static Stream<AttributeCase> basic() {
    return Stream.of(
        attribute("authentication-basic @username")
            .inbound(
                "<authentication-basic username=\"@(\"u\")\" password=\"p\" />"
                    + saying(AUTHORIZATION))
            .answers("200 Basic dTpw"),
        attribute("authentication-basic @password")
            .inbound(
                "<authentication-basic username=\"u\" password=\"@(\"q\")\" />"
                    + saying(AUTHORIZATION))
            .answers("200 Basic dTpx"));
  }

  /** Tells for which resource and client a token was wanted; fails for one of them. */
  private static Future<String> token(String resource, Optional<String> client) {
    return resource.equals("none")
        ? Future.failedFuture("none")
        : Future.succeededFuture(resource + client.orElse("-"));
  }

  private static AttributeCase identity(String attribute, String attributes, String then) {
    return attribute("authentication-managed-identity " + attribute)
        .with(with -> with.tokens(SecurityAttributesTest::token))
        .inbound("<authentication-managed-identity " + attributes + " />" + then);
  }

  private static Stream<AttributeCase> identity() {
    String output = "(string)context.Variables[\"t\"] + " + AUTHORIZATION;
    return Stream.of(
        identity("@resource", "resource=\"@(\"r\")\"", saying(AUTHORIZATION))
            .answers("200 Bearer r-"),
        identity("@client-id", "resource=\"r\" client-id=\"c\"", saying(AUTHORIZATION))
            .answers("200 Bearer rc"),
        identity(
                "@output-token-variable-name",
                "resource=\"r\" output-token-variable-name=\"t\"",
                saying(output))
            .answers("200 r-none"),
        identity("@ignore-error", "resource=\"none\" ignore-error=\"true\"", saying(AUTHORIZATION))
            .answers("200 none"),
        identity("@ignore-error", "resource=\"none\"", saying(AUTHORIZATION))
            .onError(noting("context.LastError.Reason"))
            .sees("ManagedIdentityTokenFailure", relay -> field(relay.get("/"), "X-Note")));
  }
}
