package io.ccrelay.semantic.redis;

import io.ccrelay.cache.Key;
import io.ccrelay.cache.store.RedisCommands;
import io.ccrelay.semantic.VectorIndex.Item;
import io.vertx.core.Future;
import io.vertx.redis.client.Response;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Which questions there are, of whom, until when, and in which partition: sorted sets by the time
 * they end, one of all and one of each scope, and a note for each entry. All of it ends with the
 * questions. Safe for use from any thread.
 */
final class Ledger {

  private final RedisCommands redis;
  private final AtomicBoolean counting = new AtomicBoolean();
  private volatile int size;

  /**
   * Where a question is.
   *
   * @param partition hexadecimal digits
   * @param scope digest of the scope
   */
  record Place(String partition, String scope) {}

  Ledger(RedisCommands redis) {
    this.redis = redis;
  }

  private String everything() {
    return redis.key("questions");
  }

  private String scope(String digest) {
    return redis.key("questions-of:" + digest);
  }

  private String note(Key entry) {
    return redis.key("question-at:" + entry.hex());
  }

  /** Where the question of {@code entry} is. */
  Future<Optional<Place>> placeOf(Key entry) {
    return redis.send("GET", note(entry)).map(Ledger::place);
  }

  private static Optional<Place> place(@Nullable Response note) {
    String[] parts = String.valueOf(note).split(" ", -1);
    return parts.length == 2 ? Optional.of(new Place(parts[0], parts[1])) : Optional.empty();
  }

  /** Questions of {@code scope} that have not ended. */
  long ofScope(String scope, Instant now) {
    return counted(scope(digest(scope)), now);
  }

  private long counted(String key, Instant now) {
    Waiting.forEnd(redis.send("ZREMRANGEBYSCORE", key, "-inf", now.toEpochMilli()));
    return RedisNumbers.of(Waiting.on(redis.send("ZCARD", key)));
  }

  /** Notes {@code item} down. */
  Future<@Nullable Void> enter(String partition, Item item, Instant now) {
    String scope = digest(item.scope());
    String entry = item.entry().hex();
    long until = item.until().toEpochMilli();
    return redis
        .send("ZADD", everything(), until, entry)
        .compose(_ -> keepFor(everything(), item.until(), now))
        .compose(_ -> redis.send("ZADD", scope(scope), until, entry))
        .compose(_ -> keepFor(scope(scope), item.until(), now))
        .compose(_ ->
            redis.send(
                "SET", note(item.entry()), partition + " " + scope, "PX", left(item.until(), now)))
        .mapEmpty();
  }

  /** Keeps {@code key} at least until then, by the caller's clock. */
  Future<@Nullable Void> keepFor(String key, Instant until, Instant now) {
    long millis = left(until, now);
    return redis
        .send("PEXPIRE", key, millis, "NX")
        .compose(_ -> redis.send("PEXPIRE", key, millis, "GT"))
        .mapEmpty();
  }

  private static long left(Instant until, Instant now) {
    return Math.clamp(Duration.between(now, until).toMillis(), 1, TimeUnit.DAYS.toMillis(36_500));
  }

  /** The question that ends first, no longer counted, if there are more than {@code most}. */
  Optional<Key> beyond(int most, Instant now) {
    long all = counted(everything(), now);
    size = clamped(Math.min(all, most));
    if (all <= most) {
      return Optional.empty();
    }
    Response first = Waiting.on(redis.send("ZPOPMIN", everything()));
    return first == null || first.size() == 0
        ? Optional.empty()
        : Optional.of(Key.ofHex(first.get(0).toString()));
  }

  /** Takes the note of {@code entry} back. */
  Future<@Nullable Void> strike(Key entry, Place place) {
    return redis
        .send("ZREM", everything(), entry.hex())
        .compose(_ -> redis.send("ZREM", scope(place.scope()), entry.hex()))
        .compose(_ -> redis.send("DEL", note(entry)))
        .mapEmpty();
  }

  /** All there are. */
  Future<List<Key>> all() {
    return redis
        .send("ZRANGE", everything(), 0, -1)
        .map(found -> {
          var keys = new ArrayList<Key>();
          if (found != null) {
            found.forEach(entry -> keys.add(Key.ofHex(entry.toString())));
          }
          return keys;
        });
  }

  /** How many there were when this was asked before; has them counted anew, and does not wait. */
  int size() {
    if (counting.compareAndSet(false, true)) {
      var _ =
          redis
              .send("ZCARD", everything())
              .onSuccess(counted -> size = clamped(RedisNumbers.of(counted)))
              .onComplete(_ -> counting.set(false));
    }
    return size;
  }

  private static int clamped(long count) {
    return Math.toIntExact(Math.min(count, Integer.MAX_VALUE));
  }

  /** Scopes may be names of people. */
  private static String digest(String scope) {
    try {
      byte[] bytes = scope.getBytes(StandardCharsets.UTF_8);
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes);
      return HexFormat.of().formatHex(digest, 0, 16);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("SHA-256 is part of every Java platform", e);
    }
  }
}
