package io.ccrelay.proxy.policy;

import static io.ccrelay.proxy.policy.AttributeCase.attribute;
import static io.ccrelay.proxy.policy.AttributeCase.noting;
import static io.ccrelay.proxy.policy.AttributeCase.saying;
import static io.ccrelay.proxy.policy.PolicyRelay.field;

import io.ccrelay.testing.FakeUpstream;
import io.ccrelay.testing.Waiting;
import io.vertx.core.Future;
import java.net.http.HttpResponse;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Every attribute of the statements that call. */
class CallAttributesTest {

  static Stream<AttributeCase> cases() {
    return Stream.of(
            backends(),
            forwards(),
            bodies(),
            waits(),
            sent(),
            parts(),
            proofs(),
            replies(),
            oneWay())
        .flatMap(all -> all);
  }

  @TestFactory
  Stream<DynamicTest> everyAttributeDoesWhatItSays() {
    return cases().map(AttributeCase::test);
  }

  private static Stream<AttributeCase> backends() {
    return Stream.of(
        attribute("set-backend-service @base-url")
            .inbound("<set-backend-service base-url=\"@(\"SERVICE\")\" />")
            .answers("200 service"),
        attribute("set-backend-service @backend-id")
            .inbound("<set-backend-service backend-id=\"@(\"sec\" + \"ond\")\" />")
            .answers("200 service"));
  }

  /** The reason of the error, if the backend takes its time. */
  private static final Function<PolicyRelay, String> SLOW =
      relay -> {
        relay.backend.always(FakeUpstream.hang(FakeUpstream.gate()));
        relay.service.always(FakeUpstream.hang(FakeUpstream.gate()));
        return field(relay.get("/"), "X-Note");
      };

  private static AttributeCase forward(String name, String attributes) {
    return attribute("forward-request " + name)
        .backend("<forward-request " + attributes + " />")
        .onError(noting("context.LastError.Reason"));
  }

  private static Stream<AttributeCase> forwards() {
    Function<PolicyRelay, String> refused =
        relay -> {
          relay.backend.always(PolicyRelay.answer(404, "none"));
          var answer = relay.get("/");
          return answer.statusCode() + field(answer, "X-Note");
        };
    return Stream.of(
        forward("@timeout", "timeout=\"@(1)\"").sees("Timeout", SLOW),
        forward("@timeout-ms", "timeout-ms=\"50\"").sees("Timeout", SLOW),
        forward("@continue-timeout", "continue-timeout=\"1\"").answers("200 x"),
        forward("@http-version", "http-version=\"2or1\"").answers("200 x"),
        forward("@follow-redirects", "follow-redirects=\"true\"")
            .sees("200 second GET /next", relay -> redirected(relay, 302, "/next").body()),
        forward("@follow-redirects", "")
            .sees("302", relay -> "" + redirected(relay, 302, "/next").statusCode()),
        forward("@follow-redirects", "follow-redirects=\"true\"")
            .sees(
                "302 11",
                relay -> redirected(relay, 302, "/").statusCode() + " " + relay.backend.calls()),
        forward("@fail-on-error-status-code", "fail-on-error-status-code=\"@(true)\"")
            .sees("404BackendErrorStatusCode", refused),
        forward("@fail-on-error-status-code", "").sees("404", refused));
  }

  /** Asks with POST for what is elsewhere. */
  private static HttpResponse<String> redirected(PolicyRelay relay, int status, String location) {
    relay.backend.always((seen, response) -> {
      if (seen.uri().equals("/")) {
        response.setStatusCode(status).putHeader("Location", location).end();
      } else {
        response.end("200 second " + seen.method() + " " + seen.uri() + seen.text());
      }
    });
    return relay.ask("POST", "/", "content");
  }

  private static Stream<AttributeCase> bodies() {
    return Stream.of(
        forward("@buffer-request-body", "buffer-request-body=\"true\"")
            .sees(
                "content",
                relay -> {
                  relay.ask("POST", "/", "content");
                  return relay.backend.last().text();
                }),
        forward("@buffer-response", "buffer-response=\"false\"").answers("200 x"));
  }

  private static String call(String attributes, String children) {
    return "<send-request response-variable-name=\"r\" "
        + attributes
        + "><set-url>SERVICE/s</set-url>"
        + children
        + "</send-request>";
  }

  private static final String RETURN = "<return-response response-variable-name=\"r\" />";

  private static AttributeCase send(String name, String attributes, String children) {
    return attribute("send-request " + name)
        .inbound(call(attributes, children) + RETURN)
        .with(with -> with.tokens((resource, _) -> Future.succeededFuture(resource)))
        .onError(noting("context.LastError.Reason"));
  }

  private static Stream<AttributeCase> waits() {
    return Stream.of(
        send("@timeout", "timeout=\"1\"", "").sees("Timeout", SLOW),
        send("@timeout-ms", "timeout-ms=\"@(50)\"", "").sees("Timeout", SLOW),
        attribute("send-request @ignore-error")
            .inbound(
                call("ignore-error=\"@(true)\" timeout-ms=\"50\"", "")
                    + saying("(context.Variables[\"r\"] == null).ToString()"))
            .sees(
                "True",
                relay -> {
                  relay.service.always(FakeUpstream.hang(FakeUpstream.gate()));
                  return relay.get("/").body();
                }),
        send("@fail-on-error-status-code", "fail-on-error-status-code=\"true\"", "")
            .sees(
                "BackendErrorStatusCode",
                relay -> {
                  relay.service.always(PolicyRelay.answer(404, ""));
                  return field(relay.get("/"), "X-Note");
                }),
        send("@buffer-response", "buffer-response=\"false\"", "").answers("200 service"));
  }

