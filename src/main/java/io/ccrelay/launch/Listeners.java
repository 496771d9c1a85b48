package io.ccrelay.launch;

import io.ccrelay.admin.AdminVerticle;
import io.ccrelay.proxy.ProxyVerticle;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The listeners of a relay, its own and that of its management, as deployments. Safe for use from
 * any context.
 */
final class Listeners {

  private static final Logger LOG = LoggerFactory.getLogger(Listeners.class);

  /** What undeploying may take beyond {@code server.drain} before it is given up. */
  private static final Duration GRACE = Duration.ofSeconds(5);

  private final Vertx vertx;
  private final Settings settings;
  private final List<ProxyVerticle> proxies = new CopyOnWriteArrayList<>();
  private volatile String proxyDeployment = "";
  private volatile @Nullable AdminVerticle admin;

  Listeners(Vertx vertx, Settings settings) {
    this.vertx = vertx;
    this.settings = settings;
  }

  /** The port the relay listens on. */
  int port() {
    return proxies.getFirst().actualPort();
  }

  /** The port the management listener listens on, if there is one. */
  OptionalInt managementPort() {
    AdminVerticle open = admin;
    return open == null ? OptionalInt.empty() : OptionalInt.of(open.actualPort());
  }

  /** Opens the management listener if the configuration has one. */
  Future<Void> openManagement(Supplier<AdminVerticle> maker) {
    var management = settings.config().management();
    if (!management.enabled()) {
      return Future.succeededFuture();
    }
    var verticle = maker.get();
    return vertx
        .deployVerticle(verticle)
        .onSuccess(_ -> admin = verticle)
        .<Void>mapEmpty()
        .recover(failure ->
            Listening.failed("management.listen", management.host(), management.port(), failure));
  }

  /**
   * Opens the relay's listener. On any free port there is one instance: each would get a port of
   * its own. What writes JSON takes a quarter of a second to load; it is loaded once the port is
   * open and beside the loops, so that neither the start nor the first request that needs it waits.
   */
  Future<Void> openRelay(Supplier<ProxyVerticle> maker, int instances) {
    var server = settings.config().server();
    var deployment = new DeploymentOptions().setInstances(server.port() == 0 ? 1 : instances);
    return vertx
        .deployVerticle(() -> noted(maker.get()), deployment)
        .onSuccess(id -> {
          proxyDeployment = id;
          server.tls().ifPresent(files -> proxies.getFirst().followCertificate(files));
          var _ = vertx.executeBlocking(() -> new JsonObject().encode(), false);
        })
        .<Void>mapEmpty()
        .recover(
            failure -> Listening.failed("server.listen", server.host(), server.port(), failure));
  }

  private ProxyVerticle noted(ProxyVerticle proxy) {
    proxies.add(proxy);
    return proxy;
  }

  /** Lets each answer from now on be the last of its connection. */
  void sendClientsAway() {
    if (!proxyDeployment.isEmpty()) {
      proxies.forEach(ProxyVerticle::sendClientsAway);
    }
  }

  /** Takes no more requests and finishes those there are, within {@code server.drain}. */
  Future<Void> closeRelay() {
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

  Future<Void> closeManagement() {
    AdminVerticle open = admin;
    return open == null ? Future.succeededFuture() : vertx.undeploy(open.deploymentID());
  }
}
