package io.ccrelay.cache.cluster;

import io.ccrelay.cache.CacheOptions;
import io.ccrelay.cache.cluster.group.Pace;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.infinispan.commons.dataconversion.MediaType;
import org.infinispan.configuration.cache.CacheMode;
import org.infinispan.configuration.cache.Configuration;
import org.infinispan.configuration.cache.ConfigurationBuilder;
import org.infinispan.conflict.EntryMergePolicy;
import org.infinispan.conflict.MergePolicy;
import org.infinispan.eviction.EvictionStrategy;
import org.infinispan.partitionhandling.PartitionHandling;
import org.jgroups.View;
import org.jspecify.annotations.Nullable;

/**
 * The maps of a node. All go on working on both sides of a split. When the sides meet again, {@link
 * Reunion} decides about answers; what nodes say about themselves is united.
 */
final class GridConfiguration {

  private static final int SEGMENTS = 256;
  private static final Duration LOCK = Duration.ofMillis(300);

  /** Counters that one node holds, about 200 MB at worst; the least used are forgotten first. */
  private static final int MOST_COUNTERS = 500_000;

  /** For what no request waits for: nodes that start are slow. */
  private static final Duration PATIENT = Duration.ofSeconds(10);

  private final Pace pace;
  private final Supplier<@Nullable View> view;

  GridConfiguration(Pace pace, Supplier<@Nullable View> view) {
    this.pace = pace;
    this.view = view;
  }

  /** The map of answers: {@code replica_count} owners, bounded by bytes. */
  Configuration answers(CacheOptions options) {
    var builder = clustered(CacheMode.DIST_SYNC, new Reunion(view), pace.answer(), LOCK);
    builder.clustering().hash().numOwners(options.cluster().replicaCount()).numSegments(SEGMENTS);
    builder.encoding().mediaType(MediaType.APPLICATION_OCTET_STREAM);
    builder
        .memory()
        .maxSize(Long.toString(options.node().maxBytes()))
        .whenFull(EvictionStrategy.REMOVE);
    builder.expiration().wakeUpInterval(10, TimeUnit.SECONDS);
    return builder.build();
  }

  /** Counters of limits: owners like those of answers, bounded by number. */
  Configuration counters(CacheOptions options) {
    var builder =
        clustered(CacheMode.DIST_SYNC, MergePolicy.PREFERRED_NON_NULL, pace.answer(), LOCK);
    builder.clustering().hash().numOwners(options.cluster().replicaCount()).numSegments(SEGMENTS);
    builder.encoding().mediaType(MediaType.APPLICATION_OCTET_STREAM);
    builder.memory().maxCount(MOST_COUNTERS).whenFull(EvictionStrategy.REMOVE);
    builder.expiration().wakeUpInterval(10, TimeUnit.SECONDS);
    return builder.build();
  }

  /** A small map of which every node has all, merged by {@code policy} after a split. */
  Configuration everywhere(EntryMergePolicy<?, ?> policy) {
    return clustered(CacheMode.REPL_SYNC, policy, PATIENT, PATIENT).build();
  }

  /** What was purged: small, on every node, never given up. */
  Configuration purges() {
    var builder = clustered(CacheMode.REPL_SYNC, new PurgeUnion(), pace.answer(), LOCK);
    builder.encoding().mediaType(MediaType.APPLICATION_OCTET_STREAM);
    return builder.build();
  }

  /** The template of the maps that the event bus makes for others. */
  Configuration distributed() {
    return clustered(CacheMode.DIST_SYNC, MergePolicy.PREFERRED_NON_NULL, PATIENT, PATIENT).build();
  }

  private static ConfigurationBuilder clustered(
      CacheMode mode, EntryMergePolicy<?, ?> policy, Duration answer, Duration lock) {
    var builder = new ConfigurationBuilder();
    var clustering = builder.clustering().cacheMode(mode);
    clustering.remoteTimeout(answer.toMillis(), TimeUnit.MILLISECONDS);
    clustering.stateTransfer().awaitInitialTransfer(false).timeout(30, TimeUnit.SECONDS);
    clustering
        .partitionHandling()
        .whenSplit(PartitionHandling.ALLOW_READ_WRITES)
        .mergePolicy(policy);
    builder.locking().lockAcquisitionTimeout(lock.toMillis(), TimeUnit.MILLISECONDS);
    builder.statistics().disable();
    return builder;
  }
}
