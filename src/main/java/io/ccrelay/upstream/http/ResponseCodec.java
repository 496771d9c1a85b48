package io.ccrelay.upstream.http;

import io.ccrelay.http.Fields;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.CombinedChannelDuplexHandler;
import io.netty.handler.codec.http.DefaultLastHttpContent;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpRequestEncoder;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseDecoder;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.AttributeKey;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.impl.Http1xClientConnection;
import io.vertx.core.net.impl.VertxHandler;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The HTTP/1.1 codec of a client connection that trusts no upstream: an answer never reaches
 * another exchange than its own. It takes the place of Netty's {@code HttpClientCodec}, which
 * Vert.x installs, because what has to be known (are there bytes behind the message?) is known only
 * inside the decoder. Requests are not pipelined, so at most one answer is awaited.
 *
 * <ul>
 *   <li>Interim answers other than 100 go to the exchange by a way of their own, any number of them
 *       (RFC 9110 section 15.2); Vert.x would take a 102 for the final answer and the final one for
 *       the next exchange's.
 *   <li>101 was never asked for: the connection is closed, and with it fails the exchange.
 *   <li>Bytes behind a complete answer (more than {@code Content-Length}, content after 204, 304 or
 *       an answer to HEAD) belong to no message: they are dropped and the connection is not used
 *       again (RFC 9112 section 6.3).
 *   <li>Bytes that nobody asked for close the connection.
 *   <li>Trailers of a request stand in its last chunk, which Vert.x makes without any.
 * </ul>
 *
 * <p>Confined to its connection's event loop.
 */
