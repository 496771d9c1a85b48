package io.ccrelay.proxy.transport;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.timeout.IdleStateHandler;
import io.vertx.core.AsyncResult;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.impl.headers.HeadersMultiMap;
import io.vertx.core.internal.ContextInternal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The short way of a connection: a request that is the same, byte for byte, as one answered from
 * the cache within the last second gets the same answer without being read, once the cache has said
 * that it still holds. Everything else goes on to be read as if nothing had been here. Confined to
 * the connection's event loop.
 *
 * <p>The way is taken only between requests: nothing of an earlier one is unread or unanswered, and
 * one read of the socket brought the whole request. Bytes that arrive while the cache is asked end
 * the attempt, so that nothing queues here.
 */
public final class Shortcut {

  private static final Duration REST = Duration.ofSeconds(1);

  private final Repeats repeats;
  private final ContextInternal context;
  private final String caller;
  private final BooleanSupplier betweenRequests;
  private final Handler<Pending> question = this::ask;

  private @Nullable Pending pending;
  private @Nullable Repeat candidate;
  private @Nullable Repeatable lesson;
  private int unanswered;

  /** A request whose answer the cache is asked about. */
  private final class Pending implements Handler<AsyncResult<Boolean>> {
    private final ChannelHandlerContext ctx;
    private final ByteBuf bytes;
    private final Repeat repeat;
    private final Consumer<ByteBuf> onward;
    private final long begun = System.nanoTime();

    Pending(ChannelHandlerContext ctx, ByteBuf bytes, Repeat repeat, Consumer<ByteBuf> onward) {
      this.ctx = ctx;
      this.bytes = bytes;
      this.repeat = repeat;
      this.onward = onward;
    }

    @Override
    public void handle(AsyncResult<Boolean> holds) {
      settle(this, holds.succeeded() && holds.result());
    }
  }

  /**
   * The short way of one connection.
   *
   * @param caller where the connection comes from
   * @param betweenRequests whether all that was read belongs to requests that were read wholly
   */
  Shortcut(
      Repeats repeats, ContextInternal context, String caller, BooleanSupplier betweenRequests) {
    this.repeats = repeats;
    this.context = context;
    this.caller = caller;
    this.betweenRequests = betweenRequests;
  }

  /**
   * Lets equal bytes have the answer that is about to be written in one piece to {@code
   * connection}, on {@code terms}, which are not asked for where it cannot be repeated.
   */
  public static void offer(HttpConnection connection, Supplier<Repeatable> terms) {
    Wire wire = Wire.below(connection);
    Shortcut way = wire == null ? null : wire.shortcut();
    if (way != null && way.wantsToLearn()) {
      way.lesson = terms.get();
    }
  }

  private boolean wantsToLearn() {
    return candidate != null && unanswered == 1 && betweenRequests.getAsBoolean();
  }

  /**
   * Takes {@code bytes}, just read from the socket, and answers them if it can.
   *
   * @param onward takes them later if the answer does not hold
   * @return whether they were taken
   */
  boolean takes(ChannelHandlerContext ctx, ByteBuf bytes, Consumer<ByteBuf> onward) {
    interrupt();
    candidate = null;
    if (unanswered != 0 || !betweenRequests.getAsBoolean()) {
      return false;
    }
    Instant now = repeats.now();
    Repeat repeat = repeats.find(bytes, caller, now);
    if (repeat == null) {
      return false;
    }
    if (repeat.isAnsweredAt(now) && ctx.channel().isWritable()) {
      var taken = new Pending(ctx, bytes, repeat, onward);
      pending = taken;
      context.dispatch(taken, question);
      return true;
    }
    if (repeat.isOpenAt(now)) {
      candidate = repeat;
    }
    return false;
  }

  /** What the cache is being asked about goes on to be read. */
  private void interrupt() {
    if (pending != null) {
      Pending given = pending;
      pending = null;
      given.onward.accept(given.bytes);
    }
  }

  /** A head was read. */
  void begun() {
    if (++unanswered > 1) {
      candidate = null;
    }
  }

  /** How many requests were begun whose answers were not ended. */
  int unanswered() {
    return unanswered;
  }

  /** The connection is closed. */
  void closed() {
    candidate = null;
    if (pending != null) {
      pending.bytes.release();
      pending = null;
    }
  }

  /** A final answer is about to be written whole. */
  void answering(ChannelHandlerContext ctx, FullHttpResponse answer) {
    Repeatable terms = lesson;
    Repeat repeat = candidate;
    answered();
    if (terms != null && repeat != null && isRepeatable(answer)) {
      Instant now = repeats.now();
      repeats.learn(repeat, terms, written(ctx, answer), now);
    }
  }

  /** The end of an answer is about to be written. */
  void answered() {
    unanswered--;
    lesson = null;
    candidate = null;
  }

  private void ask(Pending taken) {
    try {
      taken.repeat.holds().onComplete(taken);
    } catch (RuntimeException e) {
      settle(taken, false);
      throw e;
    }
  }

  @SuppressWarnings("ReferenceEquality") // the attempt itself, not one like it
  private void settle(Pending taken, boolean holds) {
    if (pending != taken) {
      return;
    }
    Instant now = repeats.now();
    if (!holds) {
      taken.repeat.rest(now.plus(REST));
    }
    ByteBuf answer = taken.repeat.answer(taken.ctx.alloc(), now);
    if (answer == null) {
      interrupt();
      return;
    }
    pending = null;
    taken.bytes.release();
    stayAwake(taken.ctx);
    var _ = taken.ctx.writeAndFlush(answer, taken.ctx.voidPromise());
    taken.repeat.repeated(System.nanoTime() - taken.begun);
  }

  private static void stayAwake(ChannelHandlerContext ctx) {
    IdleStateHandler idle = ctx.pipeline().get(IdleStateHandler.class);
    if (idle != null) {
      idle.resetReadTimeout();
    }
  }

  private static boolean isRepeatable(FullHttpResponse answer) {
    return answer.status().code() == 200
        && answer.protocolVersion().equals(HttpVersion.HTTP_1_1)
        && answer.headers() instanceof HeadersMultiMap
        && answer.trailingHeaders().isEmpty()
        && answer.content().readableBytes() <= Repeats.LARGEST
        && HttpUtil.isContentLengthSet(answer)
        && !answer
            .headers()
            .containsValue(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE, true);
  }

  /** The answer as the encoder writes it. */
  private static ByteBuf written(ChannelHandlerContext ctx, FullHttpResponse answer) {
    ByteBuf content = answer.content();
    ByteBuf bytes = ctx.alloc().directBuffer(content.readableBytes() + 512);
    bytes.writeCharSequence("HTTP/1.1 200 OK\r\n", StandardCharsets.US_ASCII);
    ((HeadersMultiMap) answer.headers()).encode(bytes, false);
    bytes.writeShort('\r' << 8 | '\n');
    return bytes.writeBytes(content, content.readerIndex(), content.readableBytes());
  }
}
