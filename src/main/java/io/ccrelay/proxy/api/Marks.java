package io.ccrelay.proxy.api;

import io.ccrelay.cache.Bytes;
import io.ccrelay.cache.Cache;
import io.ccrelay.cache.Entry;
import io.ccrelay.cache.Key;
import io.ccrelay.cache.Lookup;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * What invalidations leave behind, in the store that all nodes share. A mark outlives the exchanges
 * then in flight: what was asked for before it is not stored after it (RFC 9111 section 4.4).
 * Confined to one context.
 */
record Marks(Cache cache, InstantSource clock) {

  /** How long an invalidation is remembered; exchanges that take longer are not protected. */
  static final Duration LIFE = Duration.ofHours(1);

  /** The target {@code key} is invalidated now. */
  Future<Boolean> set(Key key) {
    Instant now = clock.instant();
    var facts = new HeldFacts(now, List.of(), "");
    return cache.keep(markOf(key), facts.entry(now, LIFE, Map.of(), Bytes.empty()));
  }

  /** Whether the target {@code key} was invalidated at {@code since} or later. */
  Future<Boolean> isSet(Key key, Instant since) {
    return cache
        .lookup(markOf(key))
        .map(found -> found instanceof Lookup.Hit(Entry mark) && !mark.storedAt().isBefore(since));
  }

  private static Key markOf(Key key) {
    return extended(key, new byte[] {0});
  }

  /** A key beside {@code key}. */
  static Key extended(Key key, byte[] suffix) {
    byte[] prefix = key.bytes().toArray();
    byte[] all = Arrays.copyOf(prefix, prefix.length + suffix.length);
    System.arraycopy(suffix, 0, all, prefix.length, suffix.length);
    return Key.ofDigest(all);
  }
}
