package io.ccrelay.proxy.api;

import io.ccrelay.http.Fields;
import io.ccrelay.upstream.Upstream;
import java.util.Optional;

/** An answer with other field lines. Confined to one context. */
record MarkedAnswer(Upstream.Answer answer, Fields fields) implements Upstream.Answer {

  @Override
  public int status() {
    return answer.status();
  }

  @Override
  public boolean closeDelimited() {
    return answer.closeDelimited();
  }

  @Override
  public Optional<Long> length() {
    return answer.length();
  }

  @Override
  public void start(Upstream.Sink sink) {
    answer.start(sink);
  }

  @Override
  public void pause() {
    answer.pause();
  }

  @Override
  public void resume() {
    answer.resume();
  }

  @Override
  public void cancel() {
    answer.cancel();
  }
}
