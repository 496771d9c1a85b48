package io.ccrelay.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ccrelay.testing.RawClient;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Answers given before the content was read, and what becomes of the content. */
class UnreadContentTest {

  private static final String HIDDEN = "GET /hidden HTTP/1.1\r\nHost: a\r\n\r\n";
  private static final String EARLY = "POST /early HTTP/1.1\r\nHost: a\r\n";

  private static GateServer server;

  @BeforeAll
  static void start() throws Exception {
    server = new GateServer();
  }

  @AfterAll
  static void stop() throws Exception {
    server.close();
  }

  @BeforeEach
  void forget() {
    server.seen.clear();
  }

  @Test
  void aShortRemainderIsSkippedAndTheConnectionStays() throws Exception {
    try (var client = server.client()) {
      client.send(EARLY + "Content-Length: " + HIDDEN.length() + "\r\n\r\n" + HIDDEN);
      var answer = client.answer().orElseThrow();
      assertEquals(401, answer.status());
      assertNull(answer.fields().get("connection"));
      client.send("GET /next HTTP/1.1\r\nHost: a\r\n\r\n");
      assertEquals(200, client.answer().orElseThrow().status());
      assertEquals(List.of("/early", "/next"), server.seen);
    }
  }

  @Test
  void aRemainderThatComesAfterTheAnswerIsSkipped() throws Exception {
    try (var client = server.client()) {
      client.send(EARLY + "Transfer-Encoding: chunked\r\n\r\n");
      assertEquals(401, client.answer().orElseThrow().status());
      client.send(Integer.toHexString(HIDDEN.length()) + "\r\n" + HIDDEN + "\r\n0\r\n\r\n");
      client.send("GET /next HTTP/1.1\r\nHost: a\r\n\r\n");
      assertEquals(200, client.answer().orElseThrow().status());
      assertEquals(List.of("/early", "/next"), server.seen);
    }
  }

  @Test
  void aLongRemainderEndsTheConnectionAfterTheAnswer() throws Exception {
    try (var client = server.client()) {
      client.send(EARLY + "Content-Length: 100000000\r\n\r\n" + HIDDEN);
      var answer = client.answer().orElseThrow();
      assertEquals(401, answer.status());
      assertEquals("who are you", answer.body());
      assertEquals("close", answer.fields().get("connection"));
      assertTrue(client.endsWithin(Duration.ofSeconds(1)));
      assertEquals(List.of("/early"), server.seen);
    }
  }

  @Test
  void aClientThatKeepsSendingGetsItsAnswerAndIsCutOff() throws Exception {
    try (var client = server.client()) {
      client.send(EARLY + "Content-Length: 100000000\r\n\r\n");
      assertTrue(sendUntilCutOff(client, 100_000_000) < 100_000_000);
      assertEquals(List.of("/early"), server.seen);
    }
    assertTrue(server.isAlive());
  }

  private static long sendUntilCutOff(RawClient client, long bytes) throws InterruptedException {
    byte[] block = new byte[64 << 10];
    long sent = 0;
    try {
      for (; sent < bytes; sent += block.length) {
        client.send(block);
      }
    } catch (IOException cutOff) {
      return sent;
    }
    return sent;
  }

  @Test
  void anUnknownLengthIsSkippedForABoundOnly() throws Exception {
    try (var client = server.client()) {
      client.send(EARLY + "Transfer-Encoding: chunked\r\n\r\n5f5e100\r\n");
      assertEquals(401, client.answer().orElseThrow().status());
      assertTrue(sendUntilCutOff(client, 100_000_000) < 100_000_000);
    }
    assertTrue(server.isAlive());
  }

  @Test
  void aRemainderThatDoesNotComeEndsTheConnection() throws Exception {
    try (var client = server.client()) {
      client.send(EARLY + "Content-Length: 10\r\n\r\nabc");
      assertEquals(401, client.answer().orElseThrow().status());
      assertTrue(client.endsWithin(Duration.ofSeconds(4)));
    }
  }

  @Test
  void contentThatWasNotAskedForLeavesNoWayToGoOn() throws Exception {
    try (var client = server.client()) {
      client.send(EARLY + "Expect: 100-continue\r\nContent-Length: 10\r\n\r\n");
      var answer = client.answer().orElseThrow();
      assertEquals(401, answer.status());
      assertEquals("close", answer.fields().get("connection"));
      assertTrue(client.endsWithin(Duration.ofSeconds(1)));
    }
  }
}
