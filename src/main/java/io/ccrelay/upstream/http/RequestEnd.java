package io.ccrelay.upstream.http;

import io.ccrelay.http.Field;
import io.ccrelay.http.Fields;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.Http2ConnectionHandler;
import io.netty.handler.codec.http2.Http2Headers;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.net.impl.ConnectionBase;
import java.util.Locale;

/**
 * The end of a request with trailers, for which Vert.x has no call: on HTTP/1.1 the codec writes
 * them into the last chunk, on HTTP/2 they are a frame of their own behind the content. A request
 * whose length was announced cannot carry any on HTTP/1.1 (RFC 9112 section 7.1.2). Confined to the
 * connection's event loop.
 */
final class RequestEnd {

  private RequestEnd() {}

  /**
   * Ends {@code wire}.
   *
   * @param content completes when the content handed over so far is on the wire
   */
  static Future<Void> write(HttpClientRequest wire, Fields trailers, Future<Void> content) {
    if (trailers.lines().isEmpty()) {
      return wire.end();
    }
    ResponseCodec codec = ResponseCodec.of(wire.connection());
    if (codec != null) {
      codec.trailers(trailers);
      return wire.end();
    }
    return content.compose(_ -> frame(wire, trailers));
  }

  private static Future<Void> frame(HttpClientRequest wire, Fields trailers) {
    if (!(wire.connection() instanceof ConnectionBase connection)
        || !(connection.channelHandlerContext().handler()
            instanceof Http2ConnectionHandler http2)) {
      return wire.end();
    }
    Http2Headers headers = new DefaultHttp2Headers();
    for (Field line : trailers) {
      headers.add(line.name().toLowerCase(Locale.ROOT), line.value());
    }
    Promise<Void> written = Promise.promise();
    ChannelHandlerContext ctx = connection.channelHandlerContext();
    http2
        .encoder()
        .writeHeaders(ctx, wire.streamId(), headers, 0, true, ctx.newPromise())
        .addListener(done -> {
          if (done.isSuccess()) {
            written.complete();
          } else {
            written.fail(done.cause());
          }
        });
    ctx.flush();
    // Vert.x takes the stream for ended when both sides are, and resets nothing that is not asked.
    return written.future();
  }
}
