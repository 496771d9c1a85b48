package io.ccrelay.upstream.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.ccrelay.testing.Await;
import io.ccrelay.testing.RawServer;
import io.ccrelay.testing.Waiting;
import io.ccrelay.upstream.Upstream;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A connection serves the next exchange as soon as its answer arrived, read or not. */
class RecycledConnectionTest {

  private final CountDownLatch givenUp = new CountDownLatch(1);
  private Vertx vertx;
  private Upstreams client;
  private RawServer server;

  @BeforeEach
  void start() {
    vertx = Vertx.vertx();
    client = new Upstreams(vertx, Upstreams.poolOf(4, 4));
    server = RawServer.following(this::answer);
  }

  @AfterEach
  void stop() {
    givenUp.countDown();
    client.close();
    server.close();
    Await.result(vertx.close());
  }

  @Test
  void givingUpAnAnswerThatNobodyReadLeavesTheNextExchangeAlone() {
    Upstream.Answer unread = Await.result(client.head(Upstreams.get(server.origin(), "/unread")));
    Future<Upstreams.Whole> next = client.send(Upstreams.post(server.origin(), "/next", "{}"));
    Waiting.until(() -> server.requests() == 2, "both requests");
    assertEquals(1, server.connections());
    Await.result(
        client.run(() -> {
          unread.cancel();
          return Future.succeededFuture();
        }));
    givenUp.countDown();
    assertEquals("next", Await.result(next).text());
  }

  @Test
  void givingUpAnAnswerThatNobodyReadKeepsAnIdleConnection() {
    Upstream.Answer unread = Await.result(client.head(Upstreams.get(server.origin(), "/unread")));
    Await.result(
        client.run(() -> {
          unread.cancel();
          return Future.succeededFuture();
        }));
    givenUp.countDown();
    assertEquals("next", Await.result(client.send(Upstreams.get(server.origin(), "/next"))).text());
    assertEquals(1, server.connections());
    client.awaitIdle();
  }

  private void answer(RawServer.Exchange exchange, int count) throws IOException {
    if (count == 0) {
      exchange.ok("unread");
    } else {
      awaitGivenUp();
      exchange.ok("next");
    }
  }

  private void awaitGivenUp() {
    try {
      var _ = givenUp.await(5, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
