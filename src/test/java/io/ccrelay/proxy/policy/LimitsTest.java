package io.ccrelay.proxy.policy;

import static io.ccrelay.proxy.policy.PolicyRelay.answer;
import static io.ccrelay.proxy.policy.PolicyRelay.document;
import static io.ccrelay.proxy.policy.PolicyRelay.field;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.ccrelay.proxy.policy.PolicyRelay.With;
import io.ccrelay.testing.FakeUpstream;
import io.ccrelay.testing.Waiting;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The statements that count, through a whole relay. */
class LimitsTest {

  private static final String[] ALICE = {"Ocp-Apim-Subscription-Key", PolicyRelay.KEY};

  private static String statuses(PolicyRelay relay, int calls, String... headers) {
    return IntStream.range(0, calls)
        .mapToObj(_ -> String.valueOf(relay.get("/", headers).statusCode()))
        .collect(Collectors.joining(" "));
  }

  @Test
  void rateLimitCountsSubscriptionsAndTellsWhatIsLeft() {
    String limit =
        "<rate-limit calls=\"2\" renewal-period=\"60\" remaining-calls-header-name=\"X-Left\" total-calls-header-name=\"X-Total\" retry-after-header-name=\"X-Wait\" remaining-calls-variable-name=\"left\" retry-after-variable-name=\"wait\" /><set-header name=\"X-Var\"><value>@(context.Variables.GetValueOrDefault<int>(\"left\", 9).ToString())</value></set-header>";
    try (var relay = PolicyRelay.under(document(limit, ""))) {
      relay.answers("x");
      HttpResponse<String> first = relay.get("/", ALICE);
      assertEquals("1 2", field(first, "x-left") + " " + field(first, "x-total"));
      assertEquals("1", relay.backend.last().fields().first("X-Var").orElse(""));
      relay.get("/", ALICE);
      relay.wait(15);

      HttpResponse<String> refused = relay.get("/", ALICE);

      assertEquals(429, refused.statusCode());
      assertEquals("45 2", field(refused, "x-wait") + " " + field(refused, "x-total"));
      assertEquals(
          "{ \"statusCode\": 429, \"message\": \"Rate limit is exceeded. Try again in 45 seconds.\" }",
          refused.body());
      assertEquals("200 200 200", statuses(relay, 3));
      relay.wait(45);
      assertEquals("200 200 429", statuses(relay, 3, ALICE));
    }
  }

  @Test
  void innerLimitsCountForTheirApiAndOperation() {
    String limit =
        """
        <rate-limit calls="10" renewal-period="60">
          <api name="web" calls="5" renewal-period="60">
            <operation id="one" calls="1" renewal-period="60" />
          </api>
          <api name="other" calls="0" renewal-period="60" />
        </rate-limit>
        """;
    var with = new With(document("<base />", "")).product(document(limit, ""));
    try (var relay = with.operation("one", "GET", "/one").operation("two", "GET", "/").start()) {
      relay.answers("x");
      assertEquals(200, relay.get("/one", ALICE).statusCode());
      assertEquals(429, relay.get("/one", ALICE).statusCode());
      assertEquals("200 200 200 200 429", statuses(relay, 5, ALICE));
    }
  }

  @Test
  void keysHaveCountersOfTheirOwn() {
    String limit =
        "<rate-limit-by-key calls=\"@(1)\" renewal-period=\"10\" counter-key=\"@(context.Request.Headers.GetValueOrDefault(\"X-Key\",\"\"))\" />";
    try (var relay = PolicyRelay.under(document(limit, ""))) {
      relay.answers("x");
      assertEquals("200 429", statuses(relay, 2, "X-Key", "a"));
      assertEquals("200 429", statuses(relay, 2, "X-Key", "b"));
      relay.wait(10);
      assertEquals("200", statuses(relay, 1, "X-Key", "a"));
    }
  }

  @Test
  void conditionIsJudgedWhenTheResponseIsKnownSoThat429ComesOneCallLate() {
    String limit =
        "<rate-limit-by-key calls=\"2\" renewal-period=\"60\" counter-key=\"k\" increment-condition=\"@(context.Response.StatusCode == 401)\" />";
    try (var relay = PolicyRelay.under(document(limit, ""))) {
      relay.answers("ok");
      assertEquals("200 200 200", statuses(relay, 3));
      relay.backend.always(answer(401, "no"));
      assertEquals("401 401 429", statuses(relay, 3));
    }
  }

  @Test
  void countOfAnExpressionIsAddedAfterwards() {
    String limit =
        "<rate-limit-by-key calls=\"10\" renewal-period=\"60\" counter-key=\"k\" increment-count=\"@(int.Parse(context.Response.Headers.GetValueOrDefault(\"X-Cost\",\"1\")))\" />";
    try (var relay = PolicyRelay.under(document(limit, ""))) {
      relay.answers("x", "X-Cost", "7");
      assertEquals("200 200 429", statuses(relay, 3));
    }
  }

  @Test
  void rateLimitAfterALookupIsNotCountedOnHits() {
    String inbound =
        "<cache-lookup vary-by-developer=\"false\" vary-by-developer-groups=\"false\" /><rate-limit-by-key calls=\"1\" renewal-period=\"60\" counter-key=\"k\" />";
    try (var relay = PolicyRelay.under(document(inbound, "<cache-store duration=\"60\" />"))) {
      relay.answers("x");
      relay.get("/");
      Waiting.until(() -> relay.relay.store.stats().result().keyCount() == 1, "stored");
      assertEquals("200 200 200", statuses(relay, 3));
    }
  }

