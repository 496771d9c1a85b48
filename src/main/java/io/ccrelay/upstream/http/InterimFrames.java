package io.ccrelay.upstream.http;

import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http2.Http2ConnectionHandler;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2FrameListener;
import io.netty.handler.codec.http2.Http2FrameListenerDecorator;
import io.netty.handler.codec.http2.Http2Headers;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.net.impl.ConnectionBase;

/**
 * Interim answers on HTTP/2, any number and any code of them (RFC 9110 section 15.2). Vert.x would
 * take one that it does not know for the final answer; so each is shown to it as the one it hands
 * on with its fields, 103, and the true code is kept in a field that no answer can carry. Confined
 * to its connection's event loop.
 */
final class InterimFrames extends Http2FrameListenerDecorator {

  /** What a peer sends under this name is overwritten. */
  private static final String STATUS = "interim-status";

  private InterimFrames(Http2FrameListener listener) {
    super(listener);
  }

  /** Watches {@code connection}, before any answer arrived on it; without effect on HTTP/1.1. */
  static void install(HttpConnection connection) {
    if (connection instanceof ConnectionBase base
        && base.channelHandlerContext().handler() instanceof Http2ConnectionHandler http2) {
      http2.decoder().frameListener(new InterimFrames(http2.decoder().frameListener()));
    }
  }

  /** Takes the true code out of the fields of an interim answer. */
  static int takeStatus(MultiMap fields) {
    int status = Integer.parseInt(fields.get(STATUS));
    fields.remove(STATUS);
    return status;
  }

  @Override
  public void onHeadersRead(
      ChannelHandlerContext ctx, int streamId, Http2Headers headers, int padding, boolean end)
      throws Http2Exception {
    show(streamId, headers);
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
    show(streamId, headers);
    super.onHeadersRead(ctx, streamId, headers, dependency, weight, exclusive, padding, end);
  }

  private static void show(int stream, Http2Headers headers) throws Http2Exception {
    CharSequence status = headers.status();
    if (status == null
        || HttpStatusClass.valueOf(status) != HttpStatusClass.INFORMATIONAL
        || HttpResponseStatus.CONTINUE.codeAsText().contentEquals(status)) {
      return;
    }
    if (HttpResponseStatus.SWITCHING_PROTOCOLS.codeAsText().contentEquals(status)) {
      // RFC 9113 section 8.6: HTTP/2 has none.
      throw Http2Exception.streamError(stream, Http2Error.PROTOCOL_ERROR, "101");
    }
    headers.set(STATUS, status);
    headers.status(HttpResponseStatus.EARLY_HINTS.codeAsText());
  }
}
