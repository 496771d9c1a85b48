package io.ccrelay.proxy.transport;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.LastHttpContent;

/** Tells a {@link Shortcut} what Vert.x writes. Confined to the connection's event loop. */
final class AnswerWatch extends ChannelOutboundHandlerAdapter {

  private final Shortcut shortcut;

  AnswerWatch(Shortcut shortcut) {
    this.shortcut = shortcut;
  }

  @Override
  public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
    if (message instanceof FullHttpResponse answer) {
      if (answer.status().code() >= 200) {
        shortcut.answering(ctx, answer);
      }
    } else if (message instanceof LastHttpContent) {
      shortcut.answered();
    }
    var _ = ctx.write(message, promise);
  }
}
