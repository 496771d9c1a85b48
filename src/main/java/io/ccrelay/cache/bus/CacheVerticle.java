package io.ccrelay.cache.bus;

import io.ccrelay.cache.Store;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.MessageConsumer;

/**
 * Answers the calls of one event loop from a store that instances on other loops may share.
 * Confined to its context. It consumes locally only: a clustered consumer would be sent the
 * look-ups of other nodes, and a dead node would cost its share of them. A second instance on the
 * same loop stays idle.
 */
public final class CacheVerticle extends VerticleBase {

  private final Store store;
  private final LoopAddresses addresses;

  CacheVerticle(Store store, LoopAddresses addresses) {
    this.store = store;
    this.addresses = addresses;
  }

  @Override
  public Future<?> start() {
    return addresses
        .claim(context)
        .map(address -> vertx.eventBus().localConsumer(address, this::serve))
        .map(MessageConsumer::completion)
        .orElseGet(Future::succeededFuture);
  }

  private void serve(Message<CacheCall<?>> message) {
    message.body().answerFrom(store);
  }
}
