package io.ccrelay.proxy;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import java.util.Objects;

/**
 * What to do with content that is still arriving when its request was answered already. It is
 * thrown away for a moment, since closing a connection with unread bytes on it can take the answer
 * from the client (RFC 9112 section 9.6), and then the connection is closed: what follows on it
 * must never be read as a request.
 */
final class UnreadBody {

  private static final long MOMENT_MILLIS = 500;

  private UnreadBody() {}

  /** Discards what remains of {@code request}, whose response has ended. */
  static void discard(HttpServerRequest request) {
    if (request.version() == HttpVersion.HTTP_2) {
      request.response().reset();
      return;
    }
    HttpConnection connection = request.connection();
    request.exceptionHandler(e -> {});
    request.handler(chunk -> {});
    request.resume();
    Vertx vertx = Objects.requireNonNull(Vertx.currentContext()).owner();
    vertx.setTimer(MOMENT_MILLIS, id -> connection.close());
  }
}
