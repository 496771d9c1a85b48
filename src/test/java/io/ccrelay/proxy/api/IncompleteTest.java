package io.ccrelay.proxy.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ccrelay.testing.Ask;
import io.ccrelay.testing.RawClient;
import io.ccrelay.testing.RawServer;
import io.ccrelay.testing.RawServer.Exchange;
import io.ccrelay.testing.Relays;
import io.ccrelay.testing.Waiting;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** RFC 9111 section 3.3 and RFC 9112 section 8: broken answers are nobody's and never stored. */
class IncompleteTest {

  private static final String CACHEABLE = "HTTP/1.1 200 OK\r\nCache-Control: max-age=60\r\n";

  private final RawServer origin = RawServer.following((exchange, count) -> exchange.close());
  private Relays relay;
  private Ask ask;

  @BeforeEach
  void start() {
    relay =
        Relays.start(
            """
            server: {listen: "127.0.0.1:0"}
            apis: [{name: web, backend: "%s", http_cache: on}]
            """
                .formatted(origin.origin()));
    ask = new Ask(relay.origin());
  }

  @AfterEach
  void stop() {
    relay.close();
    origin.close();
  }

  private void aBrokenAnswerThenAGoodOne(RawServer.Script broken) {
    origin.follow(broken);
    assertThrows(AssertionError.class, () -> ask.get("/a"));
    Waiting.until(() -> relay.flights.size() == 0, "the end of the flight");
    origin.follow((exchange, count) -> good(exchange));
    var answer = ask.get("/a");
    assertEquals("good", answer.body());
    assertTrue(
        answer
            .headers()
            .firstValue("cache-status")
            .orElse("")
            .startsWith("cc-relay; fwd=uri-miss"));
  }

  private static void good(Exchange exchange) throws IOException {
    exchange.write(CACHEABLE + "Content-Length: 4\r\n\r\ngood");
  }

  @Test
  void fewerBytesThanAnnounced() {
    aBrokenAnswerThenAGoodOne(
        (exchange, count) -> exchange.write(CACHEABLE + "Content-Length: 9\r\n\r\nhalf").close());
  }

  @Test
  void chunksWithoutTheLast() {
    aBrokenAnswerThenAGoodOne((exchange, count) ->
        exchange.write(CACHEABLE + "Transfer-Encoding: chunked\r\n\r\n4\r\nhalf\r\n").close());
  }

  @Test
  void contentThatOnlyTheConnectionEndsIsPassedOnAndNotStored() {
    origin.follow((exchange, count) -> exchange.write(CACHEABLE + "\r\nall").close());
    assertEquals("all", ask.get("/a").body());
    var second = ask.get("/a");
    assertEquals(
        "cc-relay; fwd=uri-miss; detail=close-delimited",
        second.headers().firstValue("cache-status").orElse(""));
  }

  @Test
  void bytesBehindTheContentReachNoOtherExchange() {
    origin.follow((exchange, count) ->
        exchange.write(
            CACHEABLE + "Content-Length: 1\r\n\r\n" + count + "HTTP/1.1 200 OK\r\n\r\nevil"));
    assertEquals("0", ask.get("/a").body());
    assertEquals("1", ask.get("/b").body());
    Waiting.until(() -> relay.flights.size() == 0, "the end of the flight");
    assertEquals("0", ask.get("/a").body());
  }

  @Test
  void anInterimStormIsReadAndNothingOfItStored() {
    origin.follow((exchange, count) -> {
      for (int i = 0; i < 50; i++) {
        exchange.write("HTTP/1.1 102 Processing\r\nX-Interim: yes\r\n\r\n");
      }
      exchange.write("HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n");
      good(exchange);
    });
    assertEquals("good", ask.get("/a").body());
    Waiting.until(() -> relay.flights.size() == 0, "the end of the flight");
    var hit = ask.get("/a");
    assertEquals("good", hit.body());
    assertTrue(hit.headers().firstValue("x-interim").isEmpty());
    assertEquals(1, origin.requests());
  }

  @Test
  void interimResponsesReachTheClientAtOnceAndAHitReplaysNone() throws IOException {
    origin.follow((exchange, count) -> {
      exchange.write("HTTP/1.1 102 Processing\r\nX-Step: 1\r\nConnection: x\r\n\r\n");
      exchange.write("HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n");
      exchange.write("HTTP/1.1 110 Odd\r\n\r\n");
      good(exchange);
    });
    String get = "GET /i HTTP/1.1\r\nHost: h\r\n\r\n";
    try (var client = new RawClient(relay.port())) {
      String interim = client.send(get).readUntil("</x>\r\n\r\n");
      assertEquals(
          "HTTP/1.1 102 Processing\r\nX-Step: 1\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n",
          interim);
      assertEquals(110, client.answer().orElseThrow().status());
      var last = client.answer().orElseThrow();
      assertEquals("good", last.body());
      assertFalse(last.fields().containsKey("x-step") || last.fields().containsKey("link"));
      Waiting.until(() -> relay.flights.size() == 0, "the end of the flight");
      assertEquals(200, client.send(get).answer().orElseThrow().status());
      var old = client.send(get.replace("1.1", "1.0").replace("/i", "/old")).answer();
      assertEquals("good", old.orElseThrow().body());
    }
    assertEquals(2, origin.requests());
  }

  @Test
  void absurdDatesAgesAndNumbersAreStaleOrIgnored() {
    String[] heads = {
      "Expires: 0\r\n",
      "Expires: Thu, 01 Jan 2099 00:00:00 PST\r\n",
      "Expires: Thursday, 01-Jan-2099 00:00:00 GMT\r\n",
      "Cache-Control: max-age=-1\r\n",
      "Cache-Control: max-age=1.5\r\n",
      "Cache-Control: max-age='60'\r\n",
      "Cache-Control: max-age=60\r\nAge: 99999999999999999999\r\n"
    };
    for (int i = 0; i < heads.length; i++) {
      String head = heads[i];
      origin.follow((exchange, count) ->
          exchange.write("HTTP/1.1 200 OK\r\n" + head + "Content-Length: 1\r\n\r\nx"));
      ask.get("/" + i);
      Waiting.until(() -> relay.flights.size() == 0, "the end of the flight");
      int before = origin.requests();
      ask.get("/" + i);
      assertEquals(before + 1, origin.requests(), head);
    }
  }
}
