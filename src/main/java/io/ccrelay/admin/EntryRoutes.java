package io.ccrelay.admin;

import io.ccrelay.cache.Bytes;
import io.ccrelay.cache.Cache;
import io.ccrelay.cache.Key;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;

/**
 * {@code GET /admin/cache/entries}: the entries this process holds, in pages. Confined to the
 * verticle's context; walks on workers.
 */
final class EntryRoutes {

  static final int LARGEST_PAGE = 500;
  private static final int PAGE = 50;
  private static final int LONGEST_KEY = 512;

  private final Vertx vertx;
  private final Iterable<Map.Entry<Key, Bytes>> held;
  private final Cache cache;
  private final InstantSource clock;

  EntryRoutes(Vertx vertx, Iterable<Map.Entry<Key, Bytes>> held, Cache cache, InstantSource clock) {
    this.vertx = vertx;
    this.held = held;
    this.cache = cache;
    this.clock = clock;
  }

  void mount(Router router) {
    router.get("/admin/cache/entries").handler(this::list);
  }

  private void list(RoutingContext context) {
    Optional<EntryPage.Query> query = query(context);
    if (query.isEmpty()) {
      Replies.error(
          context,
          400,
          "invalid_request_error",
          "after is a key in hexadecimal digits, limit a number from 1 to " + LARGEST_PAGE + ".");
      return;
    }
    vertx
        .executeBlocking(() -> EntryPage.of(held, query.get()), false)
        .onSuccess(page -> Replies.json(context, 200, report(page)))
        .onFailure(context::fail);
  }

  private Optional<EntryPage.Query> query(RoutingContext context) {
    var request = context.request();
    try {
      String text = request.getParam("limit");
      int limit = text == null ? PAGE : Integer.parseInt(text);
      Optional<Key> after =
          Optional.ofNullable(request.getParam("after"))
              .filter(key -> !key.isEmpty())
              .map(EntryRoutes::key);
      return limit < 1 || limit > LARGEST_PAGE
          ? Optional.empty()
          : Optional.of(new EntryPage.Query(after, limit, EntryFilter.of(request), cache.purges()));
    } catch (IllegalArgumentException unreadable) {
      return Optional.empty();
    }
  }

  private static Key key(String hex) {
    if (hex.length() > LONGEST_KEY) {
      throw new IllegalArgumentException("longer than any key");
    }
    return Key.ofHex(hex);
  }

  private JsonObject report(EntryPage page) {
    var entries = new JsonArray();
    page.entries()
        .forEach(one -> entries.add(EntryReport.of(one.getKey(), one.getValue(), clock.instant())));
    var body = new JsonObject().put("entries", entries);
    page.next().ifPresent(next -> body.put("next", next.hex()));
    return body;
  }
}
