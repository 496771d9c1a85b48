package io.ccrelay.proxy.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ccrelay.proxy.transport.InterimWriter;
import io.ccrelay.testing.RawClient;
import io.ccrelay.testing.RawH2Client;
import io.ccrelay.testing.RawH2Client.Outcome;
import io.ccrelay.testing.RawServer;
import io.ccrelay.testing.Relays;
import io.vertx.core.MultiMap;
import java.io.IOException;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** RFC 9110 sections 10.1.1 and 15.2 over either version of HTTP on either side. */
@DisplayName("RFC 9110 10.1.1, 15.2: interim responses and expectations")
class InterimTest {

  private static final String EXPECTING =
      "PUT /a HTTP/1.1\r\nHost: h\r\nContent-Length: 4\r\nExpect: 100-continue\r\n\r\n";

  private final RawServer origin = RawServer.following((exchange, count) -> exchange.ok("x"));
  private Relays relay;

  @AfterEach
  void stop() {
    relay.close();
    origin.close();
  }

  private void start(String api) {
    relay =
        Relays.start(
            """
            server: {listen: "127.0.0.1:0", enable_http2: true}
            apis: [{name: web, %s, http_cache: on}]
            """
                .formatted(api));
  }

  private void startBeforeHttp11() {
    start("backend: \"" + origin.origin() + "\"");
  }

  @Test
  void anHttp2ClientGetsThemAllAtOnce() throws Exception {
    startBeforeHttp11();
    origin.follow((exchange, count) -> {
      exchange.write("HTTP/1.1 102 Processing\r\nX-Step: 1\r\n\r\n");
      exchange.write("HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n");
      exchange.write("HTTP/1.1 110 Odd\r\n\r\n");
      exchange.ok("x");
    });
    try (var client = new RawH2Client(relay.port())) {
      for (String method : new String[] {"GET", "POST"}) {
        int stream = method.equals("GET") ? 1 : 3;
        client.request(stream, true, method, "/a", "content-length", "0");
        assertEquals(new Outcome.Answered(102), client.outcome(stream));
        assertEquals("1", client.field("x-step"));
        assertEquals(new Outcome.Answered(103), client.outcome(stream));
        assertEquals("</x>", client.field("link"));
        assertEquals(new Outcome.Answered(110), client.outcome(stream));
        assertEquals(new Outcome.Answered(200), client.outcome(stream));
        assertEquals("", client.field("x-step") + client.field("link"));
      }
    }
  }

  @Test
  void thoseOfAnHttp2BackendPassAndNeverTakeThePlaceOfTheAnswer() throws IOException {
    try (var backend =
        Http2Backend.of(request -> {
          var fields = MultiMap.caseInsensitiveMultiMap().add("X-Step", "1");
          fields.add("Interim-Status", "200");
          InterimWriter.write(request, 102, fields);
          request
              .response()
              .writeEarlyHints(MultiMap.caseInsensitiveMultiMap().add("link", "</x>"));
          InterimWriter.write(request, 199, MultiMap.caseInsensitiveMultiMap());
          request.response().putHeader("cache-control", "max-age=60").end(request.path());
        })) {
      start(backend.settings());
      try (var client = new RawClient(relay.port())) {
        for (int i = 0; i < 3; i++) {
          String interim =
              client.send("GET /" + i + " HTTP/1.1\r\nHost: h\r\n\r\n").readUntil("</x>\r\n\r\n");
          assertTrue(interim.startsWith("HTTP/1.1 102 Processing\r\nx-step: 1\r\n\r\n"), interim);
          assertTrue(interim.contains("HTTP/1.1 103 Early Hints\r\nlink: </x>\r\n\r\n"), interim);
          assertFalse(interim.contains("nterim-"), interim);
          assertEquals(199, client.answer().orElseThrow().status());
          assertEquals("/" + i, client.answer().orElseThrow().body());
        }
        assertEquals("/0", asked(client, "/0"));
      }
    }
  }

