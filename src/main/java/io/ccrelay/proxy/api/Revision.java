package io.ccrelay.proxy.api;

import io.ccrelay.cache.Key;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * One change of what is stored for a target: read, change, write, and look whether it held. In this
 * process changes of a target take {@linkplain Turns turns}. Another process that shares the store
 * may have read before and written after; what is found then is changed again, a few times at most.
 * Confined to one context.
 */
final class Revision {

  /** Writes after which a change is given up to processes that write all the time. */
  private static final int ATTEMPTS = 3;

  private final VariantStore store;
  private final Target target;
  private final Key key;
  private final Instant since;
  private final UnaryOperator<List<Held>> change;
  private int attempts;

  /**
   * A change by an exchange that began at {@code since}.
   *
   * @param change may be applied more than once
   */
  Revision(VariantStore store, Target target, Instant since, UnaryOperator<List<Held>> change) {
    this.store = store;
    this.target = target;
    this.key = target.key();
    this.since = since;
    this.change = change;
  }

  /** Whether the change was made; it is not if the target was invalidated since. */
  Future<Boolean> make() {
    return store
        .isMarked(key, since)
        .compose(marked ->
            marked ? Future.succeededFuture(false) : store.find(key).compose(this::write));
  }

  private Future<Boolean> write(Shelf shelf) {
    attempts++;
    List<Held> old = shelf.held();
    List<Held> next = change.apply(old);
    return store
        .replace(target, old, next)
        .compose(kept -> store.isMarked(key, since).compose(marked -> settle(next, kept, marked)));
  }

  private Future<Boolean> settle(List<Held> next, boolean kept, boolean marked) {
    if (marked) {
      return store.forget(key, next).map(false);
    }
    return kept && attempts < ATTEMPTS
        ? store.find(key).compose(this::check)
        : Future.succeededFuture(kept);
  }

  private Future<Boolean> check(Shelf found) {
    boolean holds = new HashSet<>(change.apply(found.held())).equals(new HashSet<>(found.held()));
    return holds ? Future.succeededFuture(true) : write(found);
  }
}
