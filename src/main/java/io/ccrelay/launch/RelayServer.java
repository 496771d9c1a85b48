package io.ccrelay.launch;

import io.ccrelay.admin.AdminVerticle;
import io.ccrelay.admin.Readiness;
import io.ccrelay.cache.Bytes;
import io.ccrelay.cache.Cache;
import io.ccrelay.cache.Key;
import io.ccrelay.cache.Purger;
import io.ccrelay.cache.Store;
import io.ccrelay.cache.bus.CacheDeployment;
import io.ccrelay.cache.purge.LocalPurge;
import io.ccrelay.cache.purge.LocalPurger;
import io.ccrelay.cache.purge.PurgeBook;
import io.ccrelay.cache.store.Stores;
import io.ccrelay.config.RelayConfig;
import io.ccrelay.metrics.Meters;
import io.ccrelay.proxy.ProxyVerticle;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
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

  /** What undeploying may take beyond {@code server.drain} before it is given up. */
  private static final Duration GRACE = Duration.ofSeconds(5);

  private final Vertx vertx;
  private final StartOptions options;
  private final Settings settings;
  private final SharedParts shared;
  private final AtomicReference<Readiness> readiness = new AtomicReference<>(Readiness.STARTING);
  private final Promise<Void> stopped = Promise.promise();
  private final List<ProxyVerticle> proxies = new CopyOnWriteArrayList<>();
  private volatile String proxyDeployment = "";
  private volatile @Nullable AdminVerticle admin;
  private volatile @Nullable CacheDeployment cache;
  private volatile @Nullable Purger purger;
  private volatile Iterable<Map.Entry<Key, Bytes>> held = List.of();
  private volatile @Nullable KeptStore kept;
  private volatile Supplier<Future<Void>> keep = Future::succeededFuture;

  private RelayServer(Vertx vertx, RelayConfig config, StartOptions options) {
    this.vertx = vertx;
    this.options = options;
    this.settings = new Settings(config);
    this.shared = new SharedParts(vertx, options.clock());
  }

  /**
   * Starts a relay of {@code config} on {@code vertx}, which stays the caller's to close. If it
   * fails, everything that was started is stopped; the message says what is wrong.
   */
  public static Future<RelayServer> start(Vertx vertx, RelayConfig config, StartOptions options) {
    var server = new RelayServer(vertx, config, options);
    server.shared.trace(config.tracing());
    return server
        .shared
        .openCassette(config)
        .compose(_ -> server.useKeptSecret())
        .compose(_ -> server.openCache())
        .compose(_ -> server.openManagement())
        .compose(_ -> server.openRelay())
        .map(server)
        .recover(failure -> server.stop().transform(_ -> Future.failedFuture(failure)));
  }

  /** The port the relay listens on. */
  public int port() {
    return proxies.getFirst().actualPort();
  }

  /** The port the management listener listens on, if there is one. */
  public OptionalInt managementPort() {
    return settings.config().management().enabled() && admin != null
        ? OptionalInt.of(Objects.requireNonNull(admin).actualPort())
        : OptionalInt.empty();
  }

  /** The answer of the readiness probe. */
  public Readiness readiness() {
    return readiness.get();
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
      sendClientsAway();
      announced()
          .eventually(this::closeRelay)
          .eventually(this::closeCache)
          .eventually(shared::closeTraces)
          .eventually(this::closeManagement)
          .onComplete(stopped);
    }
    return stopped.future();
  }

  private Future<Void> useKeptSecret() {
    if (settings.config().cache().persistence().isEmpty()) {
      return Future.succeededFuture();
    }
    var directory = new KeptStore(vertx, settings.config().cache(), shared.clock());
    return directory
        .secret()
        .onSuccess(secret -> {
          shared.useSecret(secret);
          kept = directory;
        })
        .transform((_, _) -> Future.succeededFuture());
  }

  private Future<Void> openCache() {
    try {
      Store store = Stores.create(settings.config().cache());
      held = () -> store.held().iterator();
      keep = () -> kept == null ? Future.succeededFuture() : kept.close(store);
      var purges = new PurgeBook(store);
      purges.onNews(shared.flights()::supersedeAll);
      purger = new LocalPurger(new LocalPurge(vertx, purges, store), shared.clock());
      return CacheDeployment.deploy(vertx, store, purges)
          .onSuccess(deployed -> cache = deployed)
          .compose(_ -> kept == null ? Future.succeededFuture() : kept.follow(store))
          .compose(_ -> purges.reconcile())
          .mapEmpty();
    } catch (IllegalArgumentException refused) {
      return Future.failedFuture(refused);
    }
  }

  private Future<Void> openManagement() {
    var management = settings.config().management();
    if (!management.enabled()) {
      return Future.succeededFuture();
    }
    var verticle =
        new AdminVerticle(
            shared.admin(
                settings,
                this::cacheClient,
                held,
                Objects.requireNonNull(purger, "purger"),
                readiness::get));
    return vertx
        .deployVerticle(verticle)
        .onSuccess(_ -> admin = verticle)
        .<Void>mapEmpty()
        .recover(failure ->
            Listening.failed("management.listen", management.host(), management.port(), failure));
  }

  /** On any free port there is one instance: each would get a port of its own. */
  private Future<Void> openRelay() {
    var server = settings.config().server();
    var instances =
        new DeploymentOptions().setInstances(server.port() == 0 ? 1 : options.instances());
    return vertx
        .deployVerticle(this::proxy, instances)
        .onSuccess(id -> {
          proxyDeployment = id;
          server.tls().ifPresent(files -> proxies.getFirst().followCertificate(files));
          readiness.compareAndSet(Readiness.STARTING, Readiness.READY);
        })
        .<Void>mapEmpty()
        .recover(
            failure -> Listening.failed("server.listen", server.host(), server.port(), failure));
  }

  private ProxyVerticle proxy() {
    var verticle = new ProxyVerticle(shared.proxy(settings, this::cacheClient));
    proxies.add(verticle);
    return verticle;
  }

  private Cache cacheClient() {
    return Objects.requireNonNull(cache, "cache")
        .client(
            settings.config().cache().deadline(), reason -> meters().cacheFailure(reason.token()));
  }

  private void sendClientsAway() {
    if (!proxyDeployment.isEmpty()) {
      proxies.forEach(ProxyVerticle::sendClientsAway);
    }
  }

  private Future<Void> announced() {
    return options.announce().isZero()
        ? Future.succeededFuture()
        : vertx.timer(options.announce().toMillis()).mapEmpty();
  }

  private Future<Void> closeRelay() {
    if (proxyDeployment.isEmpty()) {
      return Future.succeededFuture();
    }
    Duration longest = settings.config().server().drain().plus(GRACE);
    return vertx
        .undeploy(proxyDeployment)
        .timeout(longest.toMillis(), TimeUnit.MILLISECONDS)
        .onFailure(failure -> LOG.warn("answers were cut off: {}", failure.getMessage()))
        .mapEmpty();
  }

  private Future<Void> closeCache() {
    CacheDeployment deployed = cache;
    return deployed == null
        ? Future.succeededFuture()
        : keep.get().eventually(deployed::close).mapEmpty();
  }

  private Future<Void> closeManagement() {
    AdminVerticle verticle = admin;
    return verticle == null ? Future.succeededFuture() : vertx.undeploy(verticle.deploymentID());
  }
}