  /** What the service was sent. */
  private static final Function<PolicyRelay, String> SEEN =
      relay -> {
        relay.ask("POST", "/p", "content", "H", "one");
        Waiting.until(() -> relay.service.calls() > 0, "the call");
        var last = relay.service.last();
        return last.method()
            + " "
            + last.uri()
            + " "
            + last.text()
            + String.join(",", last.fields().all("H"))
            + String.join(",", last.fields().all("Authorization"));
      };

  private static Stream<AttributeCase> sent() {
    return Stream.of(
        send("@mode", "mode=\"copy\"", "").sees("POST /s contentone", SEEN),
        send("@mode", "mode=\"@(\"new\")\"", "").sees("GET /s ", SEEN),
        attribute("send-request @response-variable-name")
            .inbound(
                call("", "") + saying("((IResponse)context.Variables[\"r\"]).Body.As<string>()"))
            .answers("200 service"));
  }

  private static Stream<AttributeCase> parts() {
    return Stream.of(
        send("set-url", "", "").sees("GET /s ", SEEN),
        send("set-method", "", "<set-method>@(\"put\")</set-method>").sees("PUT /s ", SEEN),
        send("set-header", "", "<set-header name=\"H\"><value>two</value></set-header>")
            .sees("GET /s two", SEEN),
        send("set-body", "", "<set-method>POST</set-method><set-body>@(\"b\")</set-body>")
            .sees("POST /s b", SEEN));
  }

  private static Stream<AttributeCase> proofs() {
    return Stream.of(
        send("authentication-basic", "", "<authentication-basic username=\"u\" password=\"p\" />")
            .sees("GET /s Basic dTpw", SEEN),
        send(
                "authentication-managed-identity",
                "",
                "<authentication-managed-identity resource=\"r\" />")
            .sees("GET /s Bearer r", SEEN),
        send(
                "authentication-certificate",
                "",
                "<authentication-certificate certificate-id=\"@(\"none\")\" />")
            .sees("CertificateNotFound", relay -> field(relay.get("/"), "X-Note")));
  }

  private static Stream<AttributeCase> replies() {
    return Stream.of(
        attribute("return-response @response-variable-name")
            .inbound(call("", "") + RETURN)
            .answers("200 service"),
        attribute("return-response set-status")
            .inbound("<return-response><set-status code=\"418\" /></return-response>")
            .answers("418 "),
        attribute("return-response set-header")
            .inbound(
                "<return-response><set-header name=\"H\"><value>v</value></set-header></return-response>")
            .sees("v", relay -> field(relay.get("/"), "H")),
        attribute("return-response set-body")
            .inbound("<return-response><set-body>@(\"b\")</set-body></return-response>")
            .answers("200 b"));
  }

  private static AttributeCase oneWay(String name, String attributes, String children) {
    return attribute("send-one-way-request " + name)
        .with(with -> with.tokens((resource, _) -> Future.succeededFuture(resource)))
        .inbound(
            "<send-one-way-request "
                + attributes
                + "><set-url>SERVICE/s</set-url>"
                + children
                + "</send-one-way-request>");
  }

  /** The backend answers although the service does not. */
  private static final Function<PolicyRelay, String> ABANDONED =
      relay -> {
        relay.service.always(FakeUpstream.hang(FakeUpstream.gate()));
        int status = relay.get("/").statusCode();
        Waiting.until(() -> relay.service.aborted() == 1, "the call is given up");
        return "" + status;
      };

  private static Stream<AttributeCase> oneWay() {
    return Stream.of(
        oneWay("@mode", "mode=\"copy\"", "").sees("POST /s contentone", SEEN),
        oneWay("@timeout", "timeout=\"1\"", "").sees("200", ABANDONED),
        oneWay("@timeout-ms", "timeout-ms=\"50\"", "").sees("200", ABANDONED),
        oneWay("set-url", "", "").sees("GET /s ", SEEN),
        oneWay("set-method", "", "<set-method>PUT</set-method>").sees("PUT /s ", SEEN),
        oneWay("set-header", "", "<set-header name=\"H\"><value>two</value></set-header>")
            .sees("GET /s two", SEEN),
        oneWay("set-body", "", "<set-method>POST</set-method><set-body>b</set-body>")
            .sees("POST /s b", SEEN),
        oneWay("authentication-basic", "", "<authentication-basic username=\"u\" password=\"p\" />")
            .sees("GET /s Basic dTpw", SEEN),
        oneWay(
                "authentication-managed-identity",
                "",
                "<authentication-managed-identity resource=\"r\" />")
            .sees("GET /s Bearer r", SEEN),
        oneWay(
                "authentication-certificate",
                "",
                "<authentication-certificate certificate-id=\"@(\"none\")\" />")
            .onError(noting("context.LastError.Reason"))
            .sees("CertificateNotFound", relay -> field(relay.get("/"), "X-Note")));
  }
}
