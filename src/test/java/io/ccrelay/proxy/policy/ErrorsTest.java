package io.ccrelay.proxy.policy;

import static io.ccrelay.proxy.policy.PolicyRelay.answer;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.ccrelay.proxy.policy.PolicyRelay.With;
import io.ccrelay.testing.FakeUpstream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What {@code on-error} is told, and what callers get without it. */
class ErrorsTest {

  private static final String TOLD =
      "<return-response><set-body>@(context.LastError.Source + \"|\" + context.LastError.Reason + \"|\" + context.LastError.Section + \"|\" + context.LastError.Scope + \"|\" + context.LastError.Path + \"|\" + context.LastError.PolicyId)</set-body></return-response>";

  /**
   * A row.
   *
   * @param sections inbound, backend and outbound of the document
   * @param backend what the backend answers
   * @param expected of {@code context.LastError}
   */
  record Row(String what, String[] sections, FakeUpstream.Answer backend, String expected) {
    @Override
    public String toString() {
      return what;
    }
  }

  private static Row inbound(String what, String inbound, String expected) {
    return new Row(what, new String[] {inbound, "<base />", ""}, answer(200, "x"), expected);
  }

  private static Row backend(
      String what, String backend, FakeUpstream.Answer answer, String expected) {
    return new Row(what, new String[] {"", backend, ""}, answer, expected);
  }

  static Stream<Row> lastError() {
    return Stream.of(
        inbound(
            "expression",
            "<choose><when condition=\"@(true)\"><set-header name=\"H\" id=\"mine\"><value>@(int.Parse(\"x\").ToString())</value></set-header></when></choose>",
            "set-header|ExpressionValueEvaluationFailure|inbound|api|choose[1]/when[1]/set-header[1]|mine"),
        inbound(
            "check-header absent",
            "<check-header name=\"K\" failed-check-httpcode=\"401\" failed-check-error-message=\"no\" ignore-case=\"true\" />",
            "check-header|HeaderNotFound|inbound|api|check-header[1]|"),
        inbound(
            "ip-filter",
            "<ip-filter action=\"forbid\"><address>127.0.0.1</address></ip-filter>",
            "ip-filter|CallerIpNotAllowed|inbound|api|ip-filter[1]|"),
        inbound(
            "validate-jwt without a token",
            "<validate-jwt header-name=\"Authorization\"><issuer-signing-keys><key>c2VjcmV0</key></issuer-signing-keys></validate-jwt>",
            "validate-jwt|TokenNotPresent|inbound|api|validate-jwt[1]|"),
        inbound(
            "rate limit",
            "<rate-limit-by-key calls=\"1\" renewal-period=\"60\" counter-key=\"k\" /><rate-limit-by-key calls=\"1\" renewal-period=\"60\" counter-key=\"k\" id=\"second\" />",
            "rate-limit|RateLimitExceeded|inbound|api|rate-limit-by-key[2]|second"),
        inbound(
            "quota",
            "<quota-by-key calls=\"1\" renewal-period=\"300\" counter-key=\"a\" increment-count=\"2\" />",
            "quota|QuotaExceeded|inbound|api|quota-by-key[1]|"),
        inbound(
            "managed identity",
            "<authentication-managed-identity resource=\"r\" />",
            "authentication-managed-identity|ManagedIdentityTokenFailure|inbound|api|authentication-managed-identity[1]|"),
        inbound(
            "backend-id",
            "<set-backend-service backend-id=\"@(\"none\")\" />",
            "set-backend-service|BackendNotFound|inbound|api|set-backend-service[1]|"),
        inbound(
            "send-request fail-on-error-status-code",
            "<send-request response-variable-name=\"r\" fail-on-error-status-code=\"true\"><set-url>SERVICE/</set-url></send-request>",
            "send-request|BackendErrorStatusCode|inbound|api|send-request[1]|"),
        inbound(
            "backend unreachable",
            "<set-backend-service base-url=\"http://nowhere.test\" />",
            "forward-request|BackendConnectionFailure|backend|global|forward-request[1]|"),
        backend(
            "forward-request timeout-ms",
            "<forward-request timeout-ms=\"150\" />",
            FakeUpstream.hang(FakeUpstream.gate()),
            "forward-request|Timeout|backend|api|forward-request[1]|"),
        backend(
            "forward-request fail-on-error-status-code",
            "<forward-request fail-on-error-status-code=\"true\" />",
            answer(503, "down"),
            "forward-request|BackendErrorStatusCode|backend|api|forward-request[1]|"));
  }

  @ParameterizedTest
  @MethodSource
  void lastError(Row row) {
    String document = PolicyRelay.document(row.sections[0], row.sections[1], row.sections[2], TOLD);
    try (var relay = new With(document).allow(PolicyRelay.serviceAllowed()).start()) {
      relay.backend.always(row.backend);
      relay.service.always(answer(404, "none"));
      assertEquals(row.expected, relay.get("/").body());
    }
  }

  @Test
  void errorInOnErrorIsAnsweredWith500() {
    String fails =
        "<set-header name=\"H\"><value>@(int.Parse(\"x\").ToString())</value></set-header>";
    try (var relay = PolicyRelay.under(PolicyRelay.document(fails, "<base />", "", fails))) {
      relay.answers("x");
      assertEquals(500, relay.get("/").statusCode());
    }
  }

  @Test
  void onErrorChangesWhatTheCallerGets() {
    String refuses =
        "<check-header name=\"K\" failed-check-httpcode=\"401\" failed-check-error-message=\"no\" ignore-case=\"true\" />";
    String onError =
        "<set-status code=\"403\" reason=\"Forbidden\" /><set-header name=\"H\"><value>@(context.Response.StatusCode.ToString())</value></set-header>";
    try (var relay = PolicyRelay.under(PolicyRelay.document(refuses, "<base />", "", onError))) {
      var refused = relay.get("/");
      assertEquals("403 403", refused.statusCode() + " " + PolicyRelay.field(refused, "h"));
      assertEquals("{ \"statusCode\": 401, \"message\": \"no\" }", refused.body());
    }
  }

  @Test
  void oneWayRequestIsSentAndNobodyWaits() {
    String call =
        "<send-one-way-request mode=\"new\"><set-url>SERVICE/note</set-url><set-method>POST</set-method><set-body>noted</set-body></send-one-way-request>";
    try (var relay =
        new With(PolicyRelay.document(call, "")).allow(PolicyRelay.serviceAllowed()).start()) {
      relay.answers("x");
      var gate = FakeUpstream.gate();
      relay.service.always(FakeUpstream.hang(gate));
      assertEquals("x", relay.get("/").body());
      gate.await(1);
      assertEquals(
          "POST /note noted",
          relay.service.last().method()
              + " "
              + relay.service.last().uri()
              + " "
              + relay.service.last().text());
      gate.answer("{}");
    }
  }

  @Test
  void backendWithoutForwardRequestIsNotCalled() {
    try (var relay = PolicyRelay.under(PolicyRelay.document("", "", "", ""))) {
      var answer = relay.get("/");
      assertEquals("200 ", answer.statusCode() + " " + answer.body());
      assertEquals(0, relay.backend.calls());
    }
  }
}
