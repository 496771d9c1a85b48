package io.ccrelay.proxy.api;

import io.ccrelay.cache.Bytes;
import io.ccrelay.cache.Cache;
import io.ccrelay.cache.Entry;
import io.ccrelay.cache.Key;
import io.ccrelay.cache.Lookup;
import io.ccrelay.cache.PurgeLedger;
import io.ccrelay.cache.PurgeSelector;
import io.ccrelay.http.HttpCacheOptions;
import io.ccrelay.http.Variant;
import io.ccrelay.proxy.ApiOptions.Caching;
import io.vertx.core.Future;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.UnaryOperator;

/**
 * The stored responses of one API. Under the key of a target lies one entry with the heads of all
 * its variants; content lies beside them if it is small, else under a key of its own. So a change
 * of fields never touches content, and a plan needs one look-up. Confined to one context.
 *
 * <p>An invalidation leaves one of the {@link Marks} before the entry goes, and they are read both
 * before and after an entry is written, so whichever comes first, the old content does not stay. A
 * purge is heeded for each response: what was asked for before it is not found.
 */
final class VariantStore {

  /** Largest content kept beside the heads. */
  static final int INLINE_BYTES = 4096;

  /** Most variants whose content is kept beside the heads. */
  static final int INLINE_VARIANTS = 4;

  private static final String REVISION = "revision";
  private static final String API = "api";
  private static final Future<Optional<Held>> NOWHERE = Future.succeededFuture(Optional.empty());

  private final String api;
  private final Cache cache;
  private final Turns turns;
  private final Executor context;
  private final InstantSource clock;
  private final HttpCacheOptions rules;
  private final Joining joining;
  private final Marks marks;
  private final HeldMemo memo = new HeldMemo();
  private final SecureRandom random = new SecureRandom();

  /**
   * The responses of {@code api}.
   *
   * @param turns shared by all who write to the same cache in this process
   * @param context runs tasks on the context this is confined to
   */
  VariantStore(
      String api,
      Cache cache,
      Turns turns,
      Executor context,
      InstantSource clock,
      Caching caching) {
    this.api = api;
    this.cache = cache;
    this.turns = turns;
    this.context = context;
    this.clock = clock;
    this.rules = caching.rules();
    this.marks = new Marks(cache, clock);
    this.joining = new Joining(this::content, rules, caching.maxEntryBytes());
  }

  /** Everything stored for the target {@code key}, the newest first. */
  Future<Shelf> find(Key key) {
    return cache
        .lookup(key)
        .map(found -> found instanceof Lookup.Hit(Entry entry) ? living(key, entry) : Shelf.EMPTY);
  }

  private Shelf living(Key key, Entry entry) {
    Shelf shelf = read(key, entry);
    PurgeLedger purges = cache.purges();
    if (purges.isEmpty()) {
      return shelf;
    }
    String path = entry.attributes().getOrDefault(PurgeSelector.PATH, "");
    var living =
        shelf.held().stream()
            .filter(one -> !HeldFacts.of(one, path).isPurged(purges, key))
            .toList();
    return living.size() == shelf.held().size() ? shelf : Shelf.of(living);
  }

  private Shelf read(Key key, Entry entry) {
    String revision = entry.attributes().getOrDefault(REVISION, "");
    return memo.get(
        key, revision, entry.body().size(), () -> Shelf.of(HeldFormat.row(entry.body(), rules)));
  }

  /** The content of {@code held}; empty if it is there no more. */
  Future<Optional<Bytes>> content(Held held) {
    return switch (held.content()) {
      case Held.Content.Inline(Bytes bytes) -> Future.succeededFuture(Optional.of(bytes));
      case Held.Content.Apart(Key key) ->
          cache
              .lookup(key)
              .map(found ->
                  found instanceof Lookup.Hit(Entry entry)
                          && entry.body().size() == held.variant().response().length()
                      ? Optional.of(entry.body())
                      : Optional.empty());
    };
  }

  /**
   * Stores a complete response unless the target was invalidated at {@code since} or later.
   *
   * @return whether it is stored
   */
  Future<Boolean> keep(Target target, Variant variant, Bytes content, Instant since) {
    Key key = target.key();
    return isMarked(key, since)
        .compose(marked ->
            marked
                ? NOWHERE
                : find(key)
                    .compose(shelf ->
                        joining
                            .with(shelf, new Recording.Complete(variant, content))
                            .compose(all -> place(target, all, shelf.held().size()))))
        .compose(place ->
            place.isEmpty()
                ? Future.succeededFuture(false)
                : revise(target, since, held -> HeldSet.with(held, place.get(), now(), rules)));
  }

  /** Small content beside the head, other content under a key of its own; empty if it failed. */
  private Future<Optional<Held>> place(Target target, Recording.Complete all, int others) {
    if (all.content().size() <= INLINE_BYTES && others < INLINE_VARIANTS) {
      return Future.succeededFuture(
          Optional.of(new Held(all.variant(), new Held.Content.Inline(all.content()))));
    }
    Key apart = contentKey(target.key());
    var held = new Held(all.variant(), new Held.Content.Apart(apart));
    Duration retention = HeldSet.retention(all.variant(), now(), rules);
    return cache
        .keep(
            apart,
            HeldFacts.of(List.of(held), target.path())
                .entry(now(), retention, Map.of(), all.content()))
        .map(kept -> Optional.of(held).filter(_ -> kept));
  }

  /**
   * Changes what is stored for a target by an exchange that began at {@code since}.
   *
   * @param change may be applied more than once
   * @return whether it is made
   */
  Future<Boolean> revise(Target target, Instant since, UnaryOperator<List<Held>> change) {
    return turns.take(
        target.key(), context, () -> new Revision(this, target, since, change).make());
  }

  /** Writes {@code next} in place of {@code old}. */
  Future<Boolean> replace(Target target, List<Held> old, List<Held> next) {
    Key key = target.key();
    if (next.isEmpty()) {
      return forget(key, old);
    }
    Duration longest =
        next.stream()
            .map(held -> HeldSet.retention(held.variant(), now(), rules))
            .max(Duration::compareTo)
            .orElse(Duration.ZERO);
    var about = Map.of(REVISION, HexFormat.of().toHexDigits(random.nextLong()), API, api);
    return cache
        .keep(
            key,
            HeldFacts.of(next, target.path()).entry(now(), longest, about, HeldFormat.row(next)))
        .onSuccess(kept -> drop(old, next));
  }

  /** Drops all variants of {@code key}, and what is under way to it. */
  Future<Boolean> invalidate(Key key) {
    return marks
        .set(key)
        .compose(marked ->
            turns.take(key, context, () -> find(key).compose(shelf -> forget(key, shelf.held()))));
  }

  private void drop(List<Held> old, List<Held> next) {
    for (Key lost : HeldSet.lost(old, next)) {
      var _ = cache.remove(lost);
    }
  }

  /** Removes {@code held}, all that is stored for the target. */
  Future<Boolean> forget(Key key, List<Held> held) {
    drop(held, List.of());
    return cache.remove(key);
  }

  /** Whether the target was invalidated at {@code since} or later. */
  Future<Boolean> isMarked(Key key, Instant since) {
    return marks.isSet(key, since);
  }

  private Instant now() {
    return clock.instant();
  }

  private Key contentKey(Key key) {
    var suffix = new byte[16];
    random.nextBytes(suffix);
    return Marks.extended(key, suffix);
  }
}
