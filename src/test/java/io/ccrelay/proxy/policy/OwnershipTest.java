package io.ccrelay.proxy.policy;

import static io.ccrelay.proxy.policy.PolicyRelay.answer;
import static io.ccrelay.proxy.policy.PolicyRelay.document;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.ccrelay.proxy.policy.PolicyRelay.With;
import io.ccrelay.testing.FakeUpstream;
import io.ccrelay.testing.RawClient;
import io.ccrelay.testing.Waiting;
import org.junit.jupiter.api.Test;

/** Whatever a run obtained is given back, however it ends. */
class OwnershipTest {

  @Test
  void answerThatIsNotTheReplyIsGivenUp() {
    try (var relay = PolicyRelay.under(document("", "<set-body>mine</set-body>"))) {
      relay.answers("0123456789".repeat(2_000_000));
      for (int i = 0; i < 5; i++) {
        assertEquals("mine", relay.get("/").body());
      }
      relay.relay.awaitIdle();
    }
  }

  @Test
  void clientThatLeavesDuringTheAnswerEndsTheCall() throws Exception {
    try (var relay = PolicyRelay.under(document("", ""))) {
      var gate = FakeUpstream.gate();
      relay.backend.always(FakeUpstream.gated(gate, "text/plain"));
      try (var client = new RawClient(relay.relay.port())) {
        client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
        gate.await(1);
        gate.write("first");
      }
      relay.relay.awaitIdle();
      Waiting.until(() -> relay.backend.aborted() == 1, "the backend's call is ended");
    }
  }

  @Test
  void clientThatLeavesWhileItWaitsForAValueLeavesNothingBehind() throws Exception {
    String cached =
        "<cache-value key=\"k\" variable-name=\"v\"><value><send-request response-variable-name=\"r\"><set-url>SERVICE/v</set-url></send-request></value></cache-value>";
    try (var relay = new With(document(cached, "")).allow(PolicyRelay.serviceAllowed()).start()) {
      var gate = FakeUpstream.gate();
      relay.service.next(FakeUpstream.hang(gate));
      try (var client = new RawClient(relay.relay.port())) {
        client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
        gate.await(1);
      }
      relay.relay.awaitIdle();
      relay.answers("next");
      relay.service.always(answer(200, "v"));
      assertEquals("next", relay.get("/").body());
    }
  }
}
