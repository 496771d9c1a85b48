package io.ccrelay.admin;

import io.ccrelay.cache.Cache;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.SocketAddress;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The management listener: health, meters, statistics, entries. Only the probes and the front page,
 * which tell nothing, are open to everybody who reaches the port. State is changed by {@code POST}
 * and {@code DELETE} only, and no answer invites another origin. Confined to its context.
 */
public final class AdminVerticle extends VerticleBase {

  private static final Logger LOG = LoggerFactory.getLogger(AdminVerticle.class);
  private static final long MOST_BODY_BYTES = 64 << 10;
  private static final String CALLER = "caller";

  private static final Set<String> TAKE_POSTS =
      Set.of(
          "/admin/cache/purge",
          "/admin/cache/explain",
          "/admin/cache/import",
          "/admin/cache/preload",
          "/admin/cache/values");

  private final AdminParts parts;
  private final Guard guard;
  private final Audit audit;
  private @Nullable HttpServer server;
  private @Nullable LiveFeed live;
  private List<Route> routes = List.of();

  /**
   * A verticle over {@code parts}.
   *
   * @throws IllegalArgumentException if the listener would be open to others without a token
   */
  public AdminVerticle(AdminParts parts) {
    this.parts = parts;
    this.guard = new Guard(parts.options());
    this.audit = new Audit(parts.clock());
  }

  @Override
  public Future<?> start() {
    return vertx
        .executeBlocking(() -> DashboardRoutes.ofVersion(parts.version()), false)
        .compose(pages -> listen(Objects.requireNonNull(pages)));
  }

  private Future<HttpServer> listen(DashboardRoutes pages) {
    var address = SocketAddress.inetSocketAddress(parts.options().port(), parts.options().host());
    server = vertx.createHttpServer(options()).requestHandler(router(parts.cache().get(), pages));
    return server.listen(address);
  }

  @Override
  public Future<?> stop() {
    if (live != null) {
      live.close();
    }
    return server == null ? Future.succeededFuture() : server.shutdown(1, TimeUnit.SECONDS);
  }

  /** What the listener serves. */
  List<Route> routes() {
    return routes;
  }

  /** The port the listener got. */
  public int actualPort() {
    return Objects.requireNonNull(server, "not started").actualPort();
  }

  private static HttpServerOptions options() {
    return new HttpServerOptions()
        .setHttp2ClearTextEnabled(false)
        .setIdleTimeout(60)
        .setIdleTimeoutUnit(TimeUnit.SECONDS)
        .setMaxInitialLineLength(4096)
        .setMaxHeaderSize(16 << 10);
  }

  private Router router(Cache cache, DashboardRoutes pages) {
    var router = Router.router(vertx);
    new HealthRoutes(parts.readiness(), parts.cluster()).mount(router);
    pages.mount(router);
    router.route().handler(this::admit);
    new ExplainRoutes(parts.explainer().get()).mount(router);
    new ExportRoutes(vertx, parts.held(), cache).mount(router, this::operators);
    PolicyValues values = parts.values().get();
    new FillRoutes(vertx, cache, parts.preloader().get(), values, parts.clock()).mount(router);
    router.route().handler(BodyHandler.create(false).setBodyLimit(MOST_BODY_BYTES));
    router.get("/metrics").handler(context -> metrics(context, cache));
    new EntryRoutes(vertx, parts.held(), cache, parts.clock()).mount(router);
    new CacheRoutes(parts, cache).mount(router, this::operators);
    new PurgeRoutes(parts.purger(), values).mount(router);
    new RequestRoutes(parts.journal(), parts.options().prices()).mount(router);
    new ClusterRoutes(parts.cluster()).mount(router);
    live = new LiveFeed(vertx, parts, cache);
    live.mount(router);
    routes = router.getRoutes();
    return errors(router);
  }

  private void admit(RoutingContext context) {
    var request = context.request();
    Guard.Decision decision =
        guard.decide(
            request.getHeader(HttpHeaders.AUTHORIZATION),
            request.getHeader(HttpHeaders.HOST),
            needed(request));
    switch (decision) {
      case Guard.Decision.Refuse(var refusal, var caller) -> {
        audit.refused(context, caller, refusal);
        refuse(context, refusal);
      }
      case Guard.Decision.Admit(var caller) -> {
        context.put(CALLER, caller);
        context.next();
      }
    }
  }

  /** Lets those on who may operate: what is only looked at, but shows what entries hold. */
  private void operators(RoutingContext context) {
    Caller caller = caller(context);
    if (caller.role().covers(Role.OPERATE)) {
      context.next();
    } else {
      audit.refused(context, caller.name(), Guard.Refusal.ROLE);
      refuse(context, Guard.Refusal.ROLE);
    }
  }

  /** What changes state asks for more; an explanation is asked for by POST and changes nothing. */
  private static Role needed(HttpServerRequest request) {
    String path = String.valueOf(request.path());
    boolean looks =
        request.method().equals(HttpMethod.GET)
            || request.method().equals(HttpMethod.HEAD)
            || path.equals("/admin/cache/explain");
    return looks ? Role.READ : Role.OPERATE;
  }

  /** Who sent the request, which was admitted. */
  static Caller caller(RoutingContext context) {
    return Objects.requireNonNull(context.get(CALLER), "not admitted");
  }

  private static void refuse(RoutingContext context, Guard.Refusal refusal) {
    if (refusal == Guard.Refusal.TOKEN) {
      context.response().putHeader("WWW-Authenticate", "Bearer");
    }
    String type = refusal == Guard.Refusal.TOKEN ? "authentication_error" : "permission_error";
    Replies.refuse(context, refusal.status(), type, refusal.message());
  }

  private void metrics(RoutingContext context, Cache cache) {
    cache
        .stats()
        .onSuccess(parts.storeSeen()::accept)
        .transform(_ -> vertx.executeBlocking(parts.exposition()::get, false))
        .onSuccess(text -> Replies.text(context, "text/plain; version=0.0.4; charset=utf-8", text))
        .onFailure(context::fail);
  }

  private static Router errors(Router router) {
    error(router, 400, "invalid_request_error", "The request cannot be read.");
    error(router, 404, "not_found_error", "There is nothing here.");
    router.errorHandler(
        413,
        context -> Replies.refuse(context, 413, "request_too_large", "The body is too large."));
    router.errorHandler(405, AdminVerticle::wrongMethod);
    return router.errorHandler(
        500,
        context -> {
          LOG.error("A management request failed.", context.failure());
          Replies.error(context, 500, "api_error", "Internal error.");
        });
  }

  private static void wrongMethod(RoutingContext context) {
    String path = context.normalizedPath();
    String allowed =
        path.startsWith("/admin/cache/entries/")
            ? "GET, DELETE"
            : TAKE_POSTS.contains(path) ? "POST" : "GET, HEAD";
    context.response().putHeader(HttpHeaders.ALLOW, allowed);
    Replies.error(context, 405, "invalid_request_error", "This method is not allowed here.");
  }

  private static void error(Router router, int status, String type, String message) {
    router.errorHandler(status, context -> Replies.error(context, status, type, message));
  }
}
