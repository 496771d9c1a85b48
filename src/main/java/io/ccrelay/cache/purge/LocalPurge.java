package io.ccrelay.cache.purge;

import io.ccrelay.cache.Key;
import io.ccrelay.cache.PurgeLedger;
import io.ccrelay.cache.PurgeRecord;
import io.ccrelay.cache.PurgeSelector;
import io.ccrelay.cache.Store;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a purge means in one process. Safe for use from any context. */
public final class LocalPurge {

  /** How long one waits for the walk over the store; it goes on behind. */
  public static final Duration PATIENCE = Duration.ofSeconds(3);

  private static final Logger LOG = LoggerFactory.getLogger(LocalPurge.class);

  /** Entries removed at a time. */
  private static final int BATCH = 256;

  private final Vertx vertx;
  private final PurgeBook book;
  private final Store store;

  /**
   * Purges of {@code store}.
   *
   * @param book heeded by all who read the store in this process
   */
  public LocalPurge(Vertx vertx, PurgeBook book, Store store) {
    this.vertx = vertx;
    this.book = book;
    this.store = store;
  }

  /** The purges known in this process. */
  public PurgeBook book() {
    return book;
  }

  /** Heeds {@code record} from now on and frees memory behind. Never fails. */
  public Future<Swept> apply(PurgeRecord record) {
    PurgeLedger before = book.get();
    book.learn(PurgeLedger.EMPTY.with(record));
    var tally = new Tally();
    return record.selector().kind() == PurgeSelector.Kind.KEY
        ? settled(removeOne(record.selector(), tally), tally)
        : settled(removeAll(new Sweep(store, before, record, tally), tally), tally);
  }

  /** Counts what {@link #apply} would free. Never fails. */
  public Future<Swept> count(PurgeRecord record) {
    var tally = new Tally();
    if (record.selector().kind() == PurgeSelector.Kind.KEY) {
      return settled(findOne(record.selector(), tally).mapEmpty(), tally);
    }
    var sweep = new Sweep(store, book.get(), record, tally);
    return settled(
        vertx
            .executeBlocking(
                () -> {
                  sweep.count();
                  return tally;
                },
                false)
            .mapEmpty(),
        tally);
  }

  private Future<Boolean> findOne(PurgeSelector selector, Tally tally) {
    return store
        .exists(Key.ofHex(selector.value()))
        .onSuccess(exists -> {
          if (exists) {
            tally.matched();
          }
        });
  }

  private Future<Void> removeOne(PurgeSelector selector, Tally tally) {
    return findOne(selector, tally)
        .compose(_ -> store.delete(Key.ofHex(selector.value())))
        .onSuccess(_ -> tally.removed(1));
  }

  private Future<Void> removeAll(Sweep sweep, Tally tally) {
    return vertx
        .executeBlocking(sweep::find, false)
        .compose(keys -> remove(Objects.requireNonNull(keys), tally));
  }

  private Future<Void> remove(List<Key> keys, Tally tally) {
    if (keys.isEmpty()) {
      return Future.succeededFuture();
    }
    List<Key> batch = keys.subList(0, Math.min(BATCH, keys.size()));
    return Future.join(batch.stream().map(store::delete).toList())
        .onSuccess(_ -> tally.removed(batch.size()))
        .compose(_ -> nextTurn())
        .compose(_ -> remove(keys.subList(batch.size(), keys.size()), tally));
  }

  /** Lets others have their turn between two batches, and the stack unwind. */
  private Future<Void> nextTurn() {
    var context = vertx.getOrCreateContext();
    return Future.future(turn -> context.runOnContext(_ -> turn.complete()));
  }

  private static Future<Swept> settled(Future<Void> work, Tally tally) {
    return work.timeout(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
        .map(_ -> tally.swept(true))
        .recover(failure -> {
          LOG.warn("memory of purged entries is not all free yet: {}", failure.getMessage());
          return Future.succeededFuture(tally.swept(false));
        });
  }
}
