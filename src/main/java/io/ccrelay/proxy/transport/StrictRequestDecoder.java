package io.ccrelay.proxy.transport;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.HttpConstants;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.AsciiString;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.impl.VertxHttpRequestDecoder;
import io.vertx.core.net.impl.VertxHandler;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Vert.x's HTTP/1 request decoder without its leniency: a {@link Flaw} makes the request invalid
 * and the rest of the connection unread. It also drops the offer to upgrade, which a server may
 * ignore (RFC 9110 section 7.8), before Vert.x acts on it. Confined to the connection's event loop.
 */
final class StrictRequestDecoder extends VertxHttpRequestDecoder {

  /** Field lines of a request at most, trailers included. */
  static final int MAX_FIELDS = 100;

  private static final AsciiString HTTP2_SETTINGS = AsciiString.cached("http2-settings");

  private final Wire wire;
  private final Shortcut shortcut;

  private @Nullable HttpHeaders head;
  private boolean inHead;
  private boolean inBody;
  private boolean folded;
  private boolean refused;
  private int wordEnd;
  private int fields;

  /**
   * A decoder for one connection.
   *
   * @param way makes the connection's short way, told when nothing is read in part
   */
  StrictRequestDecoder(
      HttpServerOptions options, Wire wire, Function<BooleanSupplier, Shortcut> way) {
    super(options);
    this.wire = wire;
    this.shortcut = way.apply(this::isBetweenRequests);
    wire.headPending();
  }

  Shortcut shortcut() {
    return shortcut;
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) throws Exception {
    if (message instanceof ByteBuf bytes
        && shortcut.takes(ctx, bytes, later -> resume(ctx, later))) {
      wire.headComplete();
    } else {
      super.channelRead(ctx, message);
    }
  }

  private boolean isBetweenRequests() {
    return !inHead && !inBody && !refused && actualReadableBytes() == 0;
  }

  /** Reads what was held back, as if it had just arrived. */
  private void resume(ChannelHandlerContext ctx, ByteBuf bytes) {
    try {
      super.channelRead(ctx, bytes);
      super.channelReadComplete(ctx);
    } catch (Exception e) {
      ctx.fireExceptionCaught(e);
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) throws Exception {
    shortcut.closed();
    super.channelInactive(ctx);
  }

  @Override
  protected void decode(ChannelHandlerContext ctx, ByteBuf buffer, List<Object> out)
      throws Exception {
    int before = out.size();
    if (refused) {
      buffer.skipBytes(buffer.readableBytes());
    } else if (inBody) {
      super.decode(ctx, buffer, out);
      inBody = out.size() == before || !ends(out.getLast());
      for (int i = before; i < out.size(); i++) {
        out.set(i, unpooled(out.get(i)));
      }
    } else {
      int from = buffer.readerIndex();
      super.decode(ctx, buffer, out);
      folded = folded || hasFold(buffer, from, buffer.readerIndex());
      if (out.size() > before) {
        headRead(out, before);
      } else if (inHead || buffer.isReadable()) {
        wire.headPending();
      }
    }
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

  private boolean ends(Object part) {
    if (!(part instanceof LastHttpContent last)) {
      return false;
    }
    if (head != null && !last.trailingHeaders().isEmpty()) {
      wire.trailersRead(head, last.trailingHeaders(), shortcut.unanswered());
    }
    return true;
  }

  /** Whether one of the whole lines between the indices begins with a blank. */
  private static boolean hasFold(ByteBuf buffer, int from, int to) {
    int line = from;
    while (line < to) {
      byte first = buffer.getByte(line);
      if (first == HttpConstants.SP || first == HttpConstants.HT) {
        return true;
      }
      int feed = buffer.indexOf(line, to, HttpConstants.LF);
      if (feed < 0) {
        return false;
      }
      line = feed + 1;
    }
    return false;
  }

  private void headRead(List<Object> out, int at) {
    wire.headComplete();
    shortcut.begun();
    inHead = false;
    HttpRequest request = out.get(at) instanceof HttpRequest begun ? begun : null;
    head = request == null ? null : request.headers();
    inBody = !ends(out.getLast());
    if (request != null && isRefused(request)) {
      refused = true;
      while (out.size() > at + 1) {
        out.removeLast();
      }
    }
  }

  private boolean isRefused(HttpRequest request) {
    if (folded && request.decoderResult().isSuccess()) {
      request.setDecoderResult(DecoderResult.failure(new MalformedHead(Flaw.FOLDED_LINE)));
    }
    if (request.decoderResult().isSuccess()) {
      request.headers().remove(HttpHeaderNames.UPGRADE).remove(HTTP2_SETTINGS);
      return false;
    }
    return true;
  }

  @Override
  protected String splitFirstWordInitialLine(byte[] line, int start, int length) {
    wordEnd = start + length;
    if (start != 0) {
      throw new MalformedHead(Flaw.REQUEST_LINE);
    }
    return super.splitFirstWordInitialLine(line, start, length);
  }

  @Override
  protected String splitSecondWordInitialLine(byte[] line, int start, int length) {
    checkSeparator(line, start, length);
    return super.splitSecondWordInitialLine(line, start, length);
  }

  @Override
  protected String splitThirdWordInitialLine(byte[] line, int start, int length) {
    checkSeparator(line, start, length);
    return super.splitThirdWordInitialLine(line, start, length);
  }

  private void checkSeparator(byte[] line, int start, int length) {
    if (start != wordEnd + 1 || line[wordEnd] != HttpConstants.SP) {
      throw new MalformedHead(Flaw.REQUEST_LINE);
    }
    wordEnd = start + length;
  }

  @Override
  protected HttpMessage createMessage(String[] initialLine) {
    String version = initialLine[2];
    if (!version.equals(HttpVersion.HTTP_1_1.text())
        && !version.equals(HttpVersion.HTTP_1_0.text())) {
      throw new MalformedHead(version.startsWith("HTTP/") ? Flaw.VERSION : Flaw.REQUEST_LINE);
    }
    inHead = true;
    folded = false;
    fields = 0;
    return super.createMessage(initialLine);
  }

  @Override
  protected AsciiString splitHeaderName(byte[] line, int start, int length) {
    if (length == 0) {
      throw new MalformedHead(Flaw.FIELD_NAME);
    }
    if (++fields > MAX_FIELDS) {
      throw new MalformedHead(Flaw.TOO_MANY_FIELDS);
    }
    return super.splitHeaderName(line, start, length);
  }
}
