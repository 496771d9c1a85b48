package io.ccrelay.proxy.transport;

import static io.ccrelay.proxy.transport.RepeatingServer.ask;
import static io.ccrelay.proxy.transport.RepeatingServer.get;
import static io.ccrelay.proxy.transport.RepeatingServer.post;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ccrelay.testing.RawClient;
import io.ccrelay.testing.Waiting;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.http.HttpServerOptions;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ShortcutTest {

  private RepeatingServer server = new RepeatingServer();
  private RawClient client;

  @BeforeEach
  void connect() throws IOException {
    client = server.client();
  }

  @AfterEach
  void stop() throws IOException {
    client.close();
    server.close();
  }

  @Test
  void aRequestThatCameTwiceIsAnsweredWithoutBeingRead() throws IOException {
    server.teach(client, get("/a"));
    for (int i = 0; i < 5; i++) {
      assertEquals("/a=", ask(client, get("/a")));
    }
    assertEquals(List.of(), server.read);
    Waiting.until(() -> server.repeated.get() == 5, "the account of all answers");
  }

  @Test
  void otherConnectionsOfTheSameCallerShareIt() throws IOException {
    server.teach(client, post("/a", "{}"));
    try (var other = server.client()) {
      assertEquals("/a={}", ask(other, post("/a", "{}")));
    }
    assertEquals(List.of(), server.read);
  }

  @Test
  void anotherCallerDoesNot() throws IOException {
    server.teach(client, get("/a"));
    try (var stranger = server.stranger()) {
      assertEquals("/a=", ask(stranger, get("/a")));
    }
    assertEquals(List.of("/a"), server.read);
  }

  @Test
  void oneOtherByteIsAnotherRequest() throws IOException {
    server.teach(client, get("/a", "x: 1"));
    assertEquals("/a=", ask(client, get("/a", "x: 2")));
    assertEquals("/b=", ask(client, get("/b", "x: 1")));
    assertEquals(List.of("/a", "/b"), server.read);
  }

  @Test
  void whatTheCacheDoesNotConfirmIsRead() throws IOException {
    server.teach(client, post("/a", "1"));
    server.holds = () -> Future.succeededFuture(false);
    assertEquals("/a=1", ask(client, post("/a", "1")));
    server.holds = () -> Future.failedFuture("lost");
    assertEquals("/a=1", ask(client, post("/a", "1")));
    assertEquals(List.of("/a", "/a"), server.read);
    assertEquals(0, server.repeated.get());
  }

  @Test
  void anAnswerThatDidNotHoldIsNotLearnedAgainAtOnce() throws IOException {
    server.teach(client, get("/a"));
    server.holds = () -> Future.succeededFuture(false);
    ask(client, get("/a"));
    server.holds = () -> Future.succeededFuture(true);
    server.teach(client, get("/a"));
    ask(client, get("/a"));
    assertEquals(List.of("/a"), server.read);
    server.pass(Duration.ofMillis(1001));
    server.teach(client, get("/a"));
    server.teach(client, get("/a"));
    ask(client, get("/a"));
    assertEquals(List.of(), server.read);
  }

  @Test
  void whenItsTimeIsOverItIsReadAndLearnedAnew() throws IOException {
    server.teach(client, get("/a"));
    server.pass(Duration.ofMillis(501));
    ask(client, get("/a"));
    ask(client, get("/a"));
    assertEquals(List.of("/a"), server.read);
  }

  @Test
  void otherRulesMakeItAnotherRequest() throws IOException {
    server.teach(client, get("/a"));
    server.rules = "others";
    ask(client, get("/a"));
    assertEquals(List.of("/a"), server.read);
  }

  @Test
  void requestsThatComeSeldomAreNotKept() throws IOException {
    for (int i = 0; i < 3; i++) {
      ask(client, get("/a"));
      server.pass(Duration.ofMillis(1001));
    }
    assertEquals(3, server.read.size());
  }

  @Test
  void aRequestThatComesBackAfterManyOthersIsKeptAgain() throws IOException {
    server.teach(client, get("/a"));
    server.pass(Duration.ofMillis(1001));
    for (int i = 0; i < 4000; i++) {
      ask(client, get("/other", "x: " + i));
    }
    server.teach(client, get("/a"));
    server.teach(client, get("/a"));
    ask(client, get("/a"));
    assertEquals(List.of(), server.read);
  }

  @Test
  void nothingIsRepeatedAfterTheEnd() throws IOException {
    server.teach(client, get("/a"));
    server.stopRepeating();
    server.teach(client, get("/a"));
    ask(client, get("/a"));
    assertEquals(List.of("/a"), server.read);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/chunked", "/missing", "/long"})
  void someAnswersAreNotKept(String target) throws IOException {
    String request =
        target.equals("/long") ? post(target, "x".repeat(Repeats.LARGEST + 1)) : get(target);
    if (target.equals("/chunked")) {
      for (int i = 0; i < 4; i++) {
        client.send(request).readUntil("0\r\n\r\n");
      }
    } else {
      for (int i = 0; i < 4; i++) {
        ask(client, request);
      }
    }
    assertEquals(4, server.read.size());
  }

  @Test
  void anAnswerThatEndsItsConnectionIsNotKept() throws IOException {
    for (int i = 0; i < 4; i++) {
      try (var one = server.client()) {
        ask(one, get("/a", "Connection: close"));
        assertTrue(one.answer().isEmpty());
      }
    }
    assertEquals(4, server.read.size());
  }

  @Test
  void anAnswerOfAnOlderVersionIsNotKept() throws IOException {
    for (int i = 0; i < 4; i++) {
      try (var one = server.client()) {
        ask(one, "GET /a HTTP/1.0\r\nHost: a\r\nConnection: keep-alive\r\n\r\n");
      }
    }
    assertEquals(4, server.read.size());
  }

  @Test
  void everyAnswerHasANameOfItsOwn() throws IOException {
    var number = new AtomicInteger();
    server.name = "name-0";
    server.names = () -> "name-" + number.incrementAndGet();
    String request = post("/a", "name-0");
    server.teach(client, request);
    var first = client.send(request).answer().orElseThrow();
    var second = client.send(request).answer().orElseThrow();
    assertEquals(List.of(), server.read);
    assertEquals("name-1", first.fields().get("x-name"));
    assertEquals("name-2", second.fields().get("x-name"));
    assertEquals("/a=name-0", second.body(), "the content is not touched");
  }

  @Test
  void twoRequestsInOneSegmentAreTwo() throws IOException {
    for (int i = 0; i < 4; i++) {
      client.send(get("/a") + get("/a"));
      assertEquals("/a=", client.answer().orElseThrow().body());
      assertEquals("/a=", client.answer().orElseThrow().body());
    }
    assertEquals(8, server.read.size());
    client.send(get("/a") + get("/b"));
    assertEquals("/a=", client.answer().orElseThrow().body());
    assertEquals("/b=", client.answer().orElseThrow().body());
  }

  @Test
  void aRequestThatComesInPiecesIsRead() throws IOException {
    String request = post("/a", "12345678");
    server.teach(client, request);
    String half = request.substring(0, request.length() - 4);
    client.send(half);
    Waiting.until(() -> !server.read.isEmpty(), "the head");
    assertEquals("/a=12345678", ask(client, request.substring(half.length())));
    assertEquals("/a=12345678", ask(client, request));
    assertEquals(List.of("/a"), server.read);
  }

  /** Bytes that look like a request may be the content of another. */
  @Test
  void contentIsNeverTakenForARequest() throws IOException {
    String inner = get("/inner");
    server.teach(client, inner);
    String outer = post("/outer", inner);
    client.send(outer.substring(0, outer.length() - inner.length()));
    Waiting.until(() -> !server.read.isEmpty(), "the head");
    assertEquals("/outer=" + inner, ask(client, inner));
    assertEquals(List.of("/outer"), server.read);
  }

  @Test
  void noAnswerOvertakesOneThatIsStillDue() throws IOException {
    server.teach(client, get("/a"));
    client.send(get("/held"));
    Waiting.until(server::isHolding, "the request that is held");
    client.send(get("/a"));
    server.release();
    assertEquals("released", client.answer().orElseThrow().body());
    assertEquals("/a=", client.answer().orElseThrow().body());
    assertEquals(List.of("/held", "/a"), server.read);
  }

  @Test
  void moreBytesEndAnAttemptThatTakesLong() throws IOException {
    server.teach(client, get("/a"));
    var asked = new AtomicInteger();
    Promise<Boolean> never = Promise.promise();
    server.holds =
        () -> {
          asked.incrementAndGet();
          return never.future();
        };
    client.send(get("/a"));
    Waiting.until(() -> asked.get() == 1, "the question");
    assertEquals(List.of(), server.read);
    client.send(get("/b"));
    assertEquals("/a=", client.answer().orElseThrow().body());
    assertEquals("/b=", client.answer().orElseThrow().body());
    never.complete(true);
    assertEquals("/c=", ask(client, get("/c")), "a late word changes nothing");
    assertEquals(List.of("/a", "/b", "/c"), server.read);
  }

  @Test
  void anAnswerWhoseTimeEndsWhileTheCacheIsAskedIsMadeAnew() throws IOException {
    server.teach(client, get("/a"));
    var asked = new AtomicInteger();
    Promise<Boolean> late = Promise.promise();
    server.holds =
        () -> {
          asked.incrementAndGet();
          return late.future();
        };
    client.send(get("/a"));
    Waiting.until(() -> asked.get() == 1, "the question");
    server.pass(Duration.ofMillis(501));
    late.complete(true);
    assertEquals("/a=", client.answer().orElseThrow().body());
    assertEquals(List.of("/a"), server.read);
  }

  @Test
  void aClientMayLeaveWhileTheCacheIsAsked() throws IOException {
    server.teach(client, get("/a"));
    var asked = new AtomicInteger();
    Promise<Boolean> later = Promise.promise();
    server.holds =
        () -> {
          asked.incrementAndGet();
          return later.future();
        };
    var leaving = server.client();
    leaving.send(get("/a"));
    Waiting.until(() -> asked.get() == 1, "the question");
    leaving.reset();
    later.complete(true);
    server.holds = () -> Future.succeededFuture(true);
    assertEquals("/a=", ask(client, get("/a")));
  }

  @Test
  void whoIsAnsweredThisWayIsNotIdle() throws Exception {
    client.close();
    server.close();
    server =
        new RepeatingServer(
            new HttpServerOptions().setIdleTimeout(800).setIdleTimeoutUnit(TimeUnit.MILLISECONDS));
    client = server.client();
    server.teach(client, get("/a"));
    for (int i = 0; i < 8; i++) {
      assertEquals("/a=", ask(client, get("/a")));
      TimeUnit.MILLISECONDS.sleep(200); // the idle handler has a clock of its own
    }
    assertEquals(List.of(), server.read);
    assertNotEquals(0, server.repeated.get());
    assertTrue(client.endsWithin(Duration.ofSeconds(10)), "and who is idle still is");
  }
}
