package io.ccrelay.admin;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;

/** Answers of the management listener: never cached, never sniffed, errors as JSON. */
final class Replies {

  private Replies() {}

  static void json(RoutingContext context, int status, JsonObject body) {
    send(context, status, "application/json", body.encode() + "\n");
  }

  static void error(RoutingContext context, int status, String type, String message) {
    json(
        context,
        status,
        new JsonObject()
            .put("type", "error")
            .put("error", new JsonObject().put("type", type).put("message", message)));
  }

  /** Refuses a request whose content was not read and never will be. */
  static void refuse(RoutingContext context, int status, String type, String message) {
    if (isOpen(context)) {
      context.response().putHeader(HttpHeaders.CONNECTION, "close");
      context.addEndHandler(_ -> context.request().connection().close());
      error(context, status, type, message);
    }
  }

  static void text(RoutingContext context, String type, String body) {
    send(context, 200, type, body);
  }

  /** A file of the dashboard: it may run its own scripts and ask this listener, nobody else. */
  static void asset(RoutingContext context, String type, Buffer content) {
    if (isOpen(context)) {
      headers(context)
          .putHeader(
              "Content-Security-Policy",
              "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self';"
                  + " img-src 'self' data:; base-uri 'none'; form-action 'none'")
          .putHeader(HttpHeaders.CONTENT_TYPE, type)
          .end(content);
    }
  }

  /** The head of an endless answer of server-sent events. */
  static HttpServerResponse events(RoutingContext context) {
    return headers(context)
        .putHeader(HttpHeaders.CONTENT_TYPE, "text/event-stream")
        .setChunked(true);
  }

  /** The head of an answer of lines of JSON that is written as it comes. */
  static HttpServerResponse lines(RoutingContext context) {
    return headers(context)
        .putHeader(HttpHeaders.CONTENT_TYPE, "application/x-ndjson")
        .setChunked(true);
  }

  static void noContent(RoutingContext context) {
    if (isOpen(context)) {
      headers(context).setStatusCode(204).end();
    }
  }

  private static void send(RoutingContext context, int status, String type, String body) {
    if (isOpen(context)) {
      headers(context).setStatusCode(status).putHeader(HttpHeaders.CONTENT_TYPE, type).end(body);
    }
  }

  private static HttpServerResponse headers(RoutingContext context) {
    return context
        .response()
        .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
        .putHeader("X-Content-Type-Options", "nosniff")
        .putHeader("X-Frame-Options", "DENY")
        .putHeader("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'")
        .putHeader("Referrer-Policy", "no-referrer");
  }

  private static boolean isOpen(RoutingContext context) {
    return !context.response().ended() && !context.response().closed();
  }
}
