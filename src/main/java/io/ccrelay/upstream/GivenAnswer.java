package io.ccrelay.upstream;

import io.ccrelay.http.Fields;
import io.vertx.core.buffer.Buffer;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** An answer that is there already, delivered as if a service sent it. Confined to one context. */
public final class GivenAnswer implements Upstream.Answer {

  private final int status;
  private final Fields fields;
  private final Buffer body;
  private Upstream.@Nullable Sink sink;
  private boolean held;
  private boolean over;

  /** The answer made of these parts; {@code fields} without framing. */
  public GivenAnswer(int status, Fields fields, Buffer body) {
    this.status = status;
    this.fields = fields;
    this.body = body;
  }

  @Override
  public int status() {
    return status;
  }

  @Override
  public Fields fields() {
    return fields;
  }

  @Override
  public boolean closeDelimited() {
    return false;
  }

  @Override
  public Optional<Long> length() {
    return Optional.of((long) body.length());
  }

  @Override
  public void start(Upstream.Sink to) {
    sink = to;
    deliver();
  }

  @Override
  public void pause() {
    held = true;
  }

  @Override
  public void resume() {
    held = false;
    deliver();
  }

  @Override
  public void cancel() {
    over = true;
  }

  private void deliver() {
    Upstream.Sink to = sink;
    if (to != null && !held && !over) {
      over = true;
      to.chunk(body);
      to.end(Fields.none());
    }
  }
}
