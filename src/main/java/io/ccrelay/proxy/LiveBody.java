package io.ccrelay.proxy;

import io.ccrelay.llm.Dialect;
import io.ccrelay.llm.ErrorAnswer;
import io.ccrelay.llm.sse.Ping;
import io.ccrelay.upstream.UpstreamException;
import io.vertx.core.buffer.Buffer;
import java.util.Optional;

/**
 * A body passed on as it comes; a stream of events gets pings in long silences and an error event
 * when it breaks off. Confined to one context.
 */
final class LiveBody {

  private final ClientStream stream;
  private final Dialect dialect;
  private final boolean events;
  private final Optional<Pinger> pinger;
  private boolean begun;
  private int lastBytes;

  /** A body for the client of {@code reply}; {@code events} if it is a stream of events. */
  LiveBody(LlmReply reply, ClientStream stream, boolean events) {
    this.stream = stream;
    this.dialect = reply.dialect();
    this.events = events;
    this.pinger =
        events
            ? Optional.of(new Pinger(reply.vertx(), reply.silence(), this::ping))
            : Optional.empty();
  }

  void chunk(Buffer chunk) {
    begun = true;
    for (int i = Math.max(0, chunk.length() - 4); i < chunk.length(); i++) {
      lastBytes = lastBytes << 8 | (chunk.getByte(i) & 0xff);
    }
    pinger.ifPresent(Pinger::spoke);
    stream.write(chunk);
  }

  /** Whether the last byte ended an event, so that something may stand before the next. */
  private boolean atBoundary() {
    return !begun || (lastBytes & 0xffff) == 0x0a0a || lastBytes == 0x0d0a0d0a;
  }

  void end() {
    stop();
    stream.end();
  }

  /** Tells the client by an error event where one can stand, then breaks off: never a clean end. */
  void breakOff(UpstreamException cause) {
    stop();
    if (events && atBoundary()) {
      stream.write(
          Buffers.view(
              ErrorAnswer.event(dialect, cause.kind().status(), LlmReply.describe(cause))));
    }
    stream.abort();
  }

  boolean behind() {
    return stream.behind();
  }

  void stop() {
    pinger.ifPresent(Pinger::stop);
  }

  private void ping() {
    if (atBoundary() && !stream.behind()) {
      stream.write(Buffers.view(Ping.of(dialect, begun)));
    }
  }
}
