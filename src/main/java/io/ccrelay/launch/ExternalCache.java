package io.ccrelay.launch;

import io.ccrelay.cache.RedisOptions;
import io.ccrelay.cache.Store;
import io.ccrelay.cache.bus.CacheDeployment;
import io.ccrelay.cache.store.RedisStore;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The Redis-compatible server of policies, if there is one. Safe for use from any context. */
final class ExternalCache {

  private final Vertx vertx;
  private final Optional<RedisOptions> options;
  private volatile @Nullable CacheDeployment deployment;

  ExternalCache(Vertx vertx, Optional<RedisOptions> options) {
    this.vertx = vertx;
    this.options = options;
  }

  /**
   * Connections are made when they are needed: a server that is down does not keep this one down.
   */
  Future<Void> open() {
    return options
        .map(it ->
            CacheDeployment.deploy(vertx, new RedisStore(vertx, it, System::nanoTime))
                .onSuccess(deployed -> deployment = deployed)
                .<Void>mapEmpty())
        .orElseGet(Future::succeededFuture);
  }

  /** Makes the store, once it is open; called on the context that uses it. */
  Optional<Supplier<Store>> store() {
    CacheDeployment deployed = deployment;
    return deployed == null
        ? Optional.empty()
        : options.map(it -> () -> deployed.store(it.deadline().multipliedBy(2)));
  }

  Future<Void> close() {
    CacheDeployment deployed = deployment;
    return deployed == null ? Future.succeededFuture() : deployed.close();
  }
}
