package io.ccrelay.proxy.transport;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.Http2ConnectionHandler;
import io.netty.handler.codec.http2.Http2Headers;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.impl.ConnectionBase;
import java.util.Locale;

/**
 * Interim responses. Vert.x has calls for 100 and 103 only, and the one for 103 fails on HTTP/2 if
 * a field name has a capital; so they are written beside Vert.x, which has written nothing of the
 * final response yet. Confined to the connection's event loop.
 */
public final class InterimWriter {

  private InterimWriter() {}

  /** Writes a response of {@code status} without content to {@code request}. */
  public static void write(HttpServerRequest request, int status, MultiMap fields) {
    if (request.connection() instanceof ConnectionBase connection) {
      ChannelHandlerContext ctx = connection.channelHandlerContext();
      if (ctx.handler() instanceof Http2ConnectionHandler http2) {
        frame(ctx, http2, request.streamId(), status, fields);
      } else {
        message(ctx, status, fields);
      }
    }
  }

  private static void message(ChannelHandlerContext ctx, int status, MultiMap fields) {
    var interim =
        new DefaultFullHttpResponse(
            HttpVersion.HTTP_1_1, HttpResponseStatus.valueOf(status), Unpooled.EMPTY_BUFFER);
    fields.forEach((name, value) -> interim.headers().add(name, value));
    var _ = ctx.writeAndFlush(interim, ctx.voidPromise());
  }

  private static void frame(
      ChannelHandlerContext ctx,
      Http2ConnectionHandler http2,
      int stream,
      int status,
      MultiMap fields) {
    Http2Headers headers = new DefaultHttp2Headers().status(Integer.toString(status));
    fields.forEach((name, value) -> headers.add(name.toLowerCase(Locale.ROOT), value));
    var _ = http2.encoder().writeHeaders(ctx, stream, headers, 0, false, ctx.newPromise());
    ctx.flush();
  }
}
