package io.ccrelay.proxy.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ccrelay.cache.RedisOptions;
import io.ccrelay.cache.cluster.Pair;
import io.ccrelay.proxy.policy.PolicyRelay.With;
import io.ccrelay.testing.Await;
import io.ccrelay.testing.FakeUpstream;
import io.ccrelay.testing.RawHttp;
import io.ccrelay.testing.RedisProcess;
import io.ccrelay.testing.Waiting;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The three documents of the requirements, unchanged, over every cache. */
class ExampleDocumentsTest {

  /** Where answers, values and counts are. */
  enum Caches {
    /** In the relay. */
    INTERNAL {
      @Override
      Nodes start(UnaryOperator<With> with, String document) {
        return new Nodes(with.apply(new With(document)).start());
      }
    },

    /** In the relay, and in a server where documents want or may have that. */
    REDIS {
      @Override
      Nodes start(UnaryOperator<With> with, String document) {
        var options =
            RedisOptions.standalone(SERVER.get().endpoint()).within(Duration.ofSeconds(5));
        return new Nodes(with.apply(new With(document)).redis(options).start());
      }

      @Override
      long kept(Nodes nodes) {
        return Long.parseLong(SERVER.server.say("DBSIZE"));
      }
    },

    /** In two relays that are one cluster. */
    CLUSTER {
      @Override
      Nodes start(UnaryOperator<With> with, String document) {
        var pair = new Pair();
        var one = new With(document).sharing(pair.store(), Pair.counters(0));
        var other = new With(document).sharing(pair.other(), Pair.counters(1));
        PolicyRelay first = with.apply(one).start();
        return new Nodes(first, with.apply(other.beside(first)).start());
      }

      @Override
      boolean hasFakeTime() {
        return false;
      }
    };

    abstract Nodes start(UnaryOperator<With> with, String document);

    /** How many values there are that need not be in the relay. */
    long kept(Nodes nodes) {
      return nodes.held();
    }

    /** Whether time passes for what is stored when these tests say so. */
    boolean hasFakeTime() {
      return true;
    }
  }

  /** Two relays under one document, or one that stands for both. */
  private record Nodes(PolicyRelay one, PolicyRelay other) implements AutoCloseable {

    Nodes(PolicyRelay alone) {
      this(alone, alone);
    }

    private List<PolicyRelay> each() {
      return Stream.of(one, other).distinct().toList();
    }

    FakeUpstream backend() {
      return one.backend;
    }

    FakeUpstream service() {
      return one.service;
    }

    /** What the second has. */
    long held() {
      return Await.result(other.relay.store.stats()).keyCount();
    }

    void wait(int seconds) {
      each().forEach(relay -> relay.wait(seconds));
    }

    @Override
    public void close() {
      each().reversed().forEach(PolicyRelay::close);
    }
  }

  private static final Lazy SERVER = new Lazy();

  /** A server for all cases, emptied by starting anew. */
  private static final class Lazy {
    private RedisProcess server;

    RedisProcess get() {
      if (server == null) {
        server = RedisProcess.open();
        Runtime.getRuntime().addShutdownHook(new Thread(server::close));
      } else {
        server.restart();
      }
      return server;
    }
  }

