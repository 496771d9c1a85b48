package io.ccrelay.proxy.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ccrelay.cache.RedisOptions;
import io.ccrelay.proxy.policy.PolicyRelay.With;
import io.ccrelay.testing.RedisProcess;
import io.ccrelay.testing.Waiting;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The three documents of the requirements, unchanged, over every cache. */
class ExampleDocumentsTest {

  /** Where values are. */
  enum Caches {
    INTERNAL {
      @Override
      PolicyRelay start(UnaryOperator<With> with, String document) {
        return with.apply(new With(document)).start();
      }
    },
    REDIS {
      @Override
      PolicyRelay start(UnaryOperator<With> with, String document) {
        var options =
            RedisOptions.standalone(SERVER.get().endpoint()).within(Duration.ofSeconds(5));
        return with.apply(new With(document)).redis(options).start();
      }
    };

    abstract PolicyRelay start(UnaryOperator<With> with, String document);
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
    try (var relay = caches.start(with -> with, example("apim-response-caching.xml"))) {
      relay.backend.always((seen, response) -> response.end("answer " + relay.backend.calls()));

      assertEquals("answer 1", relay.get("/data?version=1").body());
      assertEquals("answer 2", relay.get("/data?version=2").body());
      Waiting.until(
          () -> relay.relay.store.stats().result().keyCount() == 2,
          "caching-type is internal: both responses are in the relay");
      relay.wait(604_799);

      assertEquals("answer 1", relay.get("/data?version=1").body());
      assertEquals("answer 2", relay.get("/data?version=2").body());
      relay.wait(1);
      assertEquals("answer 3", relay.get("/data?version=1").body());
    }
  }

  @ParameterizedTest(name = "preferences are loaded once and kept {0}")
  @EnumSource
  void valueCaching(Caches caches) {
    try (var relay =
        caches.start(
            with -> with.allow("private:backend.api"), example("apim-value-caching.xml"))) {
      relay.answers("the page");
      relay.service.always(PolicyRelay.answer(200, "{\"theme\":\"dark\"}"));

      for (int i = 0; i < 3; i++) {
        assertEquals("the page", relay.get("/").body());
        Waiting.until(() -> relay.service.calls() == 1, "preferences were loaded");
      }

      assertEquals(1, relay.service.calls());
      assertEquals("GET", relay.service.last().method());
      assertEquals("/user/preferences", relay.service.last().uri());
      assertEquals(3, relay.backend.calls());
    }
  }

  @ParameterizedTest(name = "callers without cached data are limited, others get it {0}")
  @EnumSource
  void rateLimitProtection(Caches caches) {
    try (var relay = caches.start(with -> with, example("apim-rate-limit-protection.xml"))) {
      relay.answers("fresh");
      int admitted = 0;
      for (int i = 0; i < 12; i++) {
        var answer = relay.get("/", "Ocp-Apim-Subscription-Key", PolicyRelay.KEY);
        admitted += answer.statusCode() == 200 ? 1 : 0;
        if (i >= 10) {
          assertEquals(429, answer.statusCode());
          assertEquals("60", PolicyRelay.field(answer, "retry-after"));
          assertTrue(answer.body().contains("Rate limit is exceeded."), answer.body());
        }
      }
      assertEquals(10, admitted);
      assertEquals(200, relay.get("/").statusCode(), "without a subscription nobody is counted");
      relay.wait(60);
      assertEquals(200, relay.get("/", "Ocp-Apim-Subscription-Key", PolicyRelay.KEY).statusCode());
    }
  }
}
