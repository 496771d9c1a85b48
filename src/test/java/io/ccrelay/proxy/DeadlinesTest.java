package io.ccrelay.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ccrelay.proxy.transport.Connections;
import io.ccrelay.testing.RawClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Clients that stand still, with all deadlines at a fiftieth: 10 s are 200 to 250 ms. */
class DeadlinesTest {

  private static final Duration TICK = Duration.ofMillis(50);
  private static final Duration SOON = Duration.ofSeconds(3);
  private static final Duration LONGER_THAN_A_DEADLINE = Duration.ofMillis(700);

  private static GateServer plain;
  private static GateServer clearTextHttp2;

  @BeforeAll
  static void start() throws Exception {
    plain = new GateServer(GateServer.ANY_PORT, TICK, new Connections(100));
    clearTextHttp2 =
        new GateServer(GateServer.http2(GateServer.ANY_PORT), TICK, new Connections(100));
  }

  @AfterAll
  static void stop() throws Exception {
    plain.close();
    clearTextHttp2.close();
  }

  @Test
  void silentConnectionsAreClosed() throws Exception {
    for (GateServer server : List.of(plain, clearTextHttp2)) {
      try (var client = server.client()) {
        assertTrue(client.endsWithin(SOON));
      }
    }
  }

  @Test
  void headsThatAreNotCompletedAreClosed() throws Exception {
    for (String part : List.of("G", "\r\n\r\n", "GET /x HTTP/1.1\r\nHost", "PRI * HTTP/2.0\r\n")) {
      for (GateServer server : List.of(plain, clearTextHttp2)) {
        try (var client = server.client()) {
          assertTrue(client.send(part).endsWithin(SOON), part);
        }
      }
    }
  }

  @Test
  void aSecondHeadThatIsNotCompletedIsClosed() throws Exception {
    try (var client = plain.client()) {
      client.send("GET /x HTTP/1.1\r\nHost: a\r\n\r\nGET /y");
      assertEquals(200, client.answer().orElseThrow().status());
      assertTrue(client.endsWithin(SOON));
    }
  }

  @Test
  void contentThatStandsStillIsAnswered408() throws Exception {
    try (var client = plain.client()) {
      client.send("POST /x HTTP/1.1\r\nHost: a\r\nContent-Length: 2000000\r\n\r\nabc");
      assertEquals(408, client.answer().orElseThrow().status());
      assertTrue(client.endsWithin(SOON));
    }
  }

  @Test
  void contentThatProgressesIsAwaited() throws Exception {
    try (var client = plain.client()) {
      client.send("POST /x HTTP/1.1\r\nHost: a\r\nContent-Length: 20000\r\n\r\n");
      for (int i = 0; i < 10; i++) {
        client.send("a".repeat(2000));
        Thread.sleep(60);
      }
      assertEquals(200, client.answer().orElseThrow().status());
    }
  }

  @Test
  void aClientThatWaitsForItsAnswerIsLeftAlone() throws Exception {
    for (GateServer server : List.of(plain, clearTextHttp2)) {
      try (var client = server.client()) {
        client.send("GET /late HTTP/1.1\r\nHost: a\r\n\r\n");
        assertEquals("late", client.answer().orElseThrow().body());
      }
    }
  }

  @Test
  void anIdleConnectionIsKeptForTheNextRequest() throws Exception {
    try (var client = plain.client()) {
      client.send("GET /x HTTP/1.1\r\nHost: a\r\n\r\n").answer();
      assertFalse(client.endsWithin(LONGER_THAN_A_DEADLINE));
    }
  }

  @Test
  void connectionsBeyondTheCapAreClosedAtOnceAndTheirPlacesComeBack() throws Exception {
    try (var server =
        new GateServer(GateServer.ANY_PORT, Duration.ofMinutes(1), new Connections(2))) {
      var held = new ArrayList<RawClient>();
      for (int i = 0; i < 2; i++) {
        held.add(server.client().send("GET /x HTTP/1.1\r\nHost: a\r\n\r\n"));
        assertEquals(200, held.get(i).answer().orElseThrow().status());
      }
      try (var third = server.client()) {
        assertTrue(third.endsWithin(SOON));
      }
      for (RawClient client : held) {
        client.close();
      }
      long end = System.nanoTime() + SOON.toNanos();
      while (server.connections.open() > 0 && System.nanoTime() < end) {
        Thread.onSpinWait();
      }
      assertTrue(server.isAlive());
    }
  }
}
