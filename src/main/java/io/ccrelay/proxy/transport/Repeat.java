package io.ccrelay.proxy.transport;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.vertx.core.Future;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of a request that came before and, while it holds, the answer they get. Confined to one
 * context.
 */
final class Repeat {

  private final long fingerprint;
  private final String caller;
  private final Object rules;
  private final ByteBuffer request;
  private @Nullable Given given;
  private Instant since = Instant.MAX;
  private Instant restsUntil = Instant.MIN;

  /** An answer, whose memory is this object's to release, and where the name stands in it. */
  private static final class Given {
    private final Repeatable terms;
    private final ByteBuf bytes;
    private final int[] names;

    Given(Repeatable terms, ByteBuf bytes) {
      this.terms = terms;
      this.bytes = bytes;
      this.names = places(bytes, terms.name());
    }
  }

  /**
   * A request without an answer.
   *
   * @param caller where it came from, which some answers depend on
   * @param rules what it was judged by
   */
  Repeat(long fingerprint, ByteBuf request, String caller, Object rules) {
    this.fingerprint = fingerprint;
    this.caller = caller;
    this.rules = rules;
    this.request = ByteBuffer.allocate(request.readableBytes());
    request.getBytes(request.readerIndex(), this.request);
    this.request.flip();
  }

  long fingerprint() {
    return fingerprint;
  }

  /** Whether this is the request in {@code bytes}, to be judged by {@code inForce}. */
  @SuppressWarnings("ReferenceEquality") // rules are replaced, never changed
  boolean isOf(ByteBuf bytes, String from, Object inForce) {
    int length = bytes.readableBytes();
    return rules == inForce
        && length == request.remaining()
        && caller.equals(from)
        && bytes.internalNioBuffer(bytes.readerIndex(), length).equals(request);
  }

  /** Whether an answer is known that says at {@code now} what a new one would. */
  boolean isAnsweredAt(Instant now) {
    return given != null && !now.isBefore(since) && !now.isAfter(given.terms.until());
  }

  /** Whether an answer may be learned at {@code now}. */
  boolean isOpenAt(Instant now) {
    return !now.isBefore(restsUntil);
  }

  /** Takes {@code bytes}, the answer written at {@code now}, and owns it. */
  void learn(Repeatable terms, ByteBuf bytes, Instant now) {
    forget();
    given = new Given(terms, bytes);
    since = now;
  }

  /** Whether the answer holds; false without an answer. */
  Future<Boolean> holds() {
    return given == null ? Future.succeededFuture(false) : given.terms.holds().get();
  }

  /** What one more request gets at {@code now}; null without such an answer. The caller owns it. */
  @Nullable ByteBuf answer(ByteBufAllocator memory, Instant now) {
    if (given == null || !isAnsweredAt(now)) {
      return null;
    }
    if (given.names.length == 0) {
      return given.bytes.retainedDuplicate();
    }
    ByteBuf copy = memory.directBuffer(given.bytes.readableBytes());
    copy.writeBytes(given.bytes, given.bytes.readerIndex(), given.bytes.readableBytes());
    String name = given.terms.names().get();
    for (int place : given.names) {
      copy.setCharSequence(place, name, StandardCharsets.US_ASCII);
    }
    return copy;
  }

  /** Tells that the answer was given again. */
  void repeated(long nanos) {
    if (given != null) {
      given.terms.account().accept(nanos);
    }
  }

  /** Has no answer any more and learns none before {@code then}. */
  void rest(Instant then) {
    forget();
    restsUntil = then;
  }

  /** Has no answer any more. */
  void forget() {
    if (given != null) {
      given.bytes.release();
      given = null;
    }
  }

  private static int[] places(ByteBuf answer, String name) {
    if (name.isEmpty()) {
      return new int[0];
    }
    String head = answer.toString(StandardCharsets.ISO_8859_1);
    int end = head.indexOf("\r\n\r\n");
    List<Integer> found = new ArrayList<>(2);
    for (int at = head.indexOf(name); at >= 0 && at < end; at = head.indexOf(name, at + 1)) {
      found.add(at);
    }
    return found.stream().mapToInt(Integer::intValue).toArray();
  }
}
