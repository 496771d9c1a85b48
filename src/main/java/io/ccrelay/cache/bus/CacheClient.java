package io.ccrelay.cache.bus;

import io.ccrelay.cache.Bytes;
import io.ccrelay.cache.Cache;
import io.ccrelay.cache.Entry;
import io.ccrelay.cache.EntryFormat;
import io.ccrelay.cache.Key;
import io.ccrelay.cache.Lookup;
import io.ccrelay.cache.PurgeLedger;
import io.ccrelay.cache.Stats;
import io.ccrelay.cache.Store;
import io.ccrelay.cache.StoreUnavailableException;
import io.ccrelay.cache.StoreUnavailableException.Reason;
import io.vertx.core.Context;
import io.vertx.core.Future;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The cache as the relay sees it: what the store fails at is a miss and a count. Confined to the
 * context it was made for. A store that fails repeatedly is left alone, see {@link Bypass}.
 */
public final class CacheClient implements Cache {

  private final Store store;
  private final boolean here;
  private final Consumer<Reason> failures;
  private final Bypass bypass;
  private final Supplier<PurgeLedger> purges;
  private final Unreadable unreadable;
  private final DecodedEntries decoded = new DecodedEntries();

  /**
   * A client of {@code store}, whose operations end within a deadline.
   *
   * @param here whether all values are in the memory of this process
   * @param purges the purges known in this process
   * @param unreadable told of values that are no entries
   * @param failures told of every operation that the cache did not answer
   */
  CacheClient(
      Store store,
      boolean here,
      Supplier<PurgeLedger> purges,
      Unreadable unreadable,
      Context context,
      Consumer<Reason> failures) {
    this.store = store;
    this.here = here;
    this.purges = purges;
    this.unreadable = unreadable;
    this.failures = failures;
    this.bypass = new Bypass(context, store::ping);
  }

  @Override
  public Future<Lookup> lookup(Key key) {
    return ask(() -> store.get(key), value -> found(key, value), Lookup.Unavailable::new);
  }

  @Override
  public Future<Boolean> holds(Key key) {
    return ask(() -> store.exists(key), held -> held, _ -> false);
  }

  private Lookup found(Key key, Optional<Bytes> value) {
    Lookup found = value.isEmpty() ? Lookup.MISS : read(value.get());
    if (found instanceof Lookup.Hit(Entry entry) && purges().covers(key, entry)) {
      var _ = remove(key);
      return Lookup.MISS;
    }
    return found;
  }

  private Lookup read(Bytes value) {
    Optional<Lookup> known = decoded.of(value);
    if (known.isPresent()) {
      return known.get();
    }
    Optional<Entry> entry = EntryFormat.decode(value);
    if (entry.isEmpty()) {
      unreadable.seen(value);
      failures.accept(Reason.SERIALIZATION);
      return Lookup.MISS;
    }
    var hit = new Lookup.Hit(entry.get());
    decoded.keep(value, hit);
    return hit;
  }

  /**
   * An entry that is past its retention already is not kept: to a store, zero means for ever. Nor
   * is one whose answer was asked for before a purge that selects it.
   */
  @Override
  public Future<Boolean> keep(Key key, Entry entry) {
    if (!entry.retention().isPositive() || purges().covers(key, entry)) {
      return Future.succeededFuture(false);
    }
    return did(() -> store.set(key, EntryFormat.encode(entry), entry.retention()));
  }

  @Override
  public Future<Boolean> remove(Key key) {
    return did(() -> store.delete(key));
  }

  @Override
  public boolean keepsHere() {
    return here;
  }

  @Override
  public PurgeLedger purges() {
    return Objects.requireNonNull(purges.get());
  }

  @Override
  public Future<Stats> stats() {
    return ask(store::stats, stats -> stats, _ -> Stats.ZERO);
  }

  @Override
  public Future<Boolean> ping() {
    return did(store::ping);
  }

  private Future<Boolean> did(Supplier<Future<Void>> operation) {
    return ask(operation, _ -> true, _ -> false);
  }

  private <T, U> Future<U> ask(
      Supplier<Future<T>> operation,
      Function<T, ? extends U> answered,
      Function<Reason, ? extends U> unavailable) {
    if (bypass.isOn()) {
      failures.accept(Reason.BYPASSED);
      return Future.succeededFuture(unavailable.apply(Reason.BYPASSED));
    }
    return operation
        .get()
        .transform((answer, failure) ->
            Future.succeededFuture(
                failure == null
                    ? succeeded(answered, answer)
                    : unavailable.apply(failed(failure))));
  }

  private <T, U> U succeeded(Function<T, U> answered, T answer) {
    bypass.answered();
    return answered.apply(answer);
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
