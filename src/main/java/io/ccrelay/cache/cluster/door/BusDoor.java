package io.ccrelay.cache.cluster.door;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.ReferenceCountUtil;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * The first handler of a connection to the event bus: messages stand behind their length (4 bytes),
 * which is believed only within bounds, since the bus would collect whatever it says. Over TLS only
 * the beginning is looked at. Confined to the connection's event loop.
 */
final class BusDoor extends ChannelInboundHandlerAdapter {

  /** No message of members is longer: what they send one another is cut to pieces. */
  static final int LONGEST = 8 << 20;

  /** Messages begin with the version of the protocol, of which Vert.x knows these. */
  private static final int NEWEST_VERSION = 2;

  private final Strangers strangers;
  private final boolean tls;
  private boolean greeted;
  private int length;
  private int lengthBytes;
  private int remaining;

  BusDoor(Strangers strangers, boolean tls) {
    this.strangers = strangers;
    this.tls = tls;
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    Offence offence =
        !(message instanceof ByteBuf bytes) || !bytes.isReadable()
            ? null
            : tls ? beginning(bytes) : messages(bytes);
    if (offence == null) {
      context.fireChannelRead(message);
      return;
    }
    ReferenceCountUtil.release(message);
    int port =
        context.channel().localAddress() instanceof InetSocketAddress here ? here.getPort() : 0;
    strangers.turnedAway(context.channel().remoteAddress(), port, offence);
    var _ = context.close();
  }

  private @Nullable Offence beginning(ByteBuf bytes) {
    if (!greeted && bytes.getUnsignedByte(bytes.readerIndex()) != TlsRecord.HANDSHAKE) {
      return Offence.OPEN_TO_TLS;
    }
    greeted = true;
    return null;
  }

  private @Nullable Offence messages(ByteBuf bytes) {
    int at = bytes.readerIndex();
    int end = bytes.writerIndex();
    while (at < end) {
      int octet = bytes.getUnsignedByte(at);
      if (remaining == 0) {
        at++;
        if (takes(octet) && (length <= 0 || length > LONGEST)) {
          return length >>> 24 == TlsRecord.HANDSHAKE ? Offence.TLS_TO_OPEN : Offence.TOO_LONG;
        }
      } else if (remaining == length && octet > NEWEST_VERSION) {
        return Offence.NOT_A_MEMBER;
      } else {
        int step = Math.min(remaining, end - at);
        remaining -= step;
        at += step;
      }
    }
    return null;
  }

  /** Whether {@code octet} is the last of a length. */
  private boolean takes(int octet) {
    length = (lengthBytes == 0 ? 0 : length << Byte.SIZE) | octet;
    lengthBytes = (lengthBytes + 1) % Integer.BYTES;
    remaining = lengthBytes == 0 ? length : 0;
    return lengthBytes == 0;
  }
}
