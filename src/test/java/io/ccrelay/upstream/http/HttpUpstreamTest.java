package io.ccrelay.upstream.http;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ccrelay.http.Fields;
import io.ccrelay.testing.Await;
import io.ccrelay.testing.FakeUpstream;
import io.ccrelay.testing.RawServer;
import io.ccrelay.testing.Waiting;
import io.ccrelay.upstream.Upstream;
import io.ccrelay.upstream.UpstreamException;
import io.ccrelay.upstream.UpstreamException.Kind;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a request looks like when it arrives, and what its answer looks like when it comes back. */
class HttpUpstreamTest {

  private Vertx vertx;
  private Upstreams client;
  private FakeUpstream provider;

  @BeforeEach
  void start() {
    vertx = Vertx.vertx();
    provider = FakeUpstream.start(vertx);
    client = new Upstreams(vertx, Upstreams.poolOf(4, 8));
  }

  @AfterEach
  void stop() {
    client.awaitIdle();
    client.close();
    provider.close();
    Await.result(vertx.close());
  }

  @Test
  void bytesFieldsAndTargetArriveAsTheyWereGiven() {
    byte[] body = new byte[300_000];
    new Random(7).nextBytes(body);
    var request =
        new Upstream.Request(
            "POST",
            provider.origin(),
            "/v1/messages?beta=true&x=%2f..%2F&&=",
            Fields.of("X-B", "2", "x-a", "1", "X-B", "3"),
            new Upstream.Body.Whole(Buffer.buffer(body)),
            Upstreams.PATIENT);
    Await.result(client.send(request));
    FakeUpstream.Seen seen = provider.last();
    assertEquals("/v1/messages?beta=true&x=%2f..%2F&&=", seen.uri());
    assertEquals(FakeUpstream.sha256(body), seen.sha256());
    assertEquals(provider.origin().substring(7), seen.fields().first("host").orElseThrow());
    assertEquals("300000", seen.fields().first("content-length").orElseThrow());
    assertEquals(
        List.of("X-B=2", "x-a=1", "X-B=3"),
        seen.fields().lines().stream()
            .filter(f -> f.name().toLowerCase().startsWith("x-"))
            .map(f -> f.name() + "=" + f.value())
            .toList());
    assertFalse(seen.fields().has("transfer-encoding"));
  }

  @Test
  void aRequestWithoutContentHasNoFraming() {
    Await.result(client.send(Upstreams.get(provider.origin(), "/")));
    assertFalse(provider.last().fields().has("content-length"));
    assertFalse(provider.last().fields().has("transfer-encoding"));
  }

  @Test
  void fieldsOfTheConnectionDoNotCrossAndTheOthersKeepOrderAndRepetition() {
    try (var server =
        RawServer.following((e, n) ->
            e.write(
                "HTTP/1.1 200 OK\r\nConnection: X-Hop\r\nX-Hop: 1\r\nKeep-Alive: timeout=9\r\n"
                    + "Set-Cookie: a=1\r\nX-B:\r\nSet-Cookie: b=2\r\nUpgrade: h2c\r\n"
                    + "Transfer-Encoding: chunked\r\nTrailer: X-Sum\r\n\r\n"
                    + "3\r\nabc\r\n0\r\nX-Sum: 9\r\n\r\n"))) {
      Upstreams.Whole answer = Await.result(client.send(Upstreams.get(server.origin(), "/")));
      assertEquals(
          Fields.of("Set-Cookie", "a=1", "X-B", "", "Set-Cookie", "b=2", "Trailer", "X-Sum"),
          answer.fields());
      assertEquals(Fields.of("X-Sum", "9"), answer.trailers());
      assertEquals("abc", answer.text());
      assertFalse(answer.closeDelimited());
    }
  }

  @Test
  void anAnswerToHeadHasNoContentAndTheConnectionIsUsedAgain() {
    try (var server =
        RawServer.following((e, n) -> e.write("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n"))) {
      for (int i = 0; i < 3; i++) {
        var get = Upstreams.get(server.origin(), "/");
        var head =
            new Upstream.Request(
                "HEAD", get.origin(), "/", get.fields(), get.body(), get.deadlines());
        Upstreams.Whole answer = Await.result(client.send(head));
        assertEquals("10", answer.fields().first("content-length").orElseThrow());
        assertEquals(0, answer.body().length());
      }
      assertEquals(1, server.connections());
    }
  }

