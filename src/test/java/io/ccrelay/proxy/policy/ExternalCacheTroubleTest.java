package io.ccrelay.proxy.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.ccrelay.proxy.policy.PolicyRelay.With;
import io.ccrelay.testing.RedisProcess;
import io.ccrelay.testing.RedisServers;
import io.ccrelay.testing.Waiting;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** An external cache that is held, killed and started again while clients ask. */
@Tag("slow")
class ExternalCacheTroubleTest {

  /** Values of the external cache by path. */
  private static final String DOCUMENT =
      PolicyRelay.document(
          """
          <cache-lookup-value key="@(context.Request.Url.Path)" variable-name="kept" caching-type="external" />
          <choose>
            <when condition="@(context.Variables.ContainsKey("kept"))">
              <return-response>
                <set-header name="X-From"><value>redis</value></set-header>
                <set-body>@((string)context.Variables["kept"])</set-body>
              </return-response>
            </when>
          </choose>
          """,
          "<cache-store-value key=\"@(context.Request.Url.Path)\" value=\"@(context.Response.Body.As<string>(preserveContent: true))\" duration=\"600\" caching-type=\"external\" />");

  private static final int PATHS = 40;
  private static final int CLIENTS = 4;

  private final Queue<String> wrong = new ConcurrentLinkedQueue<>();
  private final AtomicInteger asked = new AtomicInteger();
  private final AtomicBoolean over = new AtomicBoolean();

  @ParameterizedTest(name = "every request is answered rightly, and hits come back {0}")
  @EnumSource
  void trouble(RedisServers kind) throws Exception {
    try (var servers = kind.open();
        var relay = new With(DOCUMENT).redis(servers.options()).start()) {
      relay.backend.always((seen, response) -> response.end("answer to " + seen.uri()));
      awaitHits(relay, "at first");
      try (var clients = Executors.newFixedThreadPool(CLIENTS)) {
        for (int i = 0; i < CLIENTS; i++) {
          var _ = clients.submit(() -> askAll(relay));
        }
        afterSomeRequests(100);
        hold(servers.server());
        awaitHits(relay, "after the pause");
        replace(kind, servers.server());
        awaitHits(relay, "after the kill");
        over.set(true);
      }
    }
    assertEquals("[]", wrong.toString());
  }

  /** Requests go on without it meanwhile. */
  private void hold(RedisProcess server) {
    server.pause();
    afterSomeRequests(100);
    server.resume();
  }

  /** Sentinels put another in its place; elsewhere it has to come back. */
  private void replace(RedisServers kind, RedisProcess server) {
    server.kill();
    afterSomeRequests(100);
    if (kind != RedisServers.SENTINELS && kind != RedisServers.SENTINELS_OVER_TLS) {
      server.restart();
    }
  }

  private void afterSomeRequests(int more) {
    int enough = asked.get() + more;
    Waiting.until(() -> asked.get() >= enough, more + " requests are answered");
  }

  private void askAll(PolicyRelay relay) {
    for (int i = 0; !over.get(); i = (i + 1) % PATHS) {
      ask(relay, i);
    }
  }

  private boolean ask(PolicyRelay relay, int number) {
    long begun = System.nanoTime();
    var answer = relay.get("/" + number);
    long took = System.nanoTime() - begun;
    if (answer.statusCode() != 200
        || !answer.body().equals("answer to /" + number)
        || took > Duration.ofSeconds(5).toNanos()) {
      wrong.add(answer.statusCode() + " " + answer.body() + " in " + took / 1_000_000 + " ms");
    }
    asked.incrementAndGet();
    return PolicyRelay.field(answer, "x-from").equals("redis");
  }

  /** All paths are hits within ten seconds, wherever their keys are. */
  private void awaitHits(PolicyRelay relay, String when) {
    Waiting.until(
        () -> {
          int hits = 0;
          for (int i = 0; i < PATHS; i++) {
            hits += ask(relay, i) ? 1 : 0;
          }
          return hits == PATHS;
        },
        "hits " + when);
  }
}
