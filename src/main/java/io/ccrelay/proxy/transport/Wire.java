package io.ccrelay.proxy.transport;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.ScheduledFuture;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.impl.HttpServerConnection;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The first handler of a client connection's pipeline. It ends connections that send no complete
 * head in time, and once sealed it keeps further bytes from being read as a request and closes so
 * that the last answer arrives: a socket closed with unread bytes resets the connection, and a
 * reset may overtake the answer (RFC 9112 section 9.6). Confined to the connection's event loop.
 */
public final class Wire extends ChannelDuplexHandler {

  /** Bytes discarded at most for a client that goes on sending after the last answer. */
  public static final int DRAIN_BYTES = 1 << 20;

  /** Milliseconds for which such bytes are discarded at most. */
  public static final long DRAIN_MILLIS = 2000;

  private final Pace pace;
  private final HeadWatch watch = new HeadWatch();

  private @Nullable ChannelHandlerContext own;
  private @Nullable Shortcut shortcut;
  private @Nullable ScheduledFuture<?> drainEnd;
  private final List<Trailed> trailed = new ArrayList<>(0);
  private boolean heard;
  private boolean headPending;
  private boolean sealed;
  private boolean lingering;
  private long discarded;

  Wire(Pace pace) {
    this.pace = pace;
  }

  /** The wire below {@code connection}, absent when its server is not guarded. */
  public static @Nullable Wire below(HttpConnection connection) {
    return connection instanceof HttpServerConnection served
        ? served.channelHandlerContext().pipeline().get(Wire.class)
        : null;
  }

  /** The short way of this connection; absent until HTTP/1 is spoken on it. */
  @Nullable Shortcut shortcut() {
    return shortcut;
  }

  /** {@code way} is the short way of this connection. */
  void shorten(Shortcut way) {
    shortcut = way;
  }

  /** From now on bytes of the client are discarded, and closing waits for it as said above. */
  public void seal() {
    sealed = true;
  }

  /** Runs {@code action} on the connection's event loop when the connection is closed. */
  public void onClose(Runnable action) {
    if (own != null) {
      own.channel().closeFuture().addListener(_ -> action.run());
    }
  }

  /** What came behind the content of the request with {@code head}. */
  private record Trailed(HttpHeaders head, MultiMap trailers) {}

  /**
   * {@code fields} came behind the content of the request with {@code head}, the last of so many
   * that are {@code unanswered}. No more than those have trailers kept; how many a client can send
   * before the first of them is answered is bounded by what is read of a connection at once.
   */
  void trailersRead(HttpHeaders head, HttpHeaders fields, int unanswered) {
    while (!trailed.isEmpty() && trailed.size() >= unanswered) {
      trailed.removeFirst();
    }
    MultiMap trailers = MultiMap.caseInsensitiveMultiMap();
    fields.forEach(line -> trailers.add(line.getKey(), line.getValue()));
    trailed.add(new Trailed(head, trailers));
  }

  /**
   * The trailers of the request with {@code head}, which Vert.x hands on as the decoder made it.
   */
  @SuppressWarnings("ReferenceEquality") // two requests with equal heads have trailers of their own
  MultiMap trailersBehind(MultiMap head) {
    for (Trailed one : trailed) {
      if (one.head == head) {
        return one.trailers;
      }
    }
    return MultiMap.caseInsensitiveMultiMap();
  }

  /** A head has begun and is not complete. */
  void headPending() {
    headPending = true;
  }

  /** No head is awaited: the last one was read completely. */
  void headComplete() {
    headPending = false;
    watch.silentTicks = 0;
  }

  @Override
  public void handlerAdded(ChannelHandlerContext ctx) {
    own = ctx;
    pace.enrol(watch);
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext ctx) {
    pace.dismiss(watch);
    if (drainEnd != null) {
      drainEnd.cancel(false);
    }
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    if (!sealed) {
      heard = true;
      ctx.fireChannelRead(message);
      return;
    }
    discarded += message instanceof ByteBuf bytes ? bytes.readableBytes() : 0;
    ReferenceCountUtil.release(message);
    if (lingering && discarded > DRAIN_BYTES) {
      end(ctx);
    }
  }

  @Override
  public void close(ChannelHandlerContext ctx, ChannelPromise promise) {
    if (sealed && !lingering && ctx.channel() instanceof DuplexChannel channel) {
      linger(ctx, channel, promise);
    } else {
      var _ = ctx.close(promise);
    }
  }

  private void linger(ChannelHandlerContext ctx, DuplexChannel channel, ChannelPromise promise) {
    lingering = true;
    channel.closeFuture().addListener(_ -> promise.trySuccess());
    channel
        .shutdownOutput()
        .addListener(shut -> {
          if (!shut.isSuccess() || discarded > DRAIN_BYTES) {
            end(ctx);
          }
        });
    channel.config().setAutoRead(true);
    drainEnd = ctx.executor().schedule(() -> end(ctx), DRAIN_MILLIS, TimeUnit.MILLISECONDS);
  }

  private static void end(ChannelHandlerContext ctx) {
    var _ = ctx.close();
  }

  /** Ends a connection that has sent nothing, or no complete head, for too long. */
  private final class HeadWatch extends Pace.Paced {

    private int silentTicks;

    @Override
    protected void tick() {
      if (heard && !headPending) {
        silentTicks = 0;
      } else if (++silentTicks >= Pace.DEADLINE_TICKS && own != null) {
        end(own);
      }
    }
  }
}