  @Test
  void earlyHintsAreReportedBeforeTheAnswer() {
    try (var server =
        RawServer.following(
            (e, n) -> e.write("HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n").ok("abc"))) {
      var hints = new CopyOnWriteArrayList<Fields>();
      Future<Upstreams.Whole> answer =
          client.run(() ->
              client
                  .upstream
                  .call(Upstreams.get(server.origin(), "/"))
                  .onInterim((status, fields) -> hints.add(fields))
                  .send()
                  .compose(Upstreams::whole));
      assertEquals("abc", Await.result(answer).text());
      assertEquals(List.of(Fields.of("Link", "</a>")), hints);
    }
  }

  @Test
  void contentIsPassedInTheCodingItHas() throws IOException {
    var bomb = new ByteArrayOutputStream();
    try (var gzip = new GZIPOutputStream(bomb)) {
      byte[] zeros = new byte[1 << 20];
      for (int i = 0; i < 200; i++) {
        gzip.write(zeros);
      }
    }
    byte[] sent = bomb.toByteArray();
    provider.always((seen, response) ->
        response.putHeader("content-encoding", "gzip").end(Buffer.buffer(sent)));
    Upstreams.Whole answer =
        Await.result(client.send(Upstreams.get(provider.origin(), "/", "Accept-Encoding", "gzip")));
    assertArrayEquals(sent, answer.body().getBytes());
    assertEquals("gzip", answer.fields().first("content-encoding").orElseThrow());
    assertEquals("gzip", provider.last().fields().first("accept-encoding").orElseThrow());
  }

  @Test
  void eachPartOfAStreamIsDeliveredBeforeTheNextIsSent() {
    var gate = FakeUpstream.gate();
    provider.always(FakeUpstream.gated(gate, "text/event-stream"));
    var parts = new CopyOnWriteArrayList<String>();
    Future<Upstream.Answer> head =
        client.head(Upstreams.post(provider.origin(), "/v1/messages", "{}"));
    gate.await(1);
    gate.write("event: a\n\n");
    Await.result(client.run(() -> head.map(answer -> start(answer, parts))));
    Waiting.until(() -> parts.size() == 1, "first event");
    gate.write("event: b\n\n");
    Waiting.until(() -> parts.size() == 2, "second event");
    gate.end();
    Waiting.until(() -> parts.size() == 3, "end");
    assertEquals(List.of("event: a\n\n", "event: b\n\n", "END"), parts);
  }

  @Test
  void aBrokenStreamDoesNotEndInGoodOrder() {
    provider.always(FakeUpstream.cut("text/event-stream", "event: a\n\n"));
    var parts = new CopyOnWriteArrayList<String>();
    Await.result(
        client.run(() ->
            client
                .upstream
                .send(Upstreams.get(provider.origin(), "/"))
                .map(answer -> start(answer, parts))));
    Waiting.until(() -> parts.contains("BROKEN"), "failure");
    assertFalse(parts.contains("END"));
  }

  @Test
  void aPausedReceiverHoldsTheUpstreamBackAndIsNotTakenForAStall() {
    provider.always((seen, response) -> response.end(Buffer.buffer(new byte[20 << 20])));
    var deadlines =
        new Upstream.Deadlines(
            Duration.ofSeconds(3), Duration.ofSeconds(3), Duration.ofMillis(200), Optional.empty());
    var slow =
        client.run(() ->
            client
                .upstream
                .send(Upstreams.within(Upstreams.get(provider.origin(), "/"), deadlines))
                .compose(answer -> {
                  answer.pause();
                  Future<Upstreams.Whole> whole = Upstreams.whole(answer);
                  vertx.setTimer(600, id -> answer.resume());
                  return whole;
                }));
    assertEquals(20 << 20, Await.result(slow).body().length());
  }

  @Test
  void aKeptConnectionThatTheUpstreamClosedIsReplacedForIdempotentRequests() {
    try (var server = RawServer.following((e, n) -> e.ok("first"))) {
      Await.result(client.send(Upstreams.get(server.origin(), "/")));
      server.follow((e, n) -> {
        if (n == 1) {
          e.close();
        } else {
          e.ok("second");
        }
      });
      assertEquals("second", Await.result(client.send(Upstreams.get(server.origin(), "/"))).text());
      assertEquals(3, server.requests());
    }
  }

