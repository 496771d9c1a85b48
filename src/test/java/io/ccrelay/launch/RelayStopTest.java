package io.ccrelay.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ccrelay.testing.Await;
import io.ccrelay.testing.RawHttp;
import io.vertx.core.Future;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How a relay stops: who is still answered, and for how long. */
class RelayStopTest {

  private final RelayFixture relays = new RelayFixture();

  @AfterEach
  void close() throws IOException {
    relays.close();
  }

  @Test
  void runningAnswersFinishWhileReadinessSaysNo() throws Exception {
    RelayServer server = relays.start("");
    int relay = server.port();
    var answer = CompletableFuture.supplyAsync(() -> RelayFixture.post(relay, "drain"));
    assertTrue(relays.upstreamIsAsked());
    Future<Void> stopped = server.stop();
    assertEquals(503, RelayFixture.ready(server).status());
    assertSame(stopped, server.stop());
    assertFalse(stopped.isComplete());
    relays.upstreamMayAnswer();
    assertEquals(200, answer.get(10, TimeUnit.SECONDS).status());
    Await.result(stopped);
    assertThrows(
        UncheckedIOException.class, () -> RawHttp.ask(relay, "GET", "/health", RelayFixture.HOST));
  }

  @Test
  void duringTheAnnouncementRequestsAreStillTaken() throws Exception {
    relays.upstreamMayAnswer();
    var options = new StartOptions(1, Duration.ofSeconds(2), InstantSource.system());
    RelayServer server =
        Await.result(RelayServer.start(relays.vertx(), relays.config(""), options));
    Future<Void> stopped = server.stop();
    assertEquals(503, RelayFixture.ready(server).status());
    assertEquals(200, RelayFixture.post(server.port(), "late").status());
    Await.result(stopped);
  }

  @Test
  void anAnswerThatOutlastsTheDrainDoesNotKeepTheProcess() throws Exception {
    RelayServer server = relays.start("server: {listen: '127.0.0.1:0', drain: 300ms}");
    int relay = server.port();
    var cut = CompletableFuture.supplyAsync(() -> RelayFixture.post(relay, "endless"));
    assertTrue(relays.upstreamIsAsked());
    Await.result(server.stop());
    assertTrue(cut.handle((_, _) -> true).get(10, TimeUnit.SECONDS));
  }
}
