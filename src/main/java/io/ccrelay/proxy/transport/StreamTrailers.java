package io.ccrelay.proxy.transport;

import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http2.Http2Connection;
import io.netty.handler.codec.http2.Http2ConnectionHandler;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2FrameListener;
import io.netty.handler.codec.http2.Http2FrameListenerDecorator;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2Stream;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.net.impl.ConnectionBase;

/**
 * Keeps the trailers of HTTP/2 requests with their streams, since Vert.x takes them only for the
 * end of the content. Confined to the connection's event loop.
 */
final class StreamTrailers extends Http2FrameListenerDecorator {

  private final Http2Connection connection;
  private final Http2Connection.PropertyKey key;

  private StreamTrailers(Http2FrameListener listener, Http2Connection connection) {
    super(listener);
    this.connection = connection;
    this.key = connection.newKey();
  }

  /** Watches {@code connection} before any request is read; without effect on HTTP/1. */
  static void install(HttpConnection connection) {
    if (connection instanceof ConnectionBase base
        && base.channelHandlerContext().handler() instanceof Http2ConnectionHandler http2) {
      var decoder = http2.decoder();
      decoder.frameListener(new StreamTrailers(decoder.frameListener(), http2.connection()));
    }
  }

  /** The trailers of {@code stream} on the connection of {@code http2}, empty if there are none. */
  static MultiMap of(Http2ConnectionHandler http2, int stream) {
    MultiMap trailers = MultiMap.caseInsensitiveMultiMap();
    if (http2.decoder().frameListener() instanceof StreamTrailers kept) {
      Http2Stream open = kept.connection.stream(stream);
      if (open != null && open.getProperty(kept.key) instanceof Http2Headers headers) {
        headers.forEach(line -> trailers.add(line.getKey(), line.getValue()));
      }
    }
    return trailers;
  }

  @Override
  public void onHeadersRead(
      ChannelHandlerContext ctx, int streamId, Http2Headers headers, int padding, boolean end)
      throws Http2Exception {
    keep(streamId, headers);
    super.onHeadersRead(ctx, streamId, headers, padding, end);
  }

  @Override
  public void onHeadersRead(
      ChannelHandlerContext ctx,
      int streamId,
      Http2Headers headers,
      int dependency,
      short weight,
      boolean exclusive,
      int padding,
      boolean end)
      throws Http2Exception {
    keep(streamId, headers);
    super.onHeadersRead(ctx, streamId, headers, dependency, weight, exclusive, padding, end);
  }

  /** A request has a method; what has none comes behind one (RFC 9113 section 8.1). */
  private void keep(int streamId, Http2Headers headers) {
    Http2Stream stream = connection.stream(streamId);
    if (headers.method() == null && stream != null) {
      stream.setProperty(key, headers);
    }
  }
}
