package io.ccrelay.cache.bus;

import io.ccrelay.cache.Bytes;
import io.ccrelay.cache.Cache;
import io.ccrelay.cache.Entry;
import io.ccrelay.cache.EntryFormat;
import io.ccrelay.cache.Key;
import io.ccrelay.cache.Lookup;
import io.ccrelay.cache.Stats;
import io.ccrelay.cache.Store;
import io.ccrelay.cache.StoreUnavailableException;
import io.ccrelay.cache.StoreUnavailableException.Reason;
import io.vertx.core.Context;
import io.vertx.core.Future;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The cache as the relay sees it: what the store fails at is a miss and a count. Confined to the
 * context it was made for. A store that fails repeatedly is left alone, see {@link Bypass}.
 */
public final class CacheClient implements Cache {

  private final Store store;
  private final Consumer<Reason> failures;
  private final Bypass bypass;

  /**
   * A client of {@code store}, whose operations end within a deadline.
   *
   * @param failures told of every operation that the cache did not answer
   */
  CacheClient(Store store, Context context, Consumer<Reason> failures) {
    this.store = store;
    this.failures = failures;
    this.bypass = new Bypass(context, store::ping);
  }

  @Override
  public Future<Lookup> lookup(Key key) {
    if (bypass.isOn()) {
      return Future.succeededFuture(new Lookup.Unavailable(bypassed()));
    }
    return store.get(key).transform(this::found);
  }

  private Future<Lookup> found(Optional<Bytes> value, @Nullable Throwable failure) {
    if (failure != null) {
      return Future.succeededFuture(new Lookup.Unavailable(failed(failure)));
    }
    bypass.answered();
    return Future.succeededFuture(value.isEmpty() ? Lookup.MISS : read(value.get()));
  }

  private Lookup read(Bytes value) {
    Optional<Entry> entry = EntryFormat.decode(value);
    if (entry.isEmpty()) {
      failures.accept(Reason.SERIALIZATION);
      return Lookup.MISS;
    }
    return new Lookup.Hit(entry.get());
  }

  @Override
  public Future<Boolean> keep(Key key, Entry entry) {
    if (!entry.retention().isPositive()) {
      return Future.succeededFuture(false);
    }
    return ask(() -> store.set(key, EntryFormat.encode(entry), entry.retention()));
  }

  @Override
  public Future<Boolean> remove(Key key) {
    return ask(() -> store.delete(key));
  }

  @Override
  public Future<Stats> stats() {
    if (bypass.isOn()) {
      bypassed();
      return Future.succeededFuture(Stats.ZERO);
    }
    return store.stats().otherwise(
        failure -> {
          failed(failure);
          return Stats.ZERO;
        });
  }

  @Override
  public Future<Boolean> ping() {
    return ask(store::ping);
  }

  /** Whether the store did what {@code operation} asks. */
  private Future<Boolean> ask(Supplier<Future<Void>> operation) {
    if (bypass.isOn()) {
      bypassed();
      return Future.succeededFuture(false);
    }
    return operation.get().transform((_, failure) -> Future.succeededFuture(answered(failure)));
  }

  private boolean answered(@Nullable Throwable failure) {
    if (failure != null) {
      failed(failure);
      return false;
    }
    bypass.answered();
    return true;
  }

  private Reason bypassed() {
    failures.accept(Reason.BYPASSED);
    return Reason.BYPASSED;
  }

  private Reason failed(Throwable failure) {
    Reason reason =
        failure instanceof StoreUnavailableException unavailable
            ? unavailable.reason()
            : Reason.OTHER;
    bypass.failed(reason);
    failures.accept(reason);
    return reason;
  }
}
