package io.ccrelay.proxy;

import io.ccrelay.http.Field;
import io.ccrelay.http.Fields;
import io.ccrelay.proxy.transport.InterimWriter;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;

/**
 * Interim responses of an upstream on their way to the client (RFC 9110 section 15.2): at once, but
 * not to HTTP/1.0, which knows none, not behind the head of the final response, and not more than a
 * client can be expected to read. Confined to the request's context.
 */
public final class InterimReplies {

  /**
   * Most interim responses passed on for one request; further ones are dropped. Clients give up at
   * numbers of their own, the one of the JDK behind the eighth.
   */
  static final int MOST = 8;

  private final HttpServerRequest request;
  private int sent;

  /** Interim responses to {@code request}. */
  public InterimReplies(HttpServerRequest request) {
    this.request = request;
  }

  /** Passes one on. */
  public void send(int status, Fields fields) {
    HttpServerResponse response = request.response();
    boolean late = response.closed() || response.ended() || response.headWritten();
    if (late || request.version() == HttpVersion.HTTP_1_0 || sent >= MOST) {
      return;
    }
    sent++;
    MultiMap headers = MultiMap.caseInsensitiveMultiMap();
    for (Field line : fields) {
      headers.add(line.name(), line.value());
    }
    InterimWriter.write(request, status, headers);
  }
}
