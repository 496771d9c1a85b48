package io.ccrelay.proxy.policy;

import static io.ccrelay.proxy.policy.PolicyRelay.document;
import static io.ccrelay.proxy.policy.PolicyRelay.field;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.ccrelay.proxy.policy.PolicyRelay.With;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What is configured for an API holds under a policy as it does without one. */
class OwnServicesTest {

  private static final String NOTHING = document("", "");

  /** An address where nothing listens. */
  private static final String NOBODY = "http://127.0.0.1:1";

  private static String bodies(PolicyRelay relay, int calls) {
    return IntStream.range(0, calls)
        .mapToObj(_ -> relay.get("/a?b=c").body())
        .sorted()
        .collect(Collectors.joining(" "));
  }

  private static PolicyRelay two(String document) {
    var relay = new With(document).backends("ONE/one, TWO/two").start();
    relay.backend.always((seen, response) -> response.end(seen.uri()));
    relay.service.always((seen, response) -> response.end(seen.uri()));
    return relay;
  }

  @Test
  void servicesTakeTurnsEachBelowItsOwnPath() {
    try (var relay = two(NOTHING)) {
      // The relay has two event loops; each has its own turn.
      String four = bodies(relay, 40);
      assertEquals(true, four.contains("/one/a?b=c") && four.contains("/two/a?b=c"), four);
    }
  }

  @Test
  void rewrittenPathIsBelowEachServiceAndAnotherServiceIsTheDocumentsChoice() {
    try (var relay =
        two(document("<rewrite-uri template=\"/x\" copy-unmatched-params=\"false\" />", ""))) {
      assertEquals(
          "/one/x /two/x",
          IntStream.range(0, 40)
              .mapToObj(_ -> relay.get("/a").body())
              .distinct()
              .sorted()
              .collect(Collectors.joining(" ")));
    }
    try (var relay = two(document("<set-backend-service base-url=\"BACKEND/other\" />", ""))) {
      assertEquals("/other/a?b=c /other/a?b=c", bodies(relay, 2));
    }
  }

  @Test
  void serviceWithoutConnectionIsPassedOver() {
    try (var relay = new With(NOTHING).backends(NOBODY + ", ONE").start()) {
      relay.answers("here");
      assertEquals("here here here here", bodies(relay, 4));
    }
  }

  @Test
  void methodsThatTheApiDoesNotHaveAreRefusedBeforeAnyStatement() {
    String early = document("<return-response><set-status code=\"299\" /></return-response>", "");
    try (var relay = new With(early).settings("methods: [GET]").start()) {
      var refused = relay.ask("POST", "/", "x");
      assertEquals("405 GET", refused.statusCode() + " " + field(refused, "allow"));
      assertEquals(299, relay.get("/").statusCode());
    }
  }

  @Test
  void clientsHostIsPreservedIfTheApiSaysSo() {
    try (var relay = new With(NOTHING).settings("preserve_host: true").start()) {
      relay.backend.always(
          (seen, response) -> response.end(seen.fields().joined("Host").orElse("")));
      assertEquals("127.0.0.1:" + relay.relay.port(), relay.get("/").body());
    }
    try (var relay = new With(NOTHING).start()) {
      relay.backend.always(
          (seen, response) -> response.end(seen.fields().joined("Host").orElse("")));
      assertEquals(relay.backend.origin(), "http://" + relay.get("/").body());
    }
  }

  @Test
  void timeOutOfTheApiHoldsUnlessTheDocumentHasItsOwn() {
    String settings = "timeouts: {first_byte: 200ms}";
    try (var relay = new With(NOTHING).settings(settings).start()) {
      relay.backend.always(
          (seen, response) -> relay.vertx.setTimer(1_000, _ -> response.end("late")));
      assertEquals(500, relay.get("/").statusCode() / 100 * 100);
    }
    String patient =
        "<policies><inbound /><backend><forward-request timeout=\"20\" /></backend><outbound /></policies>";
    try (var relay = new With(patient).settings(settings).start()) {
      relay.backend.always(
          (seen, response) -> relay.vertx.setTimer(600, _ -> response.end("late")));
      assertEquals("late", relay.get("/").body());
    }
  }
}
