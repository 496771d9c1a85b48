package io.ccrelay.cache.cluster;

import io.ccrelay.cache.Bytes;
import io.ccrelay.cache.Counters;
import io.ccrelay.cache.Key;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.infinispan.AdvancedCache;
import org.infinispan.container.versioning.NumericVersion;
import org.infinispan.metadata.EmbeddedMetadata;
import org.infinispan.metadata.Metadata;

/**
 * Counters that all members of a cluster share, in a map of their own: the first owner of a counter
 * compares and swaps, the other owners have what it swapped before anyone hears of it. While
 * members do not reach each other each side counts for itself; afterwards the count of the larger
 * side stands. Safe for use from any context: answers arrive on the one that asked, none later than
 * the deadline.
 */
final class ClusterCounters implements Counters {

  /** The name of the map. */
  static final String MAP = "io.ccrelay.counters";

  private final Vertx vertx;
  private final AdvancedCache<byte[], byte[]> map;
  private final long deadlineMillis;

  ClusterCounters(Vertx vertx, AdvancedCache<byte[], byte[]> map, Duration deadline) {
    this.vertx = vertx;
    this.map = map;
    this.deadlineMillis = Math.max(1, deadline.toMillis());
  }

  @Override
  public Future<Optional<Bytes>> read(Key key) {
    return answer(() ->
        map.getAsync(bytes(key)).thenApply(state -> Optional.ofNullable(state).map(Bytes::owned)));
  }

  @Override
  public Future<Boolean> replace(Key key, Optional<Bytes> expected, Bytes next, Duration ttl) {
    var state = next.toArray();
    Metadata terms = terms(ttl);
    return answer(() ->
        expected.isPresent()
            ? map.replaceAsync(bytes(key), expected.get().toArray(), state, terms)
            : map.putIfAbsentAsync(bytes(key), state, terms).thenApply(before -> before == null));
  }

  /** Clients swap by the version of what they read, so every state has one of its own. */
  private static Metadata terms(Duration ttl) {
    return new EmbeddedMetadata.Builder()
        .lifespan(ttl.isZero() ? -1 : Math.max(1, ttl.toMillis()), TimeUnit.MILLISECONDS)
        .version(new NumericVersion(ThreadLocalRandom.current().nextLong()))
        .build();
  }

  private static byte[] bytes(Key key) {
    return key.bytes().toArray();
  }

  /** A map that was stopped throws instead of failing. */
  private <T> Future<T> answer(Supplier<CompletionStage<T>> operation) {
    return Future.<Void>succeededFuture()
        .compose(_ ->
            Future.fromCompletionStage(operation.get(), vertx.getOrCreateContext())
                .timeout(deadlineMillis, TimeUnit.MILLISECONDS))
        .recover(failure -> Future.failedFuture(Failures.of(failure)));
  }
}
