package io.ccrelay.proxy.transport;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.impl.Http1xOrH2CHandler;
import io.vertx.core.http.impl.HttpServerImpl;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.internal.VertxInternal;
import io.vertx.core.internal.VertxWrapper;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.NetSocket;
import io.vertx.core.net.impl.NetServerImpl;
import io.vertx.core.net.impl.NetServerInternal;
import io.vertx.core.net.impl.NetSocketImpl;
import java.net.InetSocketAddress;

/**
 * Makes HTTP servers whose connections are counted against a cap and have a {@link Wire}, a {@link
 * StrictRequestDecoder} and a {@link Shortcut} before their first byte is read, clear-text HTTP/2
 * listeners included.
 */
public final class GuardedServer {

  private static final String DECODER = "httpDecoder";
  private static final String ENCODER = "httpEncoder";

  private final HttpServerOptions options;
  private final Pace pace;
  private final Connections connections;
  private final Repeats repeats;
  private final ContextInternal context;

  private GuardedServer(
      HttpServerOptions options,
      Pace pace,
      Connections connections,
      Repeats repeats,
      ContextInternal context) {
    this.options = options;
    this.pace = pace;
    this.connections = connections;
    this.repeats = repeats;
    this.context = context;
  }

  /**
   * A server like {@code vertx.createHttpServer(options)}; {@code pace} and {@code repeats} are of
   * the caller's context.
   */
  public static HttpServer create(
      Vertx vertx, HttpServerOptions options, Pace pace, Connections connections, Repeats repeats) {
    var context = ((VertxInternal) vertx).getOrCreateContext();
    var guard = new GuardedServer(options, pace, connections, repeats, context);
    return new HttpServerImpl(guard.decorated((VertxInternal) vertx), options)
        .connectionHandler(StreamTrailers::install);
  }

  private VertxInternal decorated(VertxInternal vertx) {
    return new VertxWrapper(vertx) {
      @Override
      public NetServerInternal createNetServer(NetServerOptions tcp) {
        return new NetServerImpl(delegate, tcp.copy()) {
          @Override
          public NetServerInternal connectHandler(Handler<NetSocket> handler) {
            return super.connectHandler(socket -> connected(socket, handler));
          }
        };
      }
    };
  }

  private void connected(NetSocket socket, Handler<NetSocket> http) {
    Channel channel = ((NetSocketImpl) socket).channel();
    if (!connections.enter()) {
      var _ = channel.close();
      return;
    }
    channel.closeFuture().addListener(_ -> connections.leave());
    http.handle(socket);
    install(channel.pipeline());
  }

  private void install(ChannelPipeline pipeline) {
    var wire = new Wire(pace);
    pipeline.addFirst("wire", wire);
    ChannelHandlerContext undecided = pipeline.context(Http1xOrH2CHandler.class);
    if (undecided == null) {
      makeStrict(pipeline, wire);
    } else {
      pipeline.addAfter(undecided.name(), "strictness", new OnceDecided(wire));
    }
  }

  /** Replaces the HTTP/1 decoder, which has read nothing yet; HTTP/2 pipelines have none. */
  private void makeStrict(ChannelPipeline pipeline, Wire wire) {
    if (pipeline.get(DECODER) != null) {
      String caller = caller(pipeline.channel());
      var decoder =
          new StrictRequestDecoder(
              options, wire, free -> new Shortcut(repeats, context, caller, free));
      wire.shorten(decoder.shortcut());
      pipeline.replace(DECODER, DECODER, decoder);
      pipeline.addAfter(ENCODER, "answers", new AnswerWatch(decoder.shortcut()));
    }
  }

  private static String caller(Channel channel) {
    return channel.remoteAddress() instanceof InetSocketAddress address
        ? address.getAddress().getHostAddress()
        : "";
  }

  /** Waits behind the detection of clear-text HTTP/2 for the bytes that decided it. */
  private final class OnceDecided extends ChannelInboundHandlerAdapter {

    private final Wire wire;

    OnceDecided(Wire wire) {
      this.wire = wire;
      wire.headPending();
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
      wire.headComplete();
      makeStrict(ctx.pipeline(), wire);
      ctx.pipeline().remove(this);
      ctx.fireChannelRead(message);
    }
  }
}
