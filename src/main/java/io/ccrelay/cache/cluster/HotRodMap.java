package io.ccrelay.cache.cluster;

import io.ccrelay.cache.Bytes;
import io.ccrelay.cache.CacheOptions;
import io.ccrelay.cache.ClusterAddress;
import io.ccrelay.cache.Key;
import io.ccrelay.cache.StoreUnavailableException;
import io.ccrelay.cache.StoreUnavailableException.Reason;
import io.ccrelay.cache.cluster.group.MemberTls;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.infinispan.client.hotrod.Flag;
import org.infinispan.client.hotrod.MetadataValue;
import org.infinispan.client.hotrod.RemoteCache;
import org.infinispan.client.hotrod.RemoteCacheManager;
import org.infinispan.client.hotrod.configuration.ClientIntelligence;
import org.infinispan.client.hotrod.configuration.Configuration;
import org.infinispan.client.hotrod.configuration.ConfigurationBuilder;
import org.infinispan.client.hotrod.exceptions.HotRodClientException;
import org.infinispan.commons.marshall.IdentityMarshaller;
import org.jspecify.annotations.Nullable;

/**
 * The map of a cluster that this process uses without being a member: Hot Rod, the protocol of
 * Infinispan, to relays or to Infinispan servers. Nothing works until {@link #connect} succeeded
 * once; afterwards the library reconnects by itself.
 */
final class HotRodMap implements SharedMap {

  private static final int ATTEMPTS = 2;

  private static final Key EMPTY = Key.of("cc-relay/the empty key");

  /** No key of an answer: those have 32 bytes. */
  private static final Key SCOPE_SECRET = Key.of("cc-relay/scope-secret");

  private final RemoteCacheManager manager;
  private final String name;
  private final InstantSource clock;
  private final Object connecting = new Object();
  private volatile @Nullable RemoteCache<byte[], byte[]> cache;
  private volatile @Nullable RemoteCache<byte[], byte[]> counters;
  private volatile @Nullable Changes changes;
  private volatile Bytes proposal = ScopeSecrets.random();

  HotRodMap(CacheOptions options, Optional<MemberTls> guard, InstantSource clock) {
    this.name = options.cluster().dmapName();
    this.clock = clock;
    this.manager = new RemoteCacheManager(configuration(options, guard), false);
  }

  private static Configuration configuration(CacheOptions options, Optional<MemberTls> guard) {
    int millis = (int) Math.max(500, options.deadline().toMillis());
    var builder = new ConfigurationBuilder();
    for (String entry : options.cluster().addresses()) {
      var address = ClusterAddress.parse(entry);
      builder.addServer().host(address.host()).port(address.clientPort());
    }
    builder
        .clientIntelligence(ClientIntelligence.BASIC)
        .marshaller(IdentityMarshaller.INSTANCE)
        .socketTimeout(millis)
        .connectionTimeout(millis)
        .tcpKeepAlive(true)
        .maxRetries(ATTEMPTS);
    builder.statistics().disable();
    guard.ifPresent(tls ->
        builder.security().ssl().enable().sslContext(tls.context()).hostnameValidation(false));
    return builder.build();
  }

  /**
   * Reaches the cluster for the first time. Blocks; safe to be called again.
   *
   * @throws IllegalStateException if the cluster has no such map, saying so
   */
  void connect() {
    synchronized (connecting) {
      if (cache != null) {
        return;
      }
      manager.start();
      RemoteCache<byte[], byte[]> found = find();
      listen(found);
      RemoteCache<byte[], byte[]> apart = manager.getCache(ClusterCounters.MAP);
      counters = apart == null ? found : apart;
      cache = found;
    }
  }

  private RemoteCache<byte[], byte[]> find() {
    RemoteCache<byte[], byte[]> found = null;
    try {
      found = manager.getCache(name);
    } catch (HotRodClientException refused) {
      // A relay offers one map and refuses others; only the name of the class tells.
      if (!String.valueOf(refused.getMessage()).contains("CacheUnavailable")) {
        throw refused;
      }
    }
    if (found == null) {
      throw new IllegalStateException(
          "the cluster has no map %s: cache.olric.dmap_name differs, or the Infinispan server"
                  .formatted(name)
              + " lacks a cache of that name with media type application/octet-stream");
    }
    return found;
  }