  @Test
  void quotaOfASubscriptionIsRefusedWith403UntilItIsRenewed() {
    String quota = "<quota calls=\"2\" bandwidth=\"1000\" renewal-period=\"3600\" />";
    try (var relay = new With(document("<base />", "")).product(document(quota, "")).start()) {
      relay.answers("x");
      assertEquals("200 200 403", statuses(relay, 3, ALICE));
      HttpResponse<String> refused = relay.get("/", ALICE);
      assertEquals(
          true, refused.body().contains("Out of call volume quota. Quota will be replenished in "));
      assertEquals(false, field(refused, "retry-after").isEmpty());
      relay.wait(3600);
      assertEquals("200", statuses(relay, 1, ALICE));
    }
  }

  @Test
  void bandwidthCountsWhatWasSent() {
    String quota = "<quota-by-key bandwidth=\"2\" renewal-period=\"0\" counter-key=\"k\" />";
    try (var relay = PolicyRelay.under(document(quota, ""))) {
      relay.answers("x".repeat(1500));
      assertEquals("200 200", statuses(relay, 2));
      Waiting.until(() -> relay.get("/").statusCode() == 403, "the quota is used");
      assertEquals(true, relay.get("/").body().contains("Out of bandwidth quota"));
    }
  }

  @Test
  void keyThatTwoQuotasNameIsCountedOnce() {
    String quota =
        "<quota-by-key calls=\"2\" renewal-period=\"3600\" counter-key=\"k\" first-period-start=\"2020-01-01T00:00:00Z\" />";
    try (var relay = PolicyRelay.under(document(quota + quota, ""))) {
      relay.answers("x");
      assertEquals("200 200 403", statuses(relay, 3));
    }
  }

  @Test
  void concurrencyIsLimitedInside() {
    String inside =
        "<limit-concurrency key=\"k\" max-count=\"1\"><forward-request /></limit-concurrency>";
    try (var relay = PolicyRelay.under(document("", inside, "", ""))) {
      var gate = FakeUpstream.gate();
      relay.backend.next(FakeUpstream.hang(gate));
      var first = relay.later("/");
      gate.await(1);

      assertEquals(429, relay.get("/").statusCode());

      gate.answer("done");
      assertEquals(200, first.join().statusCode());
      assertEquals(200, relay.get("/").statusCode());
    }
  }

  private static String tokens(String attributes) {
    return "<llm-token-limit counter-key=\"k\" " + attributes + " />";
  }

  private static int chat(PolicyRelay relay, String prompt, String more) {
    return relay
        .ask(
            "POST",
            "/v1x/chat",
            "{\"messages\":[{\"role\":\"user\",\"content\":\"" + prompt + "\"}]" + more + "}")
        .statusCode();
  }

  @Test
  void tokensOfAnswersAreCounted() {
    String limit =
        tokens(
            "tokens-per-minute=\"100\" estimate-prompt-tokens=\"false\" remaining-tokens-header-name=\"X-Left\"");
    try (var relay = PolicyRelay.under(document(limit, ""))) {
      relay.answers(
          "{\"usage\":{\"prompt_tokens\":30,\"completion_tokens\":30,\"total_tokens\":60}}");
      assertEquals(200, chat(relay, "hi", ""));
      Waiting.until(
          () -> field(relay.get("/"), "x-left").equals("40") || relay.get("/").statusCode() == 429,
          "60 tokens are counted");
    }
  }

  @Test
  void estimatedPromptThatDoesNotFitIsRefusedBeforeTheBackend() {
    String limit = tokens("tokens-per-minute=\"100\" estimate-prompt-tokens=\"true\"");
    try (var relay = PolicyRelay.under(document(limit, ""))) {
      relay.answers("{}");
      assertEquals(429, chat(relay, "word ".repeat(200), ""));
      assertEquals(0, relay.backend.calls());
      assertEquals(200, chat(relay, "word ".repeat(20), ""));
    }
  }

  @Test
  void tokenQuotaIsRefusedWith403() {
    String limit =
        tokens("token-quota=\"50\" token-quota-period=\"Hourly\" estimate-prompt-tokens=\"false\"");
    try (var relay = PolicyRelay.under(document(limit, ""))) {
      relay.answers("{\"usage\":{\"input_tokens\":30,\"output_tokens\":30}}");
      assertEquals(200, chat(relay, "hi", ""));
      Waiting.until(() -> chat(relay, "hi", "") == 403, "the quota is used");
    }
  }

  @Test
  void streamsPassAsTheyComeAndAreCounted() throws IOException {
    String limit =
        tokens("tokens-per-minute=\"1\" estimate-prompt-tokens=\"false\" ignore-prompt=\"true\"");
    String post = "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 15\r\n\r\n{\"stream\": true}";
    try (var relay = PolicyRelay.under(document(limit, ""));
        var client = new io.ccrelay.testing.RawClient(relay.relay.port())) {
      var gate = FakeUpstream.gate();
      relay.backend.next(FakeUpstream.gated(gate, "text/event-stream"));
      client.send(post.replace("15", "16"));
      gate.await(1);
      gate.write("data: one\n\n");
      client.readUntil("data: one");
      gate.write("data: two\n\n");
      client.readUntil("data: two");
      gate.end();
      relay.answers("{}");
      Waiting.until(() -> chat(relay, "hi", "") == 429, "the events are counted");
    }
  }
}
