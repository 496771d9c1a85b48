package io.ccrelay.proxy;

import io.ccrelay.http.Fields;
import io.ccrelay.upstream.Upstream;
import io.ccrelay.upstream.UpstreamException;
import io.vertx.core.buffer.Buffer;
import java.util.function.Consumer;

/** Takes content that nobody wants, so that its exchange ends. */
public record Discard(Consumer<UpstreamException> failure) implements Upstream.Sink {

  @Override
  public void chunk(Buffer chunk) {}

  @Override
  public void end(Fields trailers) {}

  @Override
  public void failed(UpstreamException cause) {
    failure.accept(cause);
  }
}