  private void listen(RemoteCache<byte[], byte[]> found) {
    Changes told = changes;
    if (told != null) {
      found.addClientListener(new RemoteChanges(told));
    }
  }

  /**
   * Where limits are counted: the map that members have for it, or on servers that have none the
   * map of answers. {@code null} before {@link #connect}.
   */
  @Nullable RemoteCache<byte[], byte[]> counters() {
    return counters;
  }

  boolean isConnected() {
    return cache != null;
  }

  /** The protocol has no empty key. */
  private static byte[] bytes(Key key) {
    return (key.bytes().isEmpty() ? EMPTY : key).bytes().toArray();
  }

  @Override
  public CompletionStage<Optional<Held>> get(Key key) {
    RemoteCache<byte[], byte[]> remote = cache;
    return remote == null
        ? unreachable()
        : remote.getWithMetadataAsync(bytes(key)).thenApply(this::held);
  }

  private Optional<Held> held(@Nullable MetadataValue<byte[]> found) {
    if (found == null) {
      return Optional.empty();
    }
    Duration remaining =
        found.getLifespan() < 0
            ? FOREVER
            : Duration.ofMillis(found.getCreated() + found.getLifespan() * 1000L - clock.millis());
    byte[] value = found.getValue();
    return Optional.of(new Held(value == null ? Bytes.empty() : Bytes.owned(value), remaining));
  }

  @Override
  public CompletionStage<Void> put(Key key, Bytes value, Duration ttl) {
    RemoteCache<byte[], byte[]> remote = cache;
    long lifespan = ttl.equals(FOREVER) ? -1 : ttl.toMillis();
    return remote == null
        ? unreachable()
        : remote
            .putAsync(bytes(key), value.toArray(), lifespan, TimeUnit.MILLISECONDS)
            .thenAccept(_ -> {});
  }

  @Override
  public CompletionStage<Void> remove(Key key) {
    RemoteCache<byte[], byte[]> remote = cache;
    return remote == null ? unreachable() : remote.removeAsync(bytes(key)).thenAccept(_ -> {});
  }

  @Override
  public CompletionStage<Void> ping() {
    RemoteCache<byte[], byte[]> remote = cache;
    return remote == null
        ? unreachable()
        : remote.containsKeyAsync(new byte[] {0}).thenAccept(_ -> {});
  }

  /**
   * The key under which credentials enter cache keys: the first that was proposed, kept in the map
   * itself, and proposed anew should it be gone.
   */
  CompletionStage<Bytes> scopeSecret() {
    RemoteCache<byte[], byte[]> remote = cache;
    if (remote == null) {
      return unreachable();
    }
    return remote
        .withFlags(Flag.FORCE_RETURN_VALUE)
        .putIfAbsentAsync(SCOPE_SECRET.bytes().toArray(), proposal.toArray())
        .thenApply(this::agreed);
  }

  private Bytes agreed(byte @Nullable [] first) {
    if (first != null) {
      proposal = Bytes.owned(first);
    }
    return proposal;
  }

  /** Counts all keys of the cluster. The memory they take is known to its members only. */
  @Override
  public Extent extent() {
    RemoteCache<byte[], byte[]> remote = cache;
    return remote == null ? new Extent(0, 0, 0) : new Extent(remote.size(), 0, 0);
  }

  /** To be called before {@link #connect}. */
  @Override
  public void follow(Changes told) {
    changes = told;
  }

  @Override
  public void close() {
    manager.stop();
  }

  private static <T> CompletionStage<T> unreachable() {
    return CompletableFuture.failedFuture(
        new StoreUnavailableException(Reason.NETWORK, "the cluster was not reached yet"));
  }

  @Override
  public String toString() {
    return Objects.toString(name);
  }
}
