package io.ccrelay.proxy.api;

import io.ccrelay.cache.Bytes;
import io.ccrelay.cache.Entry;
import io.ccrelay.cache.Key;
import io.ccrelay.cache.PurgeLedger;
import io.ccrelay.cache.PurgeSelector;
import io.ccrelay.cache.Usage;
import io.ccrelay.http.Fields;
import io.ccrelay.http.SurrogateTags;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What a purge goes by. Immutable.
 *
 * @param askedAt when the origin was asked for what is stored; of several responses, the last time
 * @param tags those that all of them have
 * @param path of the target
 */
record HeldFacts(Instant askedAt, List<String> tags, String path) {

  static HeldFacts of(Held held, String path) {
    return new HeldFacts(
        held.variant().response().requestTime(),
        SurrogateTags.of(held.variant().response().fields()),
        path);
  }

  /** What holds for all of {@code held}: by these facts they are purged together or not at all. */
  static HeldFacts of(List<Held> held, String path) {
    return held.stream()
        .map(one -> of(one, path))
        .reduce(HeldFacts::common)
        .orElseGet(() -> new HeldFacts(Instant.MIN, List.of(), path));
  }

  private HeldFacts common(HeldFacts other) {
    return new HeldFacts(
        askedAt.isAfter(other.askedAt) ? askedAt : other.askedAt,
        tags.stream().filter(other.tags::contains).toList(),
        path);
  }

  /** Whether it was purged from under {@code key}. */
  boolean isPurged(PurgeLedger purges, Key key) {
    return purges.covers(key, askedAt, tags, Map.of(PurgeSelector.PATH, path));
  }

  /**
   * An entry of {@code body} about which this is known.
   *
   * @param more further attributes
   */
  Entry entry(Instant now, Duration retention, Map<String, String> more, Bytes body) {
    var about = new HashMap<>(more);
    about.put(PurgeSelector.PATH, path);
    return new Entry(
        200,
        Entry.Form.OPAQUE,
        now,
        retention,
        Duration.ZERO,
        Fields.none(),
        tags,
        about,
        Usage.NONE,
        body,
        askedAt);
  }
}
