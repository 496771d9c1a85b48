package io.ccrelay.cache.bus;

import io.ccrelay.cache.Bytes;
import io.ccrelay.cache.Key;
import io.ccrelay.cache.Stats;
import io.ccrelay.cache.Store;
import io.ccrelay.cache.StoreClosedException;
import io.ccrelay.cache.StoreUnavailableException.Reason;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.eventbus.MessageProducer;
import io.vertx.core.internal.ContextInternal;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The store of a {@link CacheVerticle}, asked over the event bus. Safe for use from any context;
 * cheapest from the one it was made for, when a verticle consumes on the same event loop. A call
 * without an answer within the deadline fails with {@link Reason#DEADLINE}, one that no verticle
 * takes with {@link Reason#NETWORK}. Closing ends the use of this view, not the store behind.
 */
public final class BusStore implements Store {

  private static final CacheRequest.Counters COUNTERS = new CacheRequest.Counters();
  private static final CacheRequest.Ping PING = new CacheRequest.Ping();

  private final ContextInternal context;
  private final MessageProducer<CacheCall<?>> bus;
  private final Deadlines deadlines;
  private volatile boolean closed;

  /**
   * A view of the store behind {@code address}.
   *
   * @param context the context that asks most
   * @param deadline longest wait for an answer
   */
  BusStore(ContextInternal context, String address, Duration deadline) {
    this.context = context;
    this.bus = context.owner().eventBus().sender(address, LocalCodec.DELIVERY);
    this.deadlines = new Deadlines(context, deadline);
  }

  @Override
  public Future<Optional<Bytes>> get(Key key) {
    return ask(new CacheRequest.Get(key));
  }

  @Override
  public Future<Void> set(Key key, Bytes value, Duration ttl) {
    return ask(new CacheRequest.Set(key, value, ttl));
  }

  @Override
  public Future<Void> delete(Key key) {
    return ask(new CacheRequest.Delete(key));
  }

  @Override
  public Future<Boolean> exists(Key key) {
    return ask(new CacheRequest.Exists(key));
  }

  @Override
  public Future<Map<Key, Bytes>> getAll(Collection<Key> keys) {
    return ask(new CacheRequest.GetAll(List.copyOf(keys)));
  }

  @Override
  public Future<Void> setAll(Map<Key, Bytes> entries, Duration ttl) {
    return ask(new CacheRequest.SetAll(Map.copyOf(entries), ttl));
  }

  @Override
  public Future<Stats> stats() {
    return closed ? Future.succeededFuture(Stats.ZERO) : ask(COUNTERS);
  }

  @Override
  public Future<Void> ping() {
    return ask(PING);
  }

  @Override
  public Future<Void> close() {
    closed = true;
    return Future.succeededFuture();
  }

  private <T> Future<T> ask(CacheRequest<T> request) {
    if (closed) {
      return Future.failedFuture(new StoreClosedException());
    }
    Promise<T> answer = answerForCaller();
    var call = new CacheCall<>(request, answer);
    if (context.inThread()) {
      send(call);
    } else {
      context.runOnContext(_ -> send(call));
    }
    return answer.future();
  }

  /** A promise that completes on the caller's context, if it has one. */
  private static <T> Promise<T> answerForCaller() {
    var caller = ContextInternal.current();
    return caller == null ? Promise.promise() : caller.promise();
  }

  private void send(CacheCall<?> call) {
    deadlines.watch(call);
    bus.write(call).onFailure(_ -> call.fail(Reason.NETWORK, "no cache verticle is there"));
  }
}
