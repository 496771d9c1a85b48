package io.ccrelay.proxy.policy;

import static io.ccrelay.proxy.policy.PolicyRelay.document;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.ccrelay.proxy.policy.PolicyRelay.With;
import io.ccrelay.testing.RawClient;
import io.ccrelay.testing.RawServer;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** Interim answers of a backend under a policy. */
class InterimTest {

  private static final String HINTS = "HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n";
  private static final String LOOKUP =
      "<cache-lookup vary-by-developer=\"false\" vary-by-developer-groups=\"false\" />";

  private static RawServer hinting() {
    return RawServer.following((exchange, count) -> exchange.write(HINTS).ok("good"));
  }

  @Test
  void earlyHintsReachTheClientBeforeTheAnswerAndAHitHasNone() throws IOException {
    try (var origin = hinting();
        var relay =
            new With(document(LOOKUP, "<cache-store duration=\"60\" />"))
                .backends(origin.origin())
                .start();
        var client = new RawClient(relay.relay.port())) {
      String get = "GET /i HTTP/1.1\r\nHost: h\r\n\r\n";

      assertEquals(HINTS, client.send(get).readUntil("</x>\r\n\r\n"));
      var miss = client.answer().orElseThrow();
      assertEquals("200 good", miss.status() + " " + miss.body());
      assertFalse(miss.fields().containsKey("link"));

      var hit = client.send(get).answer().orElseThrow();
      assertEquals("200 good", hit.status() + " " + hit.body());
      assertEquals(1, origin.requests());
    }
  }

  @Test
  void hintsForACallOfTheDocumentsOwnAreNotForTheClient() throws IOException {
    String call =
        "<send-request response-variable-name=\"r\"><set-url>%s/</set-url></send-request><return-response response-variable-name=\"r\" />";
    try (var origin = hinting();
        var relay =
            new With(document(call.formatted(origin.origin()), ""))
                .allow("private:127.0.0.1")
                .start();
        var client = new RawClient(relay.relay.port())) {
      var answer = client.send("GET /i HTTP/1.1\r\nHost: h\r\n\r\n").answer().orElseThrow();
      assertEquals("200 good", answer.status() + " " + answer.body());
    }
  }

  @Test
  void oldClientsKnowNoInterimAnswers() throws IOException {
    try (var origin = hinting();
        var relay = new With(document("", "")).backends(origin.origin()).start();
        var client = new RawClient(relay.relay.port())) {
      var answer = client.send("GET /i HTTP/1.0\r\nHost: h\r\n\r\n").answer().orElseThrow();
      assertEquals("200 good", answer.status() + " " + answer.body());
    }
  }
}
