package io.ccrelay.proxy.policy;

import io.ccrelay.http.Fields;
import io.ccrelay.policy.run.Response;
import io.ccrelay.upstream.Upstream;
import io.ccrelay.upstream.UpstreamException;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A backend's answer whose content is still on its way; what was received of it already comes
 * first. Confined to one context.
 */
final class LiveAnswer implements Response.Live, Upstream.Source, Upstream.Sink {

  private final Upstream.Answer answer;
  private final List<Buffer> received = new ArrayList<>();
  private Optional<Upstream.Sink> sink = Optional.empty();
  private boolean started;
  private Runnable atEnd = () -> {};

  LiveAnswer(Upstream.Answer answer) {
    this.answer = answer;
  }

  /** An answer of which {@code prefix} arrived, and which delivers here already. */
  LiveAnswer(Upstream.Answer answer, List<Buffer> prefix) {
    this(answer);
    received.addAll(prefix);
    started = true;
  }

  @Override
  public Optional<Long> length() {
    return answer.length();
  }

  @Override
  public void start(Upstream.Sink receiver) {
    sink = Optional.of(receiver);
    received.forEach(receiver::chunk);
    received.clear();
    if (started) {
      atEnd.run();
      answer.resume();
    } else {
      answer.start(receiver);
    }
  }

  @Override
  public void chunk(Buffer chunk) {
    if (sink.isPresent()) {
      sink.get().chunk(chunk);
    } else {
      received.add(chunk);
    }
  }

  @Override
  public void end(Fields trailers) {
    tell(receiver -> receiver.end(trailers));
  }

  @Override
  public void failed(UpstreamException cause) {
    tell(receiver -> receiver.failed(cause));
  }

  private void tell(Consumer<Upstream.Sink> news) {
    if (sink.isPresent()) {
      news.accept(sink.get());
    } else {
      atEnd = () -> sink.ifPresent(news);
    }
  }

  @Override
  public void pause() {
    answer.pause();
  }

  @Override
  public void resume() {
    answer.resume();
  }

  void cancel() {
    answer.cancel();
  }
}
