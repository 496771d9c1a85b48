package io.ccrelay.proxy.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.ccrelay.cache.Bytes;
import io.ccrelay.cache.CacheOptions;
import io.ccrelay.cache.Key;
import io.ccrelay.cache.bus.CacheDeployment;
import io.ccrelay.cache.store.CaffeineStore;
import io.ccrelay.metrics.Meters;
import io.ccrelay.policy.CachePolicy.CachingType;
import io.ccrelay.policy.run.Effect;
import io.ccrelay.policy.run.Slot;
import io.ccrelay.testing.Await;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PolicyCachesTest {

  @Test
  void localStoreHasWhatWasWrittenBeforeTheRunGoesOn() {
    var vertx = Vertx.vertx();
    try {
      var store = new CaffeineStore(CacheOptions.Local.DEFAULTS, System::nanoTime);
      var deployed = Await.result(CacheDeployment.deploy(vertx, store));
      var key = Key.ofDigest(new byte[32]);
      Promise<Boolean> there = Promise.promise();
      vertx.runOnContext(_ -> {
        var caches =
            new PolicyCaches(
                deployed.store(Duration.ofSeconds(1)),
                Optional.empty(),
                new Meters(new SimpleMeterRegistry()));
        var write =
            new Effect.Write(
                new Slot(key, CachingType.INTERNAL), Bytes.utf8("x"), Duration.ofSeconds(60));
        caches.write(write).compose(_ -> store.exists(key)).onComplete(there);
      });
      assertEquals(true, Await.result(there.future()));
    } finally {
      Await.result(vertx.close());
    }
  }
}
