package io.ccrelay.proxy.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.ccrelay.testing.RawClient;
import io.ccrelay.testing.RawServer;
import io.ccrelay.testing.Relays;
import io.ccrelay.testing.Waiting;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * RFC 9111 section 5.2.2.2 with RFC 9110 sections 15.6.3 and 15.6.5: an origin that is gone gives
 * one status, whichever way its connection ended.
 */
@DisplayName("An origin that is gone")
class LostOriginTest {

  /** How it is gone. */
  private enum Way {
    /** Connections are refused. */
    REFUSES(RawServer::close),
    /** They are accepted, as by the queue of a listener that is being closed, and ended. */
    CLOSES(origin -> origin.follow((exchange, count) -> exchange.close())),
    RESETS(origin -> origin.follow((exchange, count) -> exchange.reset())),
    /** Only the one that was kept gives none. */
    RESETS_THEN_REFUSES(origin ->
        origin.follow((exchange, count) -> {
          origin.close();
          exchange.reset();
        }));

    private final Consumer<RawServer> leave;

    Way(Consumer<RawServer> leave) {
      this.leave = leave;
    }
  }

  private final RawServer origin = RawServer.following((exchange, count) -> exchange.ok("x"));
  private Relays relay = Relays.start(yaml("backend: '" + origin.origin() + "'"));

  @AfterEach
  void stop() {
    relay.close();
    origin.close();
  }

  private static String yaml(String settings) {
    return """
    server: {listen: "127.0.0.1:0"}
    apis:
      - {name: web, path: /, http_cache: on, %s}
    """
        .formatted(settings);
  }

  private RawClient.Answer asked(String path) throws IOException {
    try (var client = new RawClient(relay.port())) {
      var answer =
          client.send("GET " + path + " HTTP/1.1\r\nHost: h\r\n\r\n").answer().orElseThrow();
      Waiting.until(() -> relay.flights.size() == 0, "the end of the flight");
      return answer;
    }
  }

  private void stored(String directives, String... lines) throws IOException {
    String head = "HTTP/1.1 200 OK\r\nCache-Control: max-age=10" + directives + "\r\n";
    String others = String.join("", lines);
    origin.follow(
        (exchange, count) -> exchange.write(head + others + "Content-Length: 3\r\n\r\nold"));
    assertEquals("old", asked("/a").body());
    relay.clock.advance(Duration.ofSeconds(11));
  }

  @ParameterizedTest
  @EnumSource
  void isATimeoutWhereStaleUseIsForbidden(Way way) throws IOException {
    stored(", must-revalidate");
    way.leave.accept(origin);
    var error = asked("/a");
    assertEquals(504, error.status());
    assertEquals("application/problem+json", error.fields().get("content-type"));
    assertFalse(error.fields().containsKey("cache-status"));
  }

  @ParameterizedTest
  @EnumSource
  void isATimeoutOnAConnectionOfItsOwnToo(Way way) throws IOException {
    stored(", must-revalidate", "Connection: close\r\n");
    way.leave.accept(origin);
    assertEquals(504, asked("/a").status());
  }

  @ParameterizedTest
  @EnumSource
  void isCoveredWhereStaleUseIsAllowed(Way way) throws IOException {
    stored("");
    way.leave.accept(origin);
    assertEquals("old", asked("/a").body());
  }

  @ParameterizedTest
  @EnumSource
  void isABadGatewayWhereNothingIsStored(Way way) throws IOException {
    asked("/warm");
    way.leave.accept(origin);
    assertEquals(502, asked("/a").status());
  }

  @ParameterizedTest
  @ValueSource(strings = {"H", "HTTP/1.1 200 OK\r\nX-A: a", "SSH-2.0-OpenSSH_9.2\r\n\r\n"})
  void isNotOneThatBrokeItsAnswer(String bytes) throws IOException {
    stored(", must-revalidate");
    origin.follow((exchange, count) -> exchange.write(bytes).close());
    assertEquals(502, asked("/a").status());
  }

  @ParameterizedTest
  @CsvSource({"false,504", "true,502"})
  void isToldFromOneThatRefusesTheStream(boolean resets, int status) throws IOException {
    var script =
        new AtomicReference<Consumer<HttpServerRequest>>(request ->
            request
                .response()
                .putHeader("cache-control", "max-age=10, must-revalidate")
                .end("old"));
    try (var backend = Http2Backend.of(request -> script.get().accept(request))) {
      relay.reload(yaml(backend.settings()));
      assertEquals("old", asked("/a").body());
      relay.clock.advance(Duration.ofSeconds(11));
      script.set(request -> {
        if (resets) {
          request.response().reset(2);
        } else {
          request.connection().close();
        }
      });
      assertEquals(status, asked("/a").status());
    }
  }
}
