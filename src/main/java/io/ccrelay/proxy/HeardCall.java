package io.ccrelay.proxy;

import io.ccrelay.http.Fields;
import io.ccrelay.upstream.KeyPool.Choice;
import io.ccrelay.upstream.Upstream;
import io.vertx.core.Future;
import java.time.InstantSource;
import java.util.function.Consumer;

/**
 * An exchange whose key's pool hears of the answer, before anybody else does.
 *
 * @param call the exchange itself
 */
record HeardCall(Upstream.Call call, Choice.Chosen key, InstantSource clock)
    implements Upstream.Call {

  @Override
  public Upstream.Call onEarlyHints(Consumer<Fields> hints) {
    var _ = call.onEarlyHints(hints);
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
