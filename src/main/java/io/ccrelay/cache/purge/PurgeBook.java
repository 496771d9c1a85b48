package io.ccrelay.cache.purge;

import io.ccrelay.cache.Bytes;
import io.ccrelay.cache.PurgeFormat;
import io.ccrelay.cache.PurgeLedger;
import io.ccrelay.cache.Store;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The purges known in this process, and their copies in stores. Safe for use from any context.
 *
 * <p>Processes that share the store reconcile with it when they start, after each purge and when
 * their view of one another changes: each writes what the store lacks, so what two of them wrote at
 * the same time is there in the end.
 */
public final class PurgeBook implements Supplier<PurgeLedger> {

  private static final Logger LOG = LoggerFactory.getLogger(PurgeBook.class);

  /** Attempts to have all that is known in the store, while others write too. */
  private static final int ROUNDS = 3;

  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private final AtomicReference<PurgeLedger> known = new AtomicReference<>(PurgeLedger.EMPTY);
  private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
  private final List<Store> stores;

  /**
   * A book without purges.
   *
   * @param store keeps the copy; not closed
   */
  public PurgeBook(Store store) {
    this(List.of(store));
  }

  /** The same with a copy in each of {@code stores}. */
  public PurgeBook(List<Store> stores) {
    this.stores = List.copyOf(stores);
  }

  @Override
  public PurgeLedger get() {
    return known.get();
  }

  /** Calls {@code listener} whenever there is something new, on the context that brought it. */
  public void onNews(Runnable listener) {
    listeners.add(listener);
  }

  /** Adds what {@code other} remembers. */
  public void learn(PurgeLedger other) {
    PurgeLedger before = known.getAndUpdate(ledger -> ledger.merge(other));
    if (!before.equals(known.get())) {
      listeners.forEach(Runnable::run);
    }
  }

  /**
   * Learns what the stores remember and writes there what they lack.
   *
   * @return whether all that is known is in one of them; never a failure
   */
  public Future<Boolean> reconcile() {
    PurgeLedger before = known.get();
    return reconcileEach()
        .compose(kept ->
            stores.size() == 1 || before.equals(known.get())
                ? Future.succeededFuture(kept)
                : reconcileEach());
  }

  private Future<Boolean> reconcileEach() {
    var copies = stores.stream().map(this::reconcile).toList();
    return Future.join(copies)
        .map(_ -> copies.stream().anyMatch(Future::result))
        .onSuccess(kept -> {
          if (!kept) {
            LOG.warn("no store keeps what was purged yet; it is tried again");
          }
        });
  }

  private Future<Boolean> reconcile(Store store) {
    return reconcile(store, ROUNDS)
        .timeout(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
        .recover(failure -> {
          LOG.debug("a store does not keep what was purged: {}", failure.getMessage());
          return Future.succeededFuture(false);
        });
  }

  private Future<Boolean> reconcile(Store store, int rounds) {
    return stored(store)
        .compose(stored -> {
          learn(stored);
          PurgeLedger all = known.get();
          if (all.equals(stored)) {
            return Future.succeededFuture(true);
          }
          return rounds == 0
              ? Future.succeededFuture(false)
              : store
                  .set(PurgeFormat.LEDGER, PurgeFormat.encode(all))
                  .compose(_ -> reconcile(store, rounds - 1));
        });
  }

  /** Asks for what is there only: where nothing was purged, that counts as no look-up. */
  private Future<PurgeLedger> stored(Store store) {
    return store
        .exists(PurgeFormat.LEDGER)
        .compose(exists ->
            exists
                ? store.get(PurgeFormat.LEDGER)
                : Future.succeededFuture(Optional.<Bytes>empty()))
        .map(value -> value.flatMap(this::read).orElse(PurgeLedger.EMPTY));
  }

  private Optional<PurgeLedger> read(Bytes value) {
    Optional<PurgeLedger> ledger = PurgeFormat.decode(value);
    if (ledger.isEmpty()) {
      LOG.warn("the store's list of purges cannot be read; it is written anew");
    }
    return ledger;
  }
}
