package io.ccrelay.proxy.policy;

import static io.ccrelay.proxy.policy.PolicyRelay.answer;
import static io.ccrelay.proxy.policy.PolicyRelay.document;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ccrelay.proxy.policy.PolicyRelay.With;
import io.ccrelay.testing.FakeUpstream;
import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Callers that choose where the relay calls, and bodies that are not what a document expects. */
class HostileTest {

  private static final String CHOSEN =
      "<send-request ignore-error=\"false\" response-variable-name=\"r\"><set-url>@(context.Request.Headers.GetValueOrDefault(\"X-Url\",\"\"))</set-url></send-request><return-response response-variable-name=\"r\" />";
  private static final String BASE =
      "<set-backend-service base-url=\"@(context.Request.Headers.GetValueOrDefault(&quot;X-Url&quot;,&quot;&quot;))\" />";

  @ParameterizedTest(name = "{0} is not called")
  @ValueSource(
      strings = {
        "http://127.0.0.1:PORT/",
        "http://127.1:PORT/",
        "http://2130706433:PORT/",
        "http://0x7f000001:PORT/",
        "http://[::ffff:127.0.0.1]:PORT/",
        "http://localhost:PORT/",
        "http://169.254.169.254/latest/meta-data",
        "http://listed.test@127.0.0.1:PORT/",
        "file:///etc/passwd",
        "gopher://127.0.0.1:PORT/",
        "//127.0.0.1:PORT/",
        "",
        "http://",
        "http://listed.test:PORT/"
      })
  void addressesThatCallersChooseAreRefusedBeforeConnecting(String url) {
    try (var relay =
            new With(document(CHOSEN, "")).allow("listed.test").allow("other.test:1").start();
        var base = new With(document(BASE, "")).allow("listed.test").start();
        var canary = FakeUpstream.start(relay.vertx)) {
      String there = url.replace("PORT", String.valueOf(URI.create(canary.origin()).getPort()));
      assertEquals(500, relay.get("/", "X-Url", there).statusCode());
      assertEquals(500, base.get("/", "X-Url", there).statusCode());
      assertEquals(0, canary.calls());
    }
  }

  @Test
  void redirectsOfServicesAreAnswersAndAreNotFollowed() {
    String call =
        "<send-request response-variable-name=\"r\"><set-url>SERVICE/moved</set-url></send-request><return-response response-variable-name=\"r\" />";
    try (var relay = new With(document(call, "")).allow(PolicyRelay.serviceAllowed()).start();
        var canary = FakeUpstream.start(relay.vertx)) {
      relay.service.always(answer(307, "", "Location", canary.origin()));
      assertEquals(307, relay.get("/").statusCode());
      assertEquals(0, canary.calls());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "text", "{", "[[[[", "{\"messages\":1e999999999}", "\u0000"})
  void bodiesThatAreNoJsonAreNoErrorForTokenLimits(String body) {
    String limit =
        "<llm-token-limit counter-key=\"k\" tokens-per-minute=\"1000\" estimate-prompt-tokens=\"true\" />";
    try (var relay = PolicyRelay.under(document(limit, ""))) {
      relay.answers("not JSON either");
      assertEquals(200, relay.ask("POST", "/", body).statusCode());
      assertEquals(body, relay.backend.last().text());
    }
  }

  @Test
  void deepJsonIsNoErrorForTokenLimits() {
    String limit =
        "<llm-token-limit counter-key=\"k\" tokens-per-minute=\"1000\" estimate-prompt-tokens=\"true\" />";
    try (var relay = PolicyRelay.under(document(limit, ""))) {
      relay.answers("x");
      String deep = "[".repeat(20_000) + "]".repeat(20_000);
      assertEquals(200, relay.ask("POST", "/", deep).statusCode());
    }
  }

  @Test
  void bodyAboveTheBoundIsRefusedWhereItMustBeHeld() {
    String reads = "<set-variable name=\"b\" value=\"@(context.Request.Body.As<string>(true))\" />";
    try (var relay = PolicyRelay.under(document(reads, ""))) {
      relay.answers("x");
      assertEquals(413, relay.ask("POST", "/", "x".repeat(9 << 20)).statusCode());
      assertEquals(200, relay.ask("POST", "/", "small").statusCode());
    }
  }

  @Test
  void expressionWithoutEndIsStoppedAndHarmsNobodyElse() {
    String endless =
        "<choose><when condition=\"@(context.Request.Headers.ContainsKey(&quot;X-Loop&quot;))\"><set-variable name=\"x\" value=\"@{ var n = 0; for (var i = 0; i < 2000000000; i++) { n = n + 1; } return n; }\" /></when></choose>";
    try (var relay = PolicyRelay.under(document(endless, ""))) {
      relay.answers("x");
      long begun = System.nanoTime();
      assertEquals(500, relay.get("/", "X-Loop", "1").statusCode());
      assertTrue(System.nanoTime() - begun < 10_000_000_000L, "stopped by its budget");
      assertEquals(200, relay.get("/").statusCode());
    }
  }
}
