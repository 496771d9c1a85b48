package io.ccrelay.admin;

import io.ccrelay.cache.Cache;
import io.ccrelay.cache.Entry;
import io.ccrelay.cache.Key;
import io.ccrelay.cache.Lookup;
import io.vertx.core.Handler;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/** Reading and removing entries of the cache. Confined to the verticle's context. */
final class CacheRoutes {

  private static final int LONGEST_KEY = 512;

  private final AdminParts parts;
  private final Cache cache;

  CacheRoutes(AdminParts parts, Cache cache) {
    this.parts = parts;
    this.cache = cache;
  }

  /** Mounts them; {@code operators} lets those on who may see what entries hold. */
  void mount(Router router, Handler<RoutingContext> operators) {
    router.get("/admin/cache/stats").handler(this::stats);
    router.get("/admin/cache/ping").handler(this::ping);
    router.get("/admin/cache/entries/:key").handler(context -> withKey(context, this::describe));
    router.get("/admin/cache/entries/:key/content").handler(operators).handler(this::content);
    router.delete("/admin/cache/entries/:key").handler(context -> withKey(context, this::remove));
  }

  /** Of this process; of all members for {@code ?cluster=true}. */
  private void stats(RoutingContext context) {
    boolean everyone = "true".equals(context.request().getParam("cluster"));
    if (everyone && parts.statsPoll().isPresent()) {
      parts
          .statsPoll()
          .get()
          .ask()
          .onSuccess(answers -> Replies.json(context, 200, StatsReport.of(answers)))
          .onFailure(context::fail);
      return;
    }
    cache
        .stats()
        .onSuccess(stats -> {
          var report = StatsReport.of(stats, parts.meters().snapshot());
          parts
              .semantic()
              .get()
              .ifPresent(semantic -> report.put("semantic", SemanticStats.of(semantic)));
          Replies.json(context, 200, report);
        })
        .onFailure(context::fail);
  }

  private void ping(RoutingContext context) {
    cache
        .ping()
        .onSuccess(answers ->
            Replies.json(
                context,
                answers ? 200 : 503,
                new JsonObject().put("status", answers ? "ok" : "unavailable")))
        .onFailure(context::fail);
  }

  private void describe(RoutingContext context, Key key) {
    found(
        context,
        key,
        entry -> Replies.json(context, 200, EntryReport.of(key, entry, parts.clock().instant())));
  }

  /** The whole entry, as a line of an export: what it holds is for those who may take it out. */
  private void content(RoutingContext context) {
    withKey(
        context,
        (asked, key) ->
            found(
                asked,
                key,
                entry -> {
                  Audit.line(asked, "cache.entry.read", "read")
                      .addKeyValue("key", key.prefix())
                      .log("the content of an entry was read by an administrator");
                  Replies.json(asked, 200, new EntryLine(key, entry).json());
                }));
  }

  private void remove(RoutingContext context, Key key) {
    found(
        context,
        key,
        entry ->
            cache
                .remove(key)
                .onSuccess(removed -> {
                  audit(context, key, removed ? "removed" : "unavailable");
                  if (removed) {
                    Replies.noContent(context);
                  } else {
                    unavailable(context, "cache-error");
                  }
                })
                .onFailure(failure -> {
                  audit(context, key, "failed");
                  context.fail(failure);
                }));
  }

  private void found(RoutingContext context, Key key, Consumer<Entry> use) {
    cache
        .lookup(key)
        .onSuccess(lookup -> {
          switch (lookup) {
            case Lookup.Hit(Entry entry) -> use.accept(entry);
            case Lookup.Miss _ ->
                Replies.error(context, 404, "not_found_error", "No entry under this key.");
            case Lookup.Unavailable(var reason) -> unavailable(context, reason.token());
          }
        })
        .onFailure(context::fail);
  }

  private static void unavailable(RoutingContext context, String token) {
    Replies.error(context, 503, "cache_unavailable", "The cache did not answer: " + token + ".");
  }

  private void withKey(RoutingContext context, BiConsumer<RoutingContext, Key> use) {
    Optional<Key> key = parse(Objects.requireNonNullElse(context.pathParam("key"), ""));
    if (key.isPresent()) {
      use.accept(context, key.get());
    } else {
      Replies.error(
          context, 400, "invalid_request_error", "A key is an even number of hexadecimal digits.");
    }
  }

  private static Optional<Key> parse(String hex) {
    try {
      return hex.isEmpty() || hex.length() > LONGEST_KEY
          ? Optional.empty()
          : Optional.of(Key.ofHex(hex));
    } catch (IllegalArgumentException notHexadecimal) {
      return Optional.empty();
    }
  }

  private static void audit(RoutingContext context, Key key, String result) {
    Audit.line(context, "cache.entry.delete", result)
        .addKeyValue("key", key.prefix())
        .log("entry deleted by an administrator");
  }
}