  /** RFC 9113 section 8.6. */
  @Test
  void anHttp2BackendThatSwitchesProtocolsIsBroken() throws IOException {
    try (var backend =
        Http2Backend.of(request -> {
          InterimWriter.write(request, 101, MultiMap.caseInsensitiveMultiMap());
          request.response().end("evil");
        })) {
      start(backend.settings());
      try (var client = new RawClient(relay.port())) {
        client.send("GET /a HTTP/1.1\r\nHost: h\r\n\r\n");
        assertEquals(502, client.answer().orElseThrow().status());
      }
    }
  }

  private static String asked(RawClient client, String path) throws IOException {
    return client
        .send("GET " + path + " HTTP/1.1\r\nHost: h\r\n\r\n")
        .answer()
        .orElseThrow()
        .body();
  }

  /** The whole of the exchange on one socket: whoever speaks out of turn is found out. */
  @Test
  void anExpectationIsTheBackendsToMeet() throws IOException {
    startBeforeHttp11();
    try (var backend = new ExpectedBackend()) {
      relay.reload(yaml("backend: \"" + backend.origin() + "\""));
      try (var client = new RawClient(relay.port())) {
        client.send(EXPECTING);
        String head = backend.readHead();
        assertTrue(head.toLowerCase(Locale.ROOT).contains("\r\nexpect: 100-continue\r\n"), head);
        backend.write("HTTP/1.1 100 Continue\r\n\r\n");
        assertEquals("HTTP/1.1 100 Continue\r\n\r\n", client.readUntil("\r\n\r\n"));
        client.send("body");
        assertEquals("body", backend.read(4));
        backend.write("HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nx");
        assertEquals("x", client.answer().orElseThrow().body());
      }
    }
  }

  @Test
  void aRefusalSparesTheClientItsContent() throws IOException {
    startBeforeHttp11();
    origin.follow((exchange, count) -> exchange.close());
    try (var backend = new ExpectedBackend()) {
      relay.reload(yaml("backend: \"" + backend.origin() + "\""));
      try (var client = new RawClient(relay.port())) {
        client.send(EXPECTING);
        backend.readHead();
        backend.write("HTTP/1.1 413 Too Large\r\nContent-Length: 0\r\n\r\n");
        assertEquals(413, client.answer().orElseThrow().status());
      }
    }
  }

  @Test
  void aBackendThatKnowsNoExpectationsGetsTheContentAfterAWhile() throws IOException {
    startBeforeHttp11();
    origin.follow((exchange, count) -> exchange.ok(new String(exchange.body())));
    try (var client = new RawClient(relay.port())) {
      client.send(EXPECTING);
      assertEquals("HTTP/1.1 100 Continue\r\n\r\n", client.readUntil("\r\n\r\n"));
      assertEquals("body", client.send("body").answer().orElseThrow().body());
    }
  }

  @Test
  void anExpectationOverHttp10IsIgnored() throws IOException {
    startBeforeHttp11();
    origin.follow((exchange, count) -> exchange.ok(new String(exchange.body())));
    try (var client = new RawClient(relay.port())) {
      var answer = client.send(EXPECTING.replace("HTTP/1.1", "HTTP/1.0") + "body").answer();
      assertEquals(200, answer.orElseThrow().status());
      assertEquals("body", answer.orElseThrow().body());
    }
  }

  @Test
  void anExpectationPassesOverHttp2() throws Exception {
    try (var backend =
        Http2Backend.of(request -> {
          boolean expected = "100-continue".equals(request.getHeader("expect"));
          request.body().onSuccess(body -> request.response().end(body + " " + expected));
          request.response().writeContinue();
        })) {
      start(backend.settings());
      try (var client = new RawH2Client(relay.port())) {
        client.request(1, false, "PUT", "/a", "expect", "100-continue");
        assertEquals(new Outcome.Answered(100), client.outcome(1));
        client.data(1, true, "body".getBytes(java.nio.charset.StandardCharsets.ISO_8859_1));
        assertEquals(new Outcome.Answered(200), client.outcome(1));
      }
      try (var client = new RawClient(relay.port())) {
        client.send(EXPECTING).readUntil("100 Continue\r\n\r\n");
        assertEquals("body true", client.send("body").answer().orElseThrow().body());
      }
    }
  }

  private static String yaml(String api) {
    return """
    server: {listen: "127.0.0.1:0", enable_http2: true}
    apis: [{name: web, %s, http_cache: on}]
    """
        .formatted(api);
  }
}
