package io.ccrelay.proxy.policy;

import io.ccrelay.http.Fields;
import io.ccrelay.policy.run.Effect.Sent;
import io.ccrelay.upstream.Upstream;
import io.ccrelay.upstream.UpstreamException;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/**
 * Counts what passes, and keeps its end. What it counted is told before the end is passed on, so
 * that whoever sees the end finds it paid for. Confined to one context.
 */
final class SentCount implements Upstream.Sink {

  /** Bytes kept of the end: more than any statement of usage. */
  static final int TAIL = 8 << 10;

  private static final byte[] EVENT = "\ndata:".getBytes(StandardCharsets.US_ASCII);

  private final Upstream.Sink next;
  private final Consumer<Sent> atEnd;
  private Buffer tail = Buffer.buffer();
  private long bytes;
  private long events;
  private int matched = 1;

  /**
   * Passes on to {@code next}.
   *
   * @param atEnd told when it ends or breaks off
   */
  SentCount(Upstream.Sink next, Consumer<Sent> atEnd) {
    this.next = next;
    this.atEnd = atEnd;
  }

  Sent sent() {
    return new Sent(bytes, events, tail.toString(StandardCharsets.UTF_8));
  }

  @Override
  public void chunk(Buffer chunk) {
    bytes += chunk.length();
    for (int i = 0; i < chunk.length(); i++) {
      count(chunk.getByte(i));
    }
    keep(chunk);
    next.chunk(chunk);
  }

  private void count(byte next) {
    if (next == EVENT[matched]) {
      matched++;
      if (matched == EVENT.length) {
        events++;
        matched = 0;
      }
    } else {
      matched = next == EVENT[0] ? 1 : 0;
    }
  }

  private void keep(Buffer chunk) {
    int from = Math.max(0, chunk.length() - TAIL);
    Buffer joined =
        Buffer.buffer().appendBuffer(tail).appendBuffer(chunk.slice(from, chunk.length()));
    int begin = Math.max(0, joined.length() - TAIL);
    tail = Buffer.buffer().appendBuffer(joined.slice(begin, joined.length()));
  }

  @Override
  public void end(Fields trailers) {
    atEnd.accept(sent());
    next.end(trailers);
  }

  @Override
  public void failed(UpstreamException cause) {
    atEnd.accept(sent());
    next.failed(cause);
  }
}
