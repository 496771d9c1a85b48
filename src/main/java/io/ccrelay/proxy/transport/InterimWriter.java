package io.ccrelay.proxy.transport;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.impl.Http1xServerConnection;

/**
 * Interim responses for which Vert.x has no call: all but 100 and 103. On HTTP/1.1 they are written
 * beside Vert.x, which has written nothing of the final response yet; on HTTP/2 they are left out.
 * Confined to the connection's event loop.
 */
public final class InterimWriter {

  private InterimWriter() {}

  /** Writes a response of {@code status} without content on {@code connection}. */
  public static void write(HttpConnection connection, int status, MultiMap fields) {
    if (connection instanceof Http1xServerConnection served) {
      var interim =
          new DefaultFullHttpResponse(
              HttpVersion.HTTP_1_1, HttpResponseStatus.valueOf(status), Unpooled.EMPTY_BUFFER);
      fields.forEach((name, value) -> interim.headers().add(name, value));
      ChannelHandlerContext context = served.channelHandlerContext();
      var _ = context.writeAndFlush(interim, context.voidPromise());
    }
  }
}
