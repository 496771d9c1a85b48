package io.ccrelay.cache.store;

import io.ccrelay.cache.Bytes;
import io.ccrelay.cache.Key;
import io.ccrelay.cache.RedisOptions;
import io.ccrelay.cache.Stats;
import io.ccrelay.cache.Store;
import io.ccrelay.cache.StoreClosedException;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Values in a Redis-compatible server: one, one that sentinels watch, or a cluster. Safe for use
 * from any context. Every operation ends within the deadline of its options, see {@link RedisLink}.
 *
 * <p>Expiry and eviction are the server's. A batch is sent command by command, so that it works in
 * a cluster too; of a batch that fails some values may have been stored.
 */
public final class RedisStore implements Store {

  private static final Logger LOG = LoggerFactory.getLogger(RedisStore.class);

  /** Longer times to live overflow in the server. */
  private static final Duration LONGEST = Duration.ofDays(100 * 365);

  private final RedisLink link;
  private final RedisCensus census;
  private final RedisSweep sweep;
  private final byte[] prefix;
  private final AtomicBoolean closed = new AtomicBoolean();
  private final LongAdder hits = new LongAdder();
  private final LongAdder misses = new LongAdder();

  /**
   * A store over the server of {@code options}; connections are made when they are needed.
   *
   * @param nanos monotonic time, nanoseconds
   */
  public RedisStore(Vertx vertx, RedisOptions options, LongSupplier nanos) {
    this.link = new RedisLink(vertx, options, nanos);
    this.prefix = options.prefix().getBytes(StandardCharsets.UTF_8);
    this.census = new RedisCensus(link, options);
    this.sweep = new RedisSweep(vertx, link, options, nanos);
    LOG.info("cache opened: backend=redis {}", options);
  }

  @Override
  public Future<Optional<Bytes>> get(Key key) {
    return ask(command(Command.GET, key)).map(this::counted);
  }

  private Optional<Bytes> counted(@Nullable Response found) {
    (found == null ? misses : hits).increment();
    return Optional.ofNullable(found).map(value -> Bytes.owned(value.toBytes()));
  }

  @Override
  public Future<Void> set(Key key, Bytes value, Duration ttl) {
    return setAll(Map.of(key, value), ttl);
  }

  @Override
  public Future<Map<Key, Bytes>> getAll(Collection<Key> keys) {
    if (closed.get()) {
      return closedFailure();
    }
    List<Key> asked = List.copyOf(keys);
    List<Future<Optional<Bytes>>> answers = asked.stream().map(this::get).toList();
    return Future.join(answers)
        .map(_ -> {
          var found = new HashMap<Key, Bytes>();
          for (int i = 0; i < answers.size(); i++) {
            Key key = asked.get(i);
            answers.get(i).result().ifPresent(value -> found.put(key, value));
          }
          return Map.copyOf(found);
        });
  }

  @Override
  public Future<Void> setAll(Map<Key, Bytes> entries, Duration ttl) {
    if (closed.get()) {
      return closedFailure();
    }
    if (ttl.isNegative()) {
      return TimeToLive.negative(ttl);
    }
    return Future.join(
            entries.entrySet().stream()
                .map(entry -> ask(setting(entry.getKey(), entry.getValue(), ttl)))
                .toList())
        .mapEmpty();
  }

  private Request setting(Key key, Bytes value, Duration ttl) {
    Request set = command(Command.SET, key).arg(buffer(value));
    if (ttl.isZero()) {
      return set;
    }
    Duration bounded = ttl.compareTo(LONGEST) > 0 ? LONGEST : ttl;
    return set.arg("PX").arg(Math.max(1, bounded.toMillis()));
  }

  @Override
  public Future<Void> delete(Key key) {
    return ask(command(Command.DEL, key)).mapEmpty();
  }

  @Override
  public Future<Boolean> exists(Key key) {
    return ask(command(Command.EXISTS, key)).map(found -> RedisCensus.number(found) > 0);
  }

  @Override
  public Future<Stats> stats() {
    return closed.get()
        ? Future.succeededFuture(Stats.ZERO)
        : census
            .take()
            .map(counted ->
                new Stats(
                    hits.sum(), misses.sum(), counted.keys(), counted.bytes(), counted.evicted()));
  }

  /** The way to the server for what is no value of this store. */
  public RedisCommands commands() {
    return new RedisCommands(link, new String(prefix, StandardCharsets.UTF_8));
  }

  /** Removes everything under the prefix: how many values. */
  public Future<Long> clear() {
    return closed.get() ? closedFailure() : sweep.clear();
  }

  /** Counts the values under the prefix, one by one. */
  public Future<Long> count() {
    return closed.get() ? closedFailure() : sweep.count();
  }

  @Override
  public Future<Void> ping() {
    return ask(Request.cmd(Command.PING)).mapEmpty();
  }

  @Override
  public Future<Void> close() {
    if (!closed.compareAndSet(false, true)) {
      return Future.succeededFuture();
    }
    LOG.info("cache closed: backend=redis");
    return link.close();
  }

  private Future<@Nullable Response> ask(Request command) {
    return closed.get() ? Future.failedFuture(new StoreClosedException()) : link.send(command);
  }

  private Request command(Command command, Key key) {
    return Request.cmd(command).arg(Buffer.buffer(prefix).appendBuffer(buffer(key.bytes())));
  }

  private static Buffer buffer(Bytes bytes) {
    return bytes.lend(
        (array, offset, length) -> Buffer.buffer(length).appendBytes(array, offset, length));
  }

  private static <T> Future<T> closedFailure() {
    return Future.failedFuture(new StoreClosedException());
  }
}