final class ResponseCodec
    extends CombinedChannelDuplexHandler<HttpResponseDecoder, HttpRequestEncoder> {

  private static final int MAX_INITIAL_LINE = 8192;
  private static final int MAX_CHUNK = 64 << 10;

  /** Hears interim answers, on the connection's event loop. */
  @FunctionalInterface
  interface InterimListener {
    void arrived(int status, Iterable<Map.Entry<String, String>> headers);
  }

  /** Where a connection keeps its codec: a closed one has no handlers any more. */
  private static final AttributeKey<ResponseCodec> CODEC =
      AttributeKey.valueOf(ResponseCodec.class, "codec");

  /** Between exchanges: a connection that is kept must not hold its last one. */
  private static final InterimListener NOBODY = (status, headers) -> {};

  private InterimListener interim = NOBODY;
  private Fields trailers = Fields.none();
  private int requests;
  private boolean writing;
  private boolean awaiting;
  private boolean silent;
  private boolean dead;
  private @Nullable HttpMethod method;

  private ResponseCodec(int maxHeaderBytes) {
    init(new Decoder(maxHeaderBytes), new Encoder());
  }

  /**
   * Replaces the codec of {@code connection}, before anything was sent on it. HTTP/2 keeps its own:
   * there every answer has a stream of its own.
   */
  static void install(HttpConnection connection, int maxHeaderBytes) {
    if (connection instanceof Http1xClientConnection served) {
      Channel channel = served.channelHandlerContext().channel();
      var codec = new ResponseCodec(maxHeaderBytes);
      channel.attr(CODEC).set(codec);
      channel.pipeline().replace("codec", "codec", codec);
    }
  }

  /** The codec of {@code connection}, absent for HTTP/2. */
  static @Nullable ResponseCodec of(HttpConnection connection) {
    return connection instanceof Http1xClientConnection served
        ? served.channelHandlerContext().channel().attr(CODEC).get()
        : null;
  }

  /** Has {@code listener} hear the interim answers to the next request. */
  void onInterim(InterimListener listener) {
    interim = listener;
  }

  /** Has the last chunk of the request under way carry {@code fields}. */
  void trailers(Fields fields) {
    trailers = fields;
  }

  /** How many requests were handed to the socket so far. */
  int requests() {
    return requests;
  }

  /**
   * Whether the connection still serves request number {@code index}, from 0. It may serve the next
   * one as soon as request and answer are over on the wire, read or not.
   */
  boolean serves(int index) {
    return requests == index || (requests == index + 1 && (writing || awaiting));
  }

  /** Whether nothing at all arrived since the last request. */
  boolean silent() {
    return silent;
  }

  private final class Encoder extends HttpRequestEncoder {
    @Override
    protected void encode(ChannelHandlerContext ctx, Object msg, List<Object> out)
        throws Exception {
      super.encode(ctx, msg instanceof LastHttpContent last ? trailed(last) : msg, out);
      if (msg instanceof HttpRequest request && ctx.channel().isActive()) {
        requests++;
        method = request.method();
        writing = true;
        awaiting = true;
        silent = true;
      }
      if (msg instanceof LastHttpContent) {
        writing = false;
      }
    }
  }

  /** {@code last} with the trailers of the request, which Vert.x does not know of. */
  private LastHttpContent trailed(LastHttpContent last) {
    if (trailers.lines().isEmpty()) {
      return last;
    }
    var trailed = new DefaultLastHttpContent(last.content());
    trailers.forEach(line -> trailed.trailingHeaders().add(line.name(), line.value()));
    trailers = Fields.none();
    return trailed;
  }

  private final class Decoder extends HttpResponseDecoder {

    private @Nullable HttpResponse head;
    private boolean inInterim;

    Decoder(int maxHeaderBytes) {
      super(
          new HttpDecoderConfig()
              .setMaxInitialLineLength(MAX_INITIAL_LINE)
              .setMaxHeaderSize(maxHeaderBytes)
              .setMaxChunkSize(MAX_CHUNK));
    }

    @Override
    protected boolean isContentAlwaysEmpty(HttpMessage message) {
      boolean interim =
          ((HttpResponse) message).status().codeClass() == HttpStatusClass.INFORMATIONAL;
      return interim || HttpMethod.HEAD.equals(method) || super.isContentAlwaysEmpty(message);
    }

    @Override
    protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out)
        throws Exception {
      if (dead || !awaiting) {
        in.skipBytes(in.readableBytes());
        die(ctx);
        return;
      }
      silent = false;
      int before = out.size();
      super.decode(ctx, in, out);
      for (int i = before; i < out.size(); ) {
        if (passes(ctx, out.get(i), in)) {
          out.set(i, unpooled(out.get(i)));
          i++;
        } else {
          out.remove(i);
        }
      }
    }

    /** Whether {@code part} goes on to the exchange. */
    private boolean passes(ChannelHandlerContext ctx, Object part, ByteBuf in) {
      if (part instanceof HttpResponse response && response.decoderResult().isSuccess()) {
        HttpResponseStatus status = response.status();
        inInterim = status.codeClass() == HttpStatusClass.INFORMATIONAL;
        if (status.code() == HttpResponseStatus.SWITCHING_PROTOCOLS.code()) {
          in.skipBytes(in.readableBytes());
          die(ctx);
          return false;
        }
        if (!inInterim) {
          head = response;
        } else if (!isContinue(status)) {
          interim.arrived(status.code(), response.headers());
        }
        return !inInterim || isContinue(status);
      }
      if (part instanceof LastHttpContent) {
        if (inInterim) {
          return false;
        }
        complete(in);
      }
      return true;
    }

    /**
     * Content that nobody has to release: Vert.x copies it anyway, but only what it delivers, and
     * forgets what waits in a paused connection when that closes.
     */
    private static Object unpooled(Object part) {
      return part instanceof HttpContent content && content.content().isReadable()
          ? content.replace(VertxHandler.safeBuffer(content.content()))
          : part;
    }

    private void complete(ByteBuf in) {
      awaiting = false;
      interim = NOBODY;
      if (head != null && (in.isReadable() || asksToClose(head))) {
        // What Vert.x looks at when the answer ends, to decide whether to use the connection again.
        head.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
        dead = true;
        in.skipBytes(in.readableBytes());
      }
      head = null;
    }

    private void die(ChannelHandlerContext ctx) {
      dead = true;
      // Through the whole pipeline, so that Vert.x takes the connection out of its pool at once.
      var _ = ctx.channel().close();
    }

    private static boolean isContinue(HttpResponseStatus status) {
      return status.code() == HttpResponseStatus.CONTINUE.code();
    }

    /** Vert.x knows {@code close} only as the whole value, not as a member of the list. */
    private static boolean asksToClose(HttpResponse head) {
      return head.headers().containsValue(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE, true);
    }
  }
}
