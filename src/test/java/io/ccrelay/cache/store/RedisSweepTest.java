package io.ccrelay.cache.store;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.ccrelay.cache.Bytes;
import io.ccrelay.cache.Key;
import io.ccrelay.cache.RedisOptions;
import io.ccrelay.testing.Await;
import io.ccrelay.testing.RedisCluster;
import io.ccrelay.testing.RedisWatch;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RedisSweepTest {

  private static final int KEYS = 2500;

  enum Servers {
    STANDALONE(() -> RedisOptions.standalone(RedisWatch.shared().master().endpoint())),
    SENTINELS(() -> RedisOptions.sentinel(RedisWatch.NAME, RedisWatch.shared().endpoints())),
    CLUSTER(() -> RedisOptions.cluster(RedisCluster.shared().endpoints()));

    private final Supplier<RedisOptions> options;

    Servers(Supplier<RedisOptions> options) {
      this.options = options;
    }
  }

  private static RedisStore store(Vertx vertx, RedisOptions options, String prefix) {
    var named =
        new RedisOptions(
            options.kind(),
            options.endpoints(),
            options.masterName(),
            "",
            "",
            false,
            "",
            prefix,
            8,
            2 * KEYS,
            Duration.ofSeconds(10));
    return new RedisStore(vertx, named, System::nanoTime);
  }

  @ParameterizedTest(name = "all values under the prefix go, others stay {0}")
  @EnumSource
  void clear(Servers servers) {
    Vertx vertx = Vertx.vertx();
    RedisOptions options = servers.options.get();
    RedisStore store = store(vertx, options, "relay[*]:");
    RedisStore other = store(vertx, options, "relay*:");
    List<Future<Void>> writes = new ArrayList<>();
    for (int i = 0; i < KEYS; i++) {
      writes.add(store.set(Key.of("key " + i), Bytes.utf8("value")));
    }
    writes.add(other.set(Key.of("key"), Bytes.utf8("stays")));
    Await.result(Future.all(writes));

    assertEquals(KEYS, Await.result(store.count()));
    assertEquals(KEYS, Await.result(store.clear()));

    assertEquals(0, Await.result(store.count()));
    assertEquals(Optional.empty(), Await.result(store.get(Key.of("key 7"))));
    assertEquals(Optional.of(Bytes.utf8("stays")), Await.result(other.get(Key.of("key"))));
    Await.result(vertx.close());
  }

  @Test
  void charactersOfPrefixesAreNoPatterns() {
    assertEquals("a\\*b\\?\\[c\\]\\\\:*", RedisSweep.pattern("a*b?[c]\\:"));
  }
}
