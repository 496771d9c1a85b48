package io.ccrelay.cache.cluster;

import io.ccrelay.cache.Bytes;
import io.ccrelay.cache.Counters;
import io.ccrelay.cache.Key;
import io.ccrelay.cache.StoreUnavailableException;
import io.ccrelay.cache.StoreUnavailableException.Reason;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import org.infinispan.client.hotrod.Flag;
import org.infinispan.client.hotrod.MetadataValue;
import org.infinispan.client.hotrod.RemoteCache;
import org.jspecify.annotations.Nullable;

/**
 * The counters of a cluster that this process uses without being a member: the same as those of its
 * members. A state is replaced if its version still is the one that was read, which the server
 * compares and swaps. Safe for use from any context: answers arrive on the one that asked, none
 * later than the deadline.
 */
final class RemoteCounters implements Counters {

  /** States whose versions are remembered between a read and the swap that follows. */
  private static final int REMEMBERED = 10_000;

  private final Vertx vertx;
  private final Supplier<@Nullable RemoteCache<byte[], byte[]>> map;
  private final long deadlineMillis;
  private final Map<Key, Seen> seen = Collections.synchronizedMap(new Recent());

  /** A state and the version that belongs to it and to no other. */
  private record Seen(Bytes state, long version) {}

  /**
   * @param map where counters are; {@code null} while the cluster was not reached
   */
  RemoteCounters(
      Vertx vertx, Supplier<@Nullable RemoteCache<byte[], byte[]>> map, Duration deadline) {
    this.vertx = vertx;
    this.map = map;
    this.deadlineMillis = Math.max(1, deadline.toMillis());
  }

  @Override
  public Future<Optional<Bytes>> read(Key key) {
    return answer(remote -> look(remote, key).thenApply(found -> found.map(Seen::state)));
  }

  private CompletionStage<Optional<Seen>> look(RemoteCache<byte[], byte[]> remote, Key key) {
    return remote.getWithMetadataAsync(bytes(key)).thenApply(found -> remembered(key, found));
  }

  private Optional<Seen> remembered(Key key, @Nullable MetadataValue<byte[]> found) {
    if (found == null) {
      seen.remove(key);
      return Optional.empty();
    }
    byte[] value = found.getValue();
    var now = new Seen(value == null ? Bytes.empty() : Bytes.owned(value), found.getVersion());
    seen.put(key, now);
    return Optional.of(now);
  }

  @Override
  public Future<Boolean> replace(Key key, Optional<Bytes> expected, Bytes next, Duration ttl) {
    long lifespan = ttl.isZero() ? -1 : Math.max(1, ttl.toMillis());
    return answer(remote ->
        expected.isEmpty()
            ? begin(remote, key, next, lifespan)
            : known(remote, key, expected.get())
                .thenCompose(before ->
                    before.isEmpty()
                        ? CompletableFuture.completedFuture(false)
                        : remote.replaceWithVersionAsync(
                            bytes(key),
                            next.toArray(),
                            before.get().version(),
                            lifespan,
                            TimeUnit.MILLISECONDS,
                            -1,
                            TimeUnit.MILLISECONDS)));
  }

  private static CompletionStage<Boolean> begin(
      RemoteCache<byte[], byte[]> remote, Key key, Bytes next, long lifespan) {
    return remote
        .withFlags(Flag.FORCE_RETURN_VALUE)
        .putIfAbsentAsync(bytes(key), next.toArray(), lifespan, TimeUnit.MILLISECONDS)
        .thenApply(before -> before == null);
  }

  /** What was seen of {@code key}, if that is what the caller goes by. */
  private CompletionStage<Optional<Seen>> known(
      RemoteCache<byte[], byte[]> remote, Key key, Bytes expected) {
    Seen last = seen.get(key);
    return last != null && last.state().equals(expected)
        ? CompletableFuture.completedFuture(Optional.of(last))
        : look(remote, key)
            .thenApply(found -> found.filter(state -> state.state().equals(expected)));
  }

  private static byte[] bytes(Key key) {
    return key.bytes().toArray();
  }

  private <T> Future<T> answer(
      Function<RemoteCache<byte[], byte[]>, CompletionStage<T>> operation) {
    RemoteCache<byte[], byte[]> remote = map.get();
    if (remote == null) {
      return Future.failedFuture(
          new StoreUnavailableException(Reason.NETWORK, "the cluster was not reached yet"));
    }
    return Future.<Void>succeededFuture()
        .compose(_ ->
            Future.fromCompletionStage(operation.apply(remote), vertx.getOrCreateContext())
                .timeout(deadlineMillis, TimeUnit.MILLISECONDS))
        .recover(failure -> Future.failedFuture(Failures.of(failure)));
  }

  /** The states used last. */
  private static final class Recent extends LinkedHashMap<Key, Seen> {
    private static final long serialVersionUID = 1;

    Recent() {
      super(16, 0.75f, true);
    }

    @Override
    protected boolean removeEldestEntry(Map.Entry<Key, Seen> eldest) {
      return size() > REMEMBERED;
    }
  }
}
