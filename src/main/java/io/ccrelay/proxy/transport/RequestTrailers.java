package io.ccrelay.proxy.transport;

import io.netty.handler.codec.http2.Http2ConnectionHandler;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.impl.ConnectionBase;

/**
 * Trailers of requests (RFC 9110 section 6.5), for which Vert.x has no call. Confined to the
 * connection's event loop.
 */
public final class RequestTrailers {

  private RequestTrailers() {}

  /**
   * The trailers of {@code request}, whose content was read to its end and which is not answered
   * yet; empty if there are none or its server is not guarded.
   */
  public static MultiMap of(HttpServerRequest request) {
    if (request.version() == HttpVersion.HTTP_2) {
      return request.connection() instanceof ConnectionBase base
              && base.channelHandlerContext().handler() instanceof Http2ConnectionHandler http2
          ? StreamTrailers.of(http2, request.streamId())
          : MultiMap.caseInsensitiveMultiMap();
    }
    Wire wire = Wire.below(request.connection());
    return wire == null
        ? MultiMap.caseInsensitiveMultiMap()
        : wire.trailersBehind(request.headers());
  }
}
