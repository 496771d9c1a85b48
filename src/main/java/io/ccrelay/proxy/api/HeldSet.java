package io.ccrelay.proxy.api;

import io.ccrelay.cache.Key;
import io.ccrelay.http.HttpCacheOptions;
import io.ccrelay.http.Variant;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Rules about the variants of one target. Safe for use from any context. */
final class HeldSet {

  /** How long a response that can be validated is kept beyond its freshness. */
  static final Duration VALIDATION = Duration.ofDays(1);

  private HeldSet() {}

  /**
   * {@code held} with {@code added} in front: it takes the place of what the same requests select,
   * and of the oldest where there is no room.
   */
  static List<Held> with(List<Held> held, Held added, Instant now, HttpCacheOptions rules) {
    var next = new ArrayList<Held>(held.size() + 1);
    next.add(added);
    for (Held one : held) {
      boolean alive = retention(one.variant(), now, rules).isPositive();
      if (alive && !isReplaced(one.variant(), added.variant())) {
        next.add(one);
      }
    }
    return List.copyOf(next.subList(0, Math.min(next.size(), rules.maxVariants())));
  }

  /** {@code held} with {@code next} in place of {@code old}. */
  static List<Held> replaced(List<Held> held, Variant old, Variant next) {
    return held.stream()
        .map(one -> one.variant().response().equals(old.response()) ? one.with(next) : one)
        .toList();
  }

  /** {@code held} without {@code unwanted}. */
  static List<Held> without(List<Held> held, Variant unwanted) {
    return held.stream()
        .filter(one -> !one.variant().response().equals(unwanted.response()))
        .toList();
  }

  /** How long from {@code now} on {@code variant} may be of use, stale windows included. */
  static Duration retention(Variant variant, Instant now, HttpCacheOptions rules) {
    var directives = variant.directives();
    Duration beyond = rules.staleIfDisconnected();
    beyond = longer(beyond, directives.staleIfError().orElse(rules.staleIfError()));
    beyond = longer(beyond, directives.staleWhileRevalidate().orElse(rules.staleWhileRevalidate()));
    if (variant.response().hasValidator()) {
      beyond = longer(beyond, VALIDATION);
    }
    return variant.freshness().ttl(now).plus(beyond);
  }

  /** Keys of content that {@code old} refers to and {@code next} does not. */
  static Set<Key> lost(List<Held> old, List<Held> next) {
    var keys = new HashSet<Key>();
    old.forEach(one -> {
      if (one.content() instanceof Held.Content.Apart(Key key)) {
        keys.add(key);
      }
    });
    next.forEach(one -> {
      if (one.content() instanceof Held.Content.Apart(Key key)) {
        keys.remove(key);
      }
    });
    return keys;
  }

  /** A part takes the place of what lies in it; the whole takes the place of every part. */
  private static boolean isReplaced(Variant old, Variant added) {
    var part = added.response().part();
    return old.vary().equals(added.vary())
        && old.selector().equals(added.selector())
        && (part.isEmpty() || old.response().part().filter(part.get()::contains).isPresent());
  }

  private static Duration longer(Duration one, Duration other) {
    return one.compareTo(other) > 0 ? one : other;
  }
}
