package io.ccrelay.proxy;

import io.ccrelay.upstream.KeyPool.Choice;
import io.ccrelay.upstream.Upstream;
import io.vertx.core.Future;
import java.time.InstantSource;

/**
 * An exchange whose key's pool hears of the answer, before anybody else does.
 *
 * @param call the exchange itself
 */
record HeardCall(Upstream.Call call, Choice.Chosen key, InstantSource clock)
    implements Upstream.Call {

  @Override
  public Upstream.Call onInterim(Upstream.Interim receiver) {
    var _ = call.onInterim(receiver);
    return this;
  }

  @Override
  public Future<Upstream.Answer> send() {
    return call.send()
        .onSuccess(answer -> key.heard(answer.status(), answer.fields(), clock.instant()));
  }

  @Override
  public void cancel() {
    call.cancel();
  }
}
