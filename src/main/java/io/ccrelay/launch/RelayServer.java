package io.ccrelay.launch;

import io.ccrelay.admin.AdminVerticle;
import io.ccrelay.admin.Readiness;
import io.ccrelay.cache.Bytes;
import io.ccrelay.cache.Cache;
import io.ccrelay.config.RelayConfig;
import io.ccrelay.metrics.Meters;
import io.ccrelay.proxy.ProxyVerticle;
import io.ccrelay.proxy.policy.PolicyDoor;
import io.ccrelay.proxy.policy.PolicyParts;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A relay in this process: its store, its listeners and their life. Safe for use from any context.
 *
 * <p>Start: the store, then the management listener (not ready), then the relay's listener (ready).
 * Stop: not ready at once; the listener goes on for the announced time, each answer the last of its
 * connection; then it takes no more requests and finishes those it has within {@code server.drain};
 * then the rest goes, the management listener last, so that probes see the whole way.
 */
public final class RelayServer {

  private static final Logger LOG = LoggerFactory.getLogger(RelayServer.class);

  private final Vertx vertx;
  private final ClusterPart cluster;
  private final StartOptions options;
  private final Settings settings;
  private final SharedParts shared;
  private final CachePart cache;
  private final AtomicReference<Readiness> readiness = new AtomicReference<>(Readiness.STARTING);
  private final Promise<Void> stopped = Promise.promise();
  private final ExternalCache external;
  private final SimilarPlaces prompts;
  private final Listeners listeners;

  private RelayServer(Vertx vertx, ClusterPart cluster, RelayConfig config, StartOptions options) {
    this.vertx = vertx;
    this.cluster = cluster;
    this.options = options;
    this.settings = new Settings(config);
    this.shared = new SharedParts(vertx, cluster.flights(), options.clock());
    this.cache =
        new CachePart(
            vertx,
            cluster,
            config.cache(),
            shared.flights(),
            options.clock(),
            shared.meters()::snapshot);
    this.external = new ExternalCache(vertx, config.externalCache());
    this.prompts =
        new SimilarPlaces(
            vertx,
            () -> settings.config().semantic(),
            () -> shared.similar().current(),
            external::index,
            options.clock());
    this.listeners = new Listeners(vertx, settings);
    shared.show(cluster::report);
  }

  /**
   * Starts a relay of {@code config} on {@code vertx}, which stays the caller's to close. If it
   * fails, everything that was started is stopped; the message says what is wrong.
   */
  public static Future<RelayServer> start(Vertx vertx, RelayConfig config, StartOptions options) {
    return start(new Platform(vertx, Optional.empty()), config, options);
  }

  /** The same on {@code platform}, which may be a member of a cluster. */
  public static Future<RelayServer> start(
      Platform platform, RelayConfig config, StartOptions options) {
    ClusterPart cluster;
    try {
      cluster = ClusterPart.of(platform, config.cache(), options.clock());
    } catch (IOException failure) {
      return Future.failedFuture(failure);
    }
    var server = new RelayServer(platform.vertx(), cluster, config, options);
    server.shared.upstreams().trace(config.tracing());
    return server
        .shared
        .upstreams()
        .openCassette(config)
        .compose(_ -> server.cache.open(server::useScopeSecret))
        .compose(_ -> server.external.open())
        .compose(_ -> server.openSimilar(config))
        .compose(_ -> cluster.openCounters())
        .onSuccess(_ -> server.watchCluster())
        .compose(_ -> server.openManagement())
        .compose(_ -> server.openRelay())
        .map(server)
        .recover(failure -> server.stop().transform(_ -> Future.failedFuture(failure)));
  }

  private Future<Void> openSimilar(RelayConfig config) {
    return shared.similar().open(config.semantic(), config.cache().persistence(), external::index);
  }

  /** The port the relay listens on. */
  public int port() {
    return listeners.port();
  }

