package io.ccrelay.cache.purge;

import io.ccrelay.cache.Bytes;
import io.ccrelay.cache.Entry;
import io.ccrelay.cache.EntryFormat;
import io.ccrelay.cache.Key;
import io.ccrelay.cache.PurgeLedger;
import io.ccrelay.cache.PurgeRecord;
import io.ccrelay.cache.Store;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A walk over the entries a process holds, on behalf of one purge. Blocks: for workers. */
final class Sweep {

  private final Store store;
  private final PurgeLedger before;
  private final PurgeLedger purge;
  private final Tally tally;

  /**
   * A walk on behalf of {@code record}.
   *
   * @param before the purges known before
   * @param tally counts what matches
   */
  Sweep(Store store, PurgeLedger before, PurgeRecord record, Tally tally) {
    this.store = store;
    this.before = before;
    this.purge = PurgeLedger.EMPTY.with(record);
    this.tally = tally;
  }

  /** Counts the entries that the purge makes void and no purge before did. */
  void count() {
    for (var held : store.held()) {
      var _ = isVoid(held.getKey(), held.getValue());
    }
  }

  /** Counts the same, and finds the keys of all entries that are void, whichever purge it was. */
  List<Key> find() {
    var all = new ArrayList<Key>();
    for (var held : store.held()) {
      if (isVoid(held.getKey(), held.getValue())) {
        all.add(held.getKey());
      }
    }
    return all;
  }

  private boolean isVoid(Key key, Bytes value) {
    Optional<Entry> entry = EntryFormat.decode(value);
    if (entry.isEmpty()) {
      return false;
    }
    if (before.covers(key, entry.get())) {
      return true;
    }
    boolean matches = purge.covers(key, entry.get());
    if (matches) {
      tally.matched();
    }
    return matches;
  }
}