  static String example(String name) {
    try (var in = ExampleDocumentsTest.class.getResourceAsStream("/policies/" + name)) {
      return new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @ParameterizedTest(name = "responses are cached for a week, by version {0}")
  @EnumSource
  void responseCaching(Caches caches) {
    try (var nodes = caches.start(with -> with, example("apim-response-caching.xml"))) {
      nodes.backend().always((seen, response) -> response.end("answer " + nodes.backend().calls()));

      assertEquals("answer 1", data(nodes.one(), "/data?version=1"));
      assertEquals("answer 2", data(nodes.other(), "/data?version=2"));
      Waiting.until(
          () -> nodes.held() == 2, "caching-type is internal: both responses are in the relays");
      nodes.wait(604_799);

      assertEquals("answer 1", data(nodes.other(), "/data?version=1"));
      assertEquals("answer 2", data(nodes.one(), "/data?version=2"));
      assertEquals(2, nodes.backend().calls());
      if (caches.hasFakeTime()) {
        nodes.wait(1);
        assertEquals("answer 3", data(nodes.one(), "/data?version=1"));
      }
    }
  }

  /** Under one name, which is a part of what an answer is kept under. */
  private static String data(PolicyRelay relay, String target) {
    return RawHttp.ask(relay.relay.port(), "GET", target, "Host: shop.example").body();
  }

  @ParameterizedTest(name = "preferences are loaded once and kept {0}")
  @EnumSource
  void valueCaching(Caches caches) {
    try (var nodes =
        caches.start(
            with -> with.allow("private:backend.api"), example("apim-value-caching.xml"))) {
      nodes.backend().always(PolicyRelay.answer(200, "the page"));
      nodes.service().always(PolicyRelay.answer(200, "{\"theme\":\"dark\"}"));

      assertEquals("the page", nodes.one().get("/").body());
      assertEquals("GET", nodes.service().last().method());
      assertEquals("/user/preferences", nodes.service().last().uri());
      awaitKept(caches, nodes);

      for (int i = 0; i < 3; i++) {
        assertEquals("the page", nodes.other().get("/").body());
        assertEquals("the page", nodes.one().get("/").body());
      }
      assertEquals(1, nodes.service().calls());
      assertEquals(7, nodes.backend().calls());
    }
  }

  /** Nobody waits for a write, so that another node may come too early. */
  private static void awaitKept(Caches caches, Nodes nodes) {
    Waiting.until(() -> caches.kept(nodes) == 1, "it is kept");
  }

  @ParameterizedTest(name = "callers without cached data are limited, others get it {0}")
  @EnumSource
  void rateLimitProtection(Caches caches) {
    try (var nodes = caches.start(with -> with, example("apim-rate-limit-protection.xml"))) {
      nodes.backend().always(PolicyRelay.answer(200, "fresh"));
      for (int i = 0; i < 10; i++) {
        var relay = i % 2 == 0 ? nodes.one() : nodes.other();
        assertEquals(200, asAlice(relay).statusCode());
      }
      for (var relay : List.of(nodes.one(), nodes.other())) {
        var refused = asAlice(relay);
        assertEquals(429, refused.statusCode());
        assertEquals("60", PolicyRelay.field(refused, "retry-after"));
        assertTrue(refused.body().contains("Rate limit is exceeded."), refused.body());
      }
      assertEquals(10, nodes.backend().calls());
      assertEquals(200, nodes.one().get("/").statusCode(), "only subscriptions are counted");
      nodes.wait(60);
      assertEquals(200, asAlice(nodes.other()).statusCode());
    }
  }

  private static HttpResponse<String> asAlice(PolicyRelay relay) {
    return relay.get("/", "Ocp-Apim-Subscription-Key", PolicyRelay.KEY);
  }

  @ParameterizedTest(name = "callers whose data is cached are answered beyond the limit {0}")
  @EnumSource
  void rateLimitProtectionWithData(Caches caches) {
    String store =
        "<cache-store-value key=\"@(\"data-\" + context.Request.IpAddress)\" value=\"kept\" duration=\"60\" />";
    UnaryOperator<With> with =
        it ->
            it.operation("store", "GET", "/store", PolicyRelay.document(store, ""))
                .operation("data", "GET", "/");
    try (var nodes = caches.start(with, example("apim-rate-limit-protection.xml"))) {
      nodes.backend().always(PolicyRelay.answer(200, "fresh"));
      assertEquals("fresh", nodes.one().get("/store").body());
      awaitKept(caches, nodes);
      for (int i = 0; i < 12; i++) {
        assertEquals("kept", asAlice(nodes.other()).body());
      }
      assertEquals(1, nodes.backend().calls());
    }
  }
}
