package io.ccrelay.admin;

import io.ccrelay.cache.Bytes;
import io.ccrelay.cache.Cache;
import io.ccrelay.cache.Entry;
import io.ccrelay.cache.EntryFormat;
import io.ccrelay.cache.Key;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.Iterator;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code GET /admin/cache/export}: the entries this process holds, content included, as lines of
 * JSON. A worker writes some, the next when the client has taken them. Confined to the verticle's
 * context.
 */
final class ExportRoutes {

  private static final Logger LOG = LoggerFactory.getLogger(ExportRoutes.class);

  /** Bytes after which a worker stops. */
  private static final int PIECE = 1 << 20;

  private final Vertx vertx;
  private final Iterable<Map.Entry<Key, Bytes>> held;
  private final Cache cache;

  ExportRoutes(Vertx vertx, Iterable<Map.Entry<Key, Bytes>> held, Cache cache) {
    this.vertx = vertx;
    this.held = held;
    this.cache = cache;
  }

  /** Mounts them; {@code operators} lets those on who may see what entries hold. */
  void mount(Router router, Handler<RoutingContext> operators) {
    router.get("/admin/cache/export").handler(operators).handler(this::export);
  }

  private void export(RoutingContext context) {
    HttpServerResponse response = Replies.lines(context);
    Audit.line(context, "cache.export", "begun").log("entries exported by an administrator");
    write(response, new Walk(held.iterator(), EntryFilter.of(context.request())));
  }

  private void write(HttpServerResponse response, Walk walk) {
    vertx
        .executeBlocking(walk::piece, false)
        .onSuccess(piece -> written(response, walk, java.util.Objects.requireNonNull(piece)))
        .onFailure(failure -> {
          LOG.error("An export broke off.", failure);
          var _ = response.reset();
        });
  }

  private void written(HttpServerResponse response, Walk walk, Buffer piece) {
    if (response.closed() || response.ended()) {
      return;
    }
    if (piece.length() == 0) {
      response.end();
      return;
    }
    response.write(piece);
    if (response.writeQueueFull()) {
      response.drainHandler(_ -> write(response, walk));
    } else {
      write(response, walk);
    }
  }

  /** A walk over the entries, by one worker at a time. */
  private final class Walk {

    private final Iterator<Map.Entry<Key, Bytes>> rest;
    private final EntryFilter filter;

    Walk(Iterator<Map.Entry<Key, Bytes>> rest, EntryFilter filter) {
      this.rest = rest;
      this.filter = filter;
    }

    /** The next lines; empty at the end. */
    Buffer piece() {
      var piece = Buffer.buffer();
      while (piece.length() < PIECE && rest.hasNext()) {
        var one = rest.next();
        EntryFormat.decode(one.getValue())
            .filter(entry -> shows(one.getKey(), entry))
            .ifPresent(
                entry -> piece.appendString(new EntryLine(one.getKey(), entry).encode() + "\n"));
      }
      return piece;
    }

    private boolean shows(Key key, Entry entry) {
      return filter.takes(entry) && !cache.purges().covers(key, entry);
    }
  }
}
