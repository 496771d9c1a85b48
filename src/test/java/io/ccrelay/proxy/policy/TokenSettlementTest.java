package io.ccrelay.proxy.policy;

import static io.ccrelay.proxy.policy.PolicyRelay.document;
import static io.ccrelay.proxy.policy.PolicyRelay.field;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.ccrelay.testing.RawClient;
import io.ccrelay.testing.Waiting;
import java.net.URI;
import org.junit.jupiter.api.Test;

/** When the tokens of an answer are counted, and who learns of them. */
class TokenSettlementTest {

  private static final String ASKED =
      "{\"messages\":[{\"role\":\"user\",\"content\":\"hello there\"}]}";
  private static final String USED =
      "{\"choices\":[],\"usage\":{\"prompt_tokens\":30,\"completion_tokens\":30}}";

  private static String limit(int tokens, String more) {
    return "<llm-token-limit counter-key=\"k\" estimate-prompt-tokens=\"false\" tokens-per-minute=\""
        + tokens
        + "\" "
        + more
        + "/>";
  }

  @Test
  void whoHasTheAnswerFindsItCounted() {
    try (var relay = PolicyRelay.under(document(limit(180, ""), ""))) {
      relay.answers(USED);
      for (int i = 0; i < 3; i++) {
        assertEquals(200, relay.ask("POST", "/", ASKED).statusCode());
      }
      assertEquals(429, relay.ask("POST", "/", ASKED).statusCode());
    }
  }

  @Test
  void outboundAndTheCallerLearnWhatTheAnswerSaysToHaveCost() {
    String limit =
        limit(1000, "tokens-consumed-header-name=\"Cost\" tokens-consumed-variable-name=\"cost\"");
    String told =
        "<set-header name=\"Seen\"><value>@(context.Variables[\"cost\"].ToString())</value></set-header>";
    try (var relay = PolicyRelay.under(document(limit, told))) {
      relay.answers(USED);
      var answer = relay.ask("POST", "/", ASKED);
      assertEquals("60 60", field(answer, "Seen") + " " + field(answer, "Cost"));
      assertEquals(USED, answer.body());
      relay.answers("data: {}\n\n", "Content-Type", "text/event-stream");
      var streamed = relay.ask("POST", "/", ASKED);
      assertEquals("4 4", field(streamed, "Seen") + " " + field(streamed, "Cost"));
    }
  }

  @Test
  void whatWasStreamedToAClientThatLeftIsCounted() throws Exception {
    try (var relay = PolicyRelay.under(document(limit(50, ""), ""))) {
      relay.backend.always((seen, response) -> {
        response.putHeader("Content-Type", "text/event-stream").setChunked(true);
        response.write("\ndata: {}\n".repeat(60));
      });
      try (var client = new RawClient(URI.create(relay.relay.origin()).getPort())) {
        client.send(
            "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: " + ASKED.length() + "\r\n\r\n" + ASKED);
        client.readUntil("data: {}");
      }
      relay.answers("{}");
      Waiting.until(
          () -> relay.ask("POST", "/", "{}").statusCode() == 429, "the stream is counted");
    }
  }
}