  /** The port the management listener listens on, if there is one. */
  public OptionalInt managementPort() {
    return listeners.managementPort();
  }

  /** The answer of the readiness probe. */
  public Readiness readiness() {
    Readiness own = readiness.get();
    return own == Readiness.READY && !cluster.serves() ? Readiness.LACKING : own;
  }

  /** The meters of this relay. */
  public Meters meters() {
    return shared.meters();
  }

  /** The configuration in use. */
  public RelayConfig config() {
    return settings.config();
  }

  /**
   * Uses {@code next} for every request that begins from now on. Settings that were read once at
   * start stay as they are; those that differ are named in the log.
   */
  public void reload(RelayConfig next) {
    List<String> ignored = RestartNeeded.names(settings.config(), next);
    if (!ignored.isEmpty()) {
      LOG.warn("changed settings that need a restart are not in use yet: {}", ignored);
    }
    settings.replace(next);
    meters().reloaded(true);
    LOG.info("configuration reloaded, generation {}", settings.get().generation());
  }

  /** Drains and closes. Completes when nothing is left; asking again gives the same future. */
  public Future<Void> stop() {
    if (readiness.getAndSet(Readiness.DRAINING) != Readiness.DRAINING) {
      LOG.info(
          "stopping: draining for at most {} s", settings.config().server().drain().toSeconds());
      listeners.sendClientsAway();
      announced()
          .eventually(listeners::closeRelay)
          .eventually(prompts::close)
          .eventually(() -> shared.similar().close())
          .eventually(cache::close)
          .eventually(external::close)
          .eventually(shared.upstreams()::closeTraces)
          .eventually(listeners::closeManagement)
          .onComplete(stopped);
    }
    return stopped.future();
  }

  private void useScopeSecret(Bytes secret) {
    if (shared.agreeOn(secret)) {
      settings.renew();
    }
  }

  /**
   * What other members stored, and what was kept over a restart, is found here by its question,
   * too. Nobody waits for what is there already.
   */
  private void watchCluster() {
    if (shared.similar().current().isPresent()) {
      cluster
          .watch(shared.similar())
          .onFailure(failure ->
              LOG.warn("questions of other members are not heard: {}", failure.toString()));
      var _ = vertx.executeBlocking(this::recall, false);
    }
  }

  private boolean recall() {
    if (settings.config().cache().persistence().isPresent()) {
      cache.held().forEach(held -> shared.similar().stored(held.getKey(), held.getValue()));
    }
    return true;
  }

  private Future<Void> openManagement() {
    return listeners.openManagement(() ->
        new AdminVerticle(
            shared.admin(
                settings,
                this::cacheClient,
                cache::held,
                cache.purger(),
                cache.stats(),
                this::readiness,
                cluster::report,
                this::shelf)));
  }

  private Future<Void> openRelay() {
    return listeners
        .openRelay(this::proxy, options.instances())
        .onSuccess(_ -> readiness.compareAndSet(Readiness.STARTING, Readiness.READY));
  }

  private ProxyVerticle proxy() {
    return new ProxyVerticle(
        shared.proxy(settings, this::cacheClient, PolicyDoor.maker(policies(), shared.apis())));
  }

  private PolicyParts policies() {
    Duration deadline = settings.config().cache().deadline();
    return shared.policies(
        settings, () -> cache.store(deadline), external.store(), cluster.counters(), prompts);
  }

  private PolicyShelf shelf() {
    return new PolicyShelf(
        () -> settings.config().policies().options().service(),
        cache.store(settings.config().cache().deadline()),
        external,
        options.clock());
  }

  private Cache cacheClient() {
    return cache.client(
        settings.config().cache().deadline(), reason -> meters().cacheFailure(reason.token()));
  }

  private Future<Void> announced() {
    return options.announce().isZero()
        ? Future.succeededFuture()
        : vertx.timer(options.announce().toMillis()).mapEmpty();
  }
}
