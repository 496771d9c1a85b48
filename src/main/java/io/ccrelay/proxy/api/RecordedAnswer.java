package io.ccrelay.proxy.api;

import io.ccrelay.http.Fields;
import io.ccrelay.upstream.Upstream;
import io.ccrelay.upstream.UpstreamException;
import io.ccrelay.upstream.WrappedAnswer;
import io.vertx.core.buffer.Buffer;
import java.util.function.Consumer;

/** An answer that is recorded while it is passed on. Confined to one context. */
record RecordedAnswer(
    Upstream.Answer answer, Recording recording, Consumer<Recording.Complete> keeper)
    implements WrappedAnswer {

  @Override
  public void start(Upstream.Sink sink) {
    answer.start(
        new Upstream.Sink() {
          private boolean recorded = true;

          @Override
          public void chunk(Buffer chunk) {
            recorded = recorded && recording.add(chunk);
            sink.chunk(chunk);
          }

          @Override
          public void end(Fields trailers) {
            if (recorded) {
              recording.complete().ifPresent(keeper);
            }
            sink.end(trailers);
          }

          @Override
          public void failed(UpstreamException cause) {
            sink.failed(cause);
          }
        });
  }
}
