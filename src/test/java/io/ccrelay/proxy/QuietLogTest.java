package io.ccrelay.proxy;

import static io.ccrelay.testing.Chats.ask;
import static io.ccrelay.testing.Chats.askStream;
import static io.ccrelay.testing.Chats.events;
import static io.ccrelay.testing.Chats.message;
import static org.junit.jupiter.api.Assertions.assertEquals;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import io.ccrelay.testing.Ask;
import io.ccrelay.testing.RawClient;
import io.ccrelay.testing.RawServer;
import io.ccrelay.testing.Relays;
import java.io.IOException;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** What clients and upstreams do wrong is counted and answered, and is no error of the relay's. */
class QuietLogTest {

  private final Logger root = (Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME);
  private final Queue<String> errors = new ConcurrentLinkedQueue<>();
  private final AppenderBase<ILoggingEvent> ears =
      new AppenderBase<>() {
        @Override
        protected void append(ILoggingEvent event) {
          if (event.getLevel().isGreaterOrEqual(Level.WARN)) {
            errors.add(event.getLoggerName() + ": " + event.getFormattedMessage());
          }
        }
      };
  private RawServer upstream;
  private Relays relay;

  @BeforeEach
  void start() {
    upstream = RawServer.following((exchange, count) -> exchange.ok(message("Hello")));
    relay = Relays.start(Relays.before(upstream.origin()));
    ears.start();
    root.addAppender(ears);
  }

  @AfterEach
  void stop() {
    root.detachAppender(ears);
    relay.close();
    upstream.close();
  }

  @Test
  void brokenUpstreamsAreNoErrorsOfTheRelay() {
    List<RawServer.Script> scripts =
        List.of(
            (exchange, count) -> exchange.reset(),
            (exchange, count) ->
                exchange.write(
                    "HTTP/1.1 101 Switching\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\nabc"),
            (exchange, count) -> exchange.write("SSH-2.0-x\r\n\r\n"),
            (exchange, count) -> exchange.write("HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n"),
            (exchange, count) ->
                exchange.write("HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\nabc").reset());
    var ask = new Ask(relay.origin());
    for (var script : scripts) {
      upstream.follow(script);
      assertEquals(502, ask.post("/v1/messages", ask("q"), "x-api-key", "k").statusCode());
    }
    upstream.follow((exchange, count) -> exchange.ok(message("Hello")));
    assertEquals(200, ask.post("/v1/messages", ask("last"), "x-api-key", "k").statusCode());
    relay.awaitIdle();
    assertEquals(List.of(), List.copyOf(errors));
  }

  @Test
  void clientsThatLeaveAreNoErrorsOfTheRelay() throws IOException {
    String first = events("a").getFirst();
    upstream.follow((exchange, count) ->
        exchange.write(
            "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n"
                + "Transfer-Encoding: chunked\r\n\r\n"
                + Integer.toHexString(first.length())
                + "\r\n"
                + first
                + "\r\n"));
    String request = RawClient.post("/v1/messages", askStream("q"), "x-api-key: k");
    for (int i = 0; i < 4; i++) {
      try (var client = new RawClient(relay.port())) {
        client.send(request);
        client.readUntil("message_start");
        client.reset();
      }
      try (var client = new RawClient(relay.port())) {
        client.send(request.substring(0, request.length() - 5));
        client.reset();
      }
      try (var client = new RawClient(relay.port())) {
        client.send("POST /v1/files HTTP/1.1\r\nHost: r\r\nContent-Length: 9\r\n\r\nabc");
        client.reset();
      }
    }
    relay.awaitIdle();
    io.ccrelay.testing.Waiting.until(() -> relay.connections.open() == 0, "all gone");
    assertEquals(List.of(), List.copyOf(errors));
  }
}
