package io.ccrelay.cache.cluster.door;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.ReferenceCountUtil;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * The first handler of a connection to the client port: it lets in who begins as a Hot Rod client
 * does, and tells of requests that the server behind refused. Confined to the connection's event
 * loop.
 */
public final class ClientDoor extends ChannelDuplexHandler {

  private static final int REQUEST = 0xA0;
  private static final int ANSWER = 0xA1;
  private static final int ERROR = 0x50;

  /** Answers from here on are about requests that could not be read or that are not offered. */
  private static final int FIRST_REFUSAL = 0x81;

  private static final int LAST_REFUSAL = 0x84;

  private final Strangers strangers;
  private final boolean tls;
  private boolean greeted;
  private boolean reading;

  /**
   * The door of one connection.
   *
   * @param tls whether clients speak TLS
   */
  public ClientDoor(Strangers strangers, boolean tls) {
    this.strangers = strangers;
    this.tls = tls;
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    if (!greeted && message instanceof ByteBuf bytes && bytes.isReadable()) {
      int first = bytes.getUnsignedByte(bytes.readerIndex());
      if (first != (tls ? TlsRecord.HANDSHAKE : REQUEST)) {
        ReferenceCountUtil.release(message);
        tell(context.channel(), offence(first));
        var _ = context.close();
        return;
      }
      greeted = true;
    }
    reading = true;
    context.fireChannelRead(message);
    reading = false;
  }

  private Offence offence(int first) {
    if (tls) {
      return Offence.OPEN_TO_TLS;
    }
    return first == TlsRecord.HANDSHAKE ? Offence.TLS_TO_OPEN : Offence.NOT_HOT_ROD;
  }

  @Override
  public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
    if (!tls && message instanceof ByteBuf bytes && refuses(bytes)) {
      tell(context.channel(), Offence.BAD_REQUEST);
    }
    var _ = context.write(message, promise);
  }

  /** A request that is too long is not answered; the connection is closed as it is read. */
  @Override
  public void close(ChannelHandlerContext context, ChannelPromise promise) {
    if (reading && context.channel().isActive()) {
      if (!tls) {
        tell(context.channel(), Offence.TOO_LONG);
      } else if (!isMember(context.pipeline().get(SslHandler.class))) {
        tell(context.channel(), Offence.NO_CERTIFICATE);
      }
    }
    var _ = context.close(promise);
  }

  private static boolean isMember(@Nullable SslHandler handshake) {
    return handshake != null && handshake.handshakeFuture().isSuccess();
  }

  /** The magic, the number of the request (a varint), the kind of answer, its status. */
  private static boolean refuses(ByteBuf bytes) {
    int at = bytes.readerIndex();
    int end = bytes.writerIndex();
    if (at == end || bytes.getUnsignedByte(at) != ANSWER) {
      return false;
    }
    at++;
    while (at < end && bytes.getByte(at) < 0) {
      at++;
    }
    if (at + 2 >= end || bytes.getUnsignedByte(at + 1) != ERROR) {
      return false;
    }
    int status = bytes.getUnsignedByte(at + 2);
    return status >= FIRST_REFUSAL && status <= LAST_REFUSAL;
  }

  private void tell(Channel channel, Offence offence) {
    int port = channel.localAddress() instanceof InetSocketAddress here ? here.getPort() : 0;
    strangers.turnedAway(channel.remoteAddress(), port, offence);
  }
}
