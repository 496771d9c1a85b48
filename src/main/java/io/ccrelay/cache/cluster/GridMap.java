package io.ccrelay.cache.cluster;

import io.ccrelay.cache.Arrivals;
import io.ccrelay.cache.Bytes;
import io.ccrelay.cache.Key;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.StreamSupport;
import org.infinispan.AdvancedCache;
import org.infinispan.container.entries.CacheEntry;
import org.infinispan.context.Flag;
import org.infinispan.notifications.Listener;
import org.infinispan.notifications.cachelistener.annotation.CacheEntriesEvicted;
import org.infinispan.notifications.cachelistener.annotation.CacheEntryCreated;
import org.infinispan.notifications.cachelistener.annotation.CacheEntryExpired;
import org.infinispan.notifications.cachelistener.annotation.CacheEntryModified;
import org.infinispan.notifications.cachelistener.annotation.CacheEntryRemoved;
import org.infinispan.notifications.cachelistener.event.CacheEntriesEvictedEvent;
import org.infinispan.notifications.cachelistener.event.CacheEntryEvent;

/**
 * The map of a cluster that this process is a member of: DIST_SYNC, a write is acknowledged when
 * every living owner has it.
 */
final class GridMap implements SharedMap {

  private static final Key NOBODY = Key.of("");

  private final AdvancedCache<byte[], byte[]> cache;
  private final AdvancedCache<byte[], byte[]> writes;
  private final InstantSource clock;
  private final Evictions evictions = new Evictions();

  GridMap(AdvancedCache<byte[], byte[]> cache, InstantSource clock) {
    this.cache = cache;
    this.writes = cache.withFlags(Flag.IGNORE_RETURN_VALUES);
    this.clock = clock;
    cache.addListener(evictions);
  }

  @Override
  public CompletionStage<Optional<Held>> get(Key key) {
    return cache.getCacheEntryAsync(key.bytes().toArray()).thenApply(this::held);
  }

  private Optional<Held> held(CacheEntry<byte[], byte[]> entry) {
    if (entry == null || entry.getValue() == null) {
      return Optional.empty();
    }
    Duration remaining =
        entry.getLifespan() < 0
            ? FOREVER
            : Duration.ofMillis(entry.getCreated() + entry.getLifespan() - clock.millis());
    return Optional.of(new Held(Bytes.owned(entry.getValue()), remaining));
  }

  @Override
  public CompletionStage<Void> put(Key key, Bytes value, Duration ttl) {
    long lifespan = ttl.equals(FOREVER) ? -1 : ttl.toMillis();
    return writes
        .putAsync(key.bytes().toArray(), value.toArray(), lifespan, TimeUnit.MILLISECONDS)
        .thenAccept(_ -> {});
  }

  @Override
  public CompletionStage<Void> remove(Key key) {
    return writes.removeAsync(key.bytes().toArray()).thenAccept(_ -> {});
  }

  @Override
  public CompletionStage<Void> ping() {
    return cache.getAsync(NOBODY.bytes().toArray()).thenAccept(_ -> {});
  }

  /** Copies that expired take room until their first owner reaps them; without keys none counts. */
  @Override
  public Extent extent() {
    cache.getExpirationManager().processExpiration();
    var container = cache.getDataContainer();
    long keys = container.size();
    return new Extent(keys, keys == 0 ? 0 : container.evictionSize(), evictions.count.sum());
  }

  @Override
  public Iterable<Map.Entry<Key, Bytes>> owned() {
    var topology = cache.getDistributionManager().getCacheTopology();
    Iterable<? extends CacheEntry<?, ?>> container = cache.getDataContainer();
    return () ->
        StreamSupport.stream(container.spliterator(), false)
            .filter(entry -> entry.getValue() != null)
            .filter(entry -> topology.getDistribution(entry.getKey()).isPrimary())
            .map(entry ->
                Map.entry(
                    Key.ofDigest(HeldBytes.of(entry.getKey())),
                    Bytes.owned(HeldBytes.of(entry.getValue()))))
            .iterator();
  }

  @Override
  public void follow(Changes changes) {
    cache.addListener(new Followed(changes));
  }

  @Override
  public void watch(Arrivals arrivals) {
    cache.addListener(new Watched(arrivals));
  }

  @Override
  public void close() {
    cache.removeListener(evictions);
  }

  /** Told of every change in the cluster, before the writer is answered. */
  @Listener(clustered = true)
  static final class Followed {

    private final Changes changes;

    Followed(Changes changes) {
      this.changes = changes;
    }

    @CacheEntryModified
    @CacheEntryRemoved
    @CacheEntryExpired
    public void changed(CacheEntryEvent<byte[], byte[]> event) {
      if (!event.isPre()) {
        changes.changed(Key.ofDigest(event.getKey()));
      }
    }
  }

  /** Told of every value in the cluster, those already there first, while nobody waits. */
  @Listener(clustered = true, sync = false, includeCurrentState = true)
  static final class Watched {

    private final Arrivals arrivals;

    Watched(Arrivals arrivals) {
      this.arrivals = arrivals;
    }

    @CacheEntryCreated
    @CacheEntryModified
    public void stored(CacheEntryEvent<byte[], byte[]> event) {
      if (!event.isPre() && event.getValue() != null) {
        arrivals.stored(Key.ofDigest(event.getKey()), Bytes.owned(event.getValue()));
      }
    }

    @CacheEntryRemoved
    @CacheEntryExpired
    public void gone(CacheEntryEvent<byte[], byte[]> event) {
      if (!event.isPre()) {
        arrivals.gone(Key.ofDigest(event.getKey()));
      }
    }
  }

  /** Counts what this node gives up for room. */
  @Listener
  static final class Evictions {

    final LongAdder count = new LongAdder();

    @CacheEntriesEvicted
    public void evicted(CacheEntriesEvictedEvent<byte[], byte[]> event) {
      count.add(event.getEntries().size());
    }
  }
}
