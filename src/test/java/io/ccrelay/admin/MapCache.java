package io.ccrelay.admin;

import io.ccrelay.cache.Bytes;
import io.ccrelay.cache.Cache;
import io.ccrelay.cache.Entry;
import io.ccrelay.cache.EntryFormat;
import io.ccrelay.cache.Key;
import io.ccrelay.cache.Lookup;
import io.ccrelay.cache.Stats;
import io.ccrelay.cache.StoreUnavailableException.Reason;
import io.vertx.core.Future;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** A cache of entries set by a test, which can be made to stop answering. */
final class MapCache implements Cache {

  final Map<Key, Entry> entries = new ConcurrentHashMap<>();
  volatile boolean answers = true;

  /** The entries as a store holds them, as they are when one begins to look. */
  Iterable<Map.Entry<Key, Bytes>> held() {
    return () ->
        entries.entrySet().stream()
            .map(one -> Map.entry(one.getKey(), EntryFormat.encode(one.getValue())))
            .iterator();
  }

  @Override
  public Future<Lookup> lookup(Key key) {
    if (!answers) {
      return Future.succeededFuture(new Lookup.Unavailable(Reason.DEADLINE));
    }
    Entry entry = entries.get(key);
    return Future.succeededFuture(entry == null ? Lookup.MISS : new Lookup.Hit(entry));
  }

  @Override
  public Future<Boolean> keep(Key key, Entry entry) {
    entries.put(key, entry);
    return Future.succeededFuture(true);
  }

  @Override
  public Future<Boolean> remove(Key key) {
    entries.remove(key);
    return Future.succeededFuture(answers);
  }

  @Override
  public Future<Stats> stats() {
    return Future.succeededFuture(new Stats(3, 1, entries.size(), 4096, 7));
  }

  @Override
  public Future<Boolean> ping() {
    return Future.succeededFuture(answers);
  }
}
