package io.ccrelay.launch;

import io.ccrelay.cache.RedisOptions;
import io.ccrelay.cache.Store;
import io.ccrelay.cache.bus.CacheDeployment;
import io.ccrelay.cache.store.RedisStore;
import io.ccrelay.semantic.SemanticOptions;
import io.ccrelay.semantic.VectorIndex;
import io.ccrelay.semantic.index.FlatIndex;
import io.ccrelay.semantic.redis.ChosenIndex;
import io.ccrelay.semantic.redis.RedisVectorIndex;
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
  private volatile @Nullable RedisStore opened;

  ExternalCache(Vertx vertx, Optional<RedisOptions> options) {
    this.vertx = vertx;
    this.options = options;
  }

  /**
   * Connections are made when they are needed: a server that is down does not keep this one down.
   */
  Future<Void> open() {
    return options.map(this::open).orElseGet(Future::succeededFuture);
  }

  private Future<Void> open(RedisOptions with) {
    var store = new RedisStore(vertx, with, System::nanoTime);
    return CacheDeployment.deploy(vertx, store)
        .onSuccess(deployed -> {
          deployment = deployed;
          opened = store;
        })
        .mapEmpty();
  }

  /** The store itself, once it is open, for what no request waits for. */
  Optional<RedisStore> direct() {
    return Optional.ofNullable(opened);
  }

  /** Makes the store, once it is open; called on the context that uses it. */
  Optional<Supplier<Store>> store() {
    CacheDeployment deployed = deployment;
    return deployed == null
        ? Optional.empty()
        : options.map(it -> () -> deployed.store(it.deadline().multipliedBy(2)));
  }

  /**
   * An index of questions beside the answers: the server's, where it is one and has vector sets,
   * else in this process.
   */
  VectorIndex index(SemanticOptions.Index of) {
    var own = new FlatIndex(new FlatIndex.Bounds(of.entries(), of.perPartition(), of.perScope()));
    RedisStore store = opened;
    boolean shared = options.isPresent() && options.get().kind() != RedisOptions.Kind.CLUSTER;
    return store == null || !shared
        ? own
        : new ChosenIndex(
            new RedisVectorIndex(
                store.commands(),
                new RedisVectorIndex.Bounds(of.entries(), of.perPartition(), of.perScope())),
            own);
  }

  Future<Void> close() {
    CacheDeployment deployed = deployment;
    return deployed == null ? Future.succeededFuture() : deployed.close();
  }
}
