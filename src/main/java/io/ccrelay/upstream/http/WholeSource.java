package io.ccrelay.upstream.http;

import io.ccrelay.http.Fields;
import io.ccrelay.upstream.Upstream;
import io.vertx.core.buffer.Buffer;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Large content that is at hand, delivered in slices: only what the connection takes is copied out
 * of the heap. Confined to one context.
 */
final class WholeSource implements Upstream.Source {

  /** Content up to this size is better written at once. */
  static final int SLICE = 64 << 10;

  private final Buffer content;
  private int delivered;
  private boolean paused;
  private boolean delivering;
  private Upstream.@Nullable Sink sink;

  WholeSource(Buffer content) {
    this.content = content;
  }

  @Override
  public Optional<Long> length() {
    return Optional.of((long) content.length());
  }

  @Override
  public void start(Upstream.Sink receiver) {
    sink = receiver;
    deliver();
  }

  @Override
  public void pause() {
    paused = true;
  }

  @Override
  public void resume() {
    paused = false;
    deliver();
  }

  /** A loop, not a recursion, though a receiver may resume while it is given a slice. */
  private void deliver() {
    if (delivering || sink == null) {
      return;
    }
    delivering = true;
    while (!paused && delivered < content.length()) {
      int from = delivered;
      delivered = Math.min(content.length(), from + SLICE);
      sink.chunk(content.slice(from, delivered));
    }
    delivering = false;
    if (!paused && delivered == content.length()) {
      delivered++;
      sink.end(Fields.none());
    }
  }
}
