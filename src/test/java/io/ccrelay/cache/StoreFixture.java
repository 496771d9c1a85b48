package io.ccrelay.cache;

import io.ccrelay.cache.bus.CacheDeployment;
import io.ccrelay.cache.cluster.Pair;
import io.ccrelay.cache.cluster.RemoteStores;
import io.ccrelay.cache.store.CaffeineStore;
import io.ccrelay.cache.store.RedisStore;
import io.ccrelay.testing.Await;
import io.ccrelay.testing.FakeClock;
import io.ccrelay.testing.RedisCluster;
import io.ccrelay.testing.RedisProcess;
import io.ccrelay.testing.RedisTls;
import io.ccrelay.testing.RedisWatch;
import io.vertx.core.Vertx;
import java.time.Duration;

/** The backends that {@link StoreContractTest} runs over. */
enum StoreFixture {
  CAFFEINE {
    @Override
    Session open() {
      var clock = new FakeClock();
      return new Session(caffeine(clock), clock::advance, () -> {});
    }
  },

  CAFFEINE_OVER_THE_BUS {
    @Override
    Session open() {
      var clock = new FakeClock();
      var vertx = Vertx.vertx();
      var deployment = Await.result(CacheDeployment.deploy(vertx, caffeine(clock)));
      var store = deployment.store(Duration.ofSeconds(10));
      return new Session(store, clock::advance, () -> Await.result(vertx.close()));
    }
  },

  REDIS {
    @Override
    Session open() {
      var server = RedisProcess.open();
      return redis(RedisOptions.standalone(server.endpoint()), server::close);
    }
  },

  REDIS_OVER_TLS_WITH_A_USER {
    @Override
    Session open() {
      var tls = RedisTls.shared();
      var server = RedisProcess.openTls(tls, RedisTls.only("relay", "se:cr@et"));
      var plain = RedisOptions.standalone(server.endpoint());
      return redis(plain.as("relay", "se:cr@et").overTls(tls.authority()), server::close);
    }
  },

  REDIS_CLUSTER {
    @Override
    Session open() {
      var cluster = RedisCluster.shared();
      return redis(RedisOptions.cluster(cluster.endpoints()), () -> {});
    }

    @Override
    boolean knowsBytes() {
      return false;
    }
  },

  REDIS_WITH_SENTINELS {
    @Override
    Session open() {
      var watch = RedisWatch.shared();
      return redis(RedisOptions.sentinel(RedisWatch.NAME, watch.endpoints()), () -> {});
    }
  },

  CLUSTER {
    @Override
    Session open() {
      var pair = new Pair();
      return new Session(pair.store(), StoreFixture::sleep, pair::end);
    }
  },

  CLIENT_OF_A_RELAY {
    @Override
    Session open() {
      return new Session(RemoteStores.ofARelay(), StoreFixture::sleep, () -> {});
    }

    @Override
    boolean knowsBytes() {
      return false;
    }
  },

  CLIENT_OF_AN_INFINISPAN_SERVER {
    @Override
    Session open() {
      return new Session(RemoteStores.ofAServer(), StoreFixture::sleep, () -> {});
    }

    @Override
    boolean knowsBytes() {
      return false;
    }
  };

  abstract Session open();

  /** Whether the store can tell how much memory values take. */
  boolean knowsBytes() {
    return true;
  }

  private static Session redis(RedisOptions options, Servers servers) {
    var vertx = Vertx.vertx();
    return new Session(
        new RedisStore(vertx, options.within(Duration.ofSeconds(10)), System::nanoTime),
        StoreFixture::sleep,
        () -> {
          Await.result(vertx.close());
          servers.close();
        });
  }

  /** Clusters and servers have clocks of their own. */
  private static void sleep(Duration time) {
    try {
      Thread.sleep(time);
    } catch (InterruptedException stopped) {
      throw new AssertionError(stopped);
    }
  }

  private static Store caffeine(FakeClock clock) {
    return new CaffeineStore(CacheOptions.Local.DEFAULTS, clock::nanos);
  }

  /** What a store needs to run. */
  private interface Servers {
    void close();
  }

  /** Lets time pass for a store: by its clock where it has a fake one. */
  interface Passing {
    void pass(Duration time);
  }

  /** An open store, empty, and what it takes to end it. */
  record Session(Store store, Passing time, Runnable end) implements AutoCloseable {
    @Override
    public void close() {
      Await.result(store.close());
      end.run();
    }
  }
}