  @Test
  void aRequestThatMayHaveBeenProcessedIsNotSentTwice() {
    try (var server = RawServer.following((e, n) -> e.ok("first"))) {
      var post = Upstreams.post(server.origin(), "/", "{}");
      Await.result(client.send(post));
      server.follow((e, n) -> e.close());
      assertEquals(Kind.BROKEN, Upstreams.kindOf(client.send(post)));
      assertEquals(2, server.requests());
    }
  }

  @Test
  void whatCannotBeSentIsRefusedBeforeAnythingIsObtained() {
    String origin = provider.origin();
    for (Upstream.Request request :
        List.of(
            Upstreams.get(origin, "/a b"),
            Upstreams.get(origin, "/a\r\nX: y"),
            Upstreams.get(origin, "http://elsewhere/"),
            Upstreams.get(origin, "/", "X-A", "a\r\nb"),
            Upstreams.get(origin, "/", "X A", "a"),
            Upstreams.get(origin, "/", "X-A", "\u20ac"),
            Upstreams.get("ftp://127.0.0.1", "/"),
            Upstreams.get("nonsense", "/"))) {
      assertEquals(Kind.UNSENDABLE, Upstreams.kindOf(client.send(request)));
    }
    assertEquals(0, provider.calls());
  }

  @Test
  void aClosedPortAndAnUnknownNameAreFailuresToConnect() throws IOException {
    int free;
    try (var socket = new ServerSocket(0)) {
      free = socket.getLocalPort();
    }
    assertEquals(
        Kind.CONNECT,
        Upstreams.kindOf(client.send(Upstreams.get("http://127.0.0.1:" + free, "/"))));
    assertEquals(
        Kind.CONNECT,
        Upstreams.kindOf(client.send(Upstreams.get("https://127.0.0.1:" + portOf(provider), "/"))));
  }

  @Test
  void everyWaitHasItsDeadline() {
    var gate = FakeUpstream.gate();
    provider.always(FakeUpstream.hang(gate));
    var get = Upstreams.get(provider.origin(), "/");
    Duration soon = Duration.ofMillis(100);
    Duration late = Duration.ofSeconds(8);
    var firstByte = new Upstream.Deadlines(late, soon, late, Optional.empty());
    assertEquals(
        Kind.FIRST_BYTE_TIMEOUT, Upstreams.kindOf(client.send(Upstreams.within(get, firstByte))));
    var total = new Upstream.Deadlines(late, late, late, Optional.of(soon));
    assertEquals(Kind.TOTAL_TIMEOUT, Upstreams.kindOf(client.send(Upstreams.within(get, total))));
    provider.always((seen, response) -> {
      response.setChunked(true);
      response.write("a");
    });
    var betweenBytes = new Upstream.Deadlines(late, late, soon, Optional.empty());
    assertEquals(Kind.STALLED, Upstreams.kindOf(client.send(Upstreams.within(get, betweenBytes))));
    Waiting.until(() -> provider.aborted() == 3, "all reset at the upstream");
  }

  @Test
  void anExchangeCanBeGivenUpBeforeItsAnswerBegins() {
    var gate = FakeUpstream.gate();
    provider.always(FakeUpstream.hang(gate));
    var call =
        Await.result(
            client.run(() ->
                Future.succeededFuture(
                    client.upstream.call(Upstreams.get(provider.origin(), "/")))));
    var answer = client.run(call::send);
    gate.await(1);
    Await.result(client.run(() -> cancelled(call)));
    assertEquals(Kind.CLIENT_GONE, Upstreams.kindOf(answer));
    Waiting.until(() -> provider.aborted() == 1, "reset at the upstream");
  }

  private static Future<Void> cancelled(Upstream.Call call) {
    call.cancel();
    call.cancel();
    return Future.succeededFuture();
  }

  private static int portOf(FakeUpstream provider) {
    return Integer.parseInt(provider.origin().substring("http://127.0.0.1:".length()));
  }

  private static boolean start(Upstream.Answer answer, List<String> parts) {
    answer.start(
        new Upstream.Sink() {
          @Override
          public void chunk(Buffer chunk) {
            parts.add(chunk.toString());
          }

          @Override
          public void end(Fields trailers) {
            parts.add("END");
          }

          @Override
          public void failed(UpstreamException cause) {
            assertTrue(parts.add(cause.kind().name()));
          }
        });
    return true;
  }
}
