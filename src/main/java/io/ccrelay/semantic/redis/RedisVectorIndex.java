package io.ccrelay.semantic.redis;

import io.ccrelay.cache.Key;
import io.ccrelay.cache.store.RedisCommands;
import io.ccrelay.semantic.Embedding;
import io.ccrelay.semantic.VectorIndex;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.redis.client.Response;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Questions in vector sets of a Redis server, shared by all who use it under the same prefix. Safe
 * for use from any thread; {@link #add}, {@link #nearest} and {@link #holds} wait for the server
 * and belong on workers, the others do not wait.
 *
 * <p>Bounds hold as far as those who add at the same time know of each other. Look-ups are those of
 * the server's graph: in large partitions a near question may be missed, never a wrong one found. A
 * server that does not answer is a {@link io.ccrelay.cache.StoreUnavailableException}.
 */
public final class RedisVectorIndex implements VectorIndex {

  /** Expired questions dropped at once from a partition that is full. */
  private static final int SWEPT = 100;

  /**
   * Bounds.
   *
   * @param items most questions in all
   * @param perPartition most questions of a partition
   * @param perScope most questions of one scope
   */
  public record Bounds(int items, int perPartition, int perScope) {}

  private final RedisCommands redis;
  private final Bounds bounds;
  private final Ledger ledger;

  /** An index within {@code bounds} on the server of {@code redis}. */
  public RedisVectorIndex(RedisCommands redis, Bounds bounds) {
    this.redis = redis;
    this.bounds = bounds;
    this.ledger = new Ledger(redis);
  }

  /** Whether the server has vector sets. Waits for it. */
  public boolean isOffered() {
    Response told = Waiting.on(redis.send("COMMAND", "INFO", "VADD"));
    return told != null && told.size() > 0 && told.get(0) != null;
  }

  private String set(String partition) {
    return redis.key("questions:" + partition);
  }

  @Override
  public Added add(Key partition, Embedding embedding, Item item, Instant now) {
    Waiting.forEnd(forget(item.entry()));
    String set = set(partition.hex());
    Optional<Added> refused = refused(set, embedding, item, now);
    if (refused.isPresent()) {
      return refused.get();
    }
    String entry = item.entry().hex();
    Waiting.forEnd(
        redis.send(
            "VADD",
            set,
            "FP32",
            Vectors.bytes(embedding),
            entry,
            "NOQUANT",
            "SETATTR",
            notes(item)));
    Waiting.forEnd(ledger.keepFor(set, item.until(), now));
    Waiting.forEnd(ledger.enter(partition.hex(), item, now));
    ledger.beyond(bounds.items(), now).ifPresent(oldest -> Waiting.forEnd(forget(oldest)));
    return Added.ADDED;
  }

  private static String notes(Item item) {
    return new JsonObject()
        .put("until", item.until().toEpochMilli())
        .put("scope", item.scope())
        .put("text", item.text())
        .encode();
  }

  private Optional<Added> refused(String set, Embedding embedding, Item item, Instant now) {
    Response known = Waiting.on(redis.send("VINFO", set));
    if (known != null && Vectors.number(known, "vector-dim") != embedding.dimensions()) {
      return Optional.of(Added.WRONG_DIMENSIONS);
    }
    if (known != null && Vectors.number(known, "size") >= bounds.perPartition()) {
      sweep(set, embedding, now);
      if (RedisNumbers.of(Waiting.on(redis.send("VCARD", set))) >= bounds.perPartition()) {
        return Optional.of(Added.PARTITION_FULL);
      }
    }
    return ledger.ofScope(item.scope(), now) >= bounds.perScope()
        ? Optional.of(Added.SCOPE_FULL)
        : Optional.empty();
  }

  private void sweep(String set, Embedding near, Instant now) {
    String expired = ".until <= " + now.toEpochMilli();
    for (Vectors.Scored gone : similar(set, near, SWEPT, expired)) {
      Waiting.forEnd(redis.send("VREM", set, gone.entry()));
    }
  }

  private List<Vectors.Scored> similar(String set, Embedding to, int count, String filter) {
    return Vectors.scored(
        Waiting.on(
            redis.send(
                "VSIM",
                set,
                "FP32",
                Vectors.bytes(to),
                "WITHSCORES",
                "COUNT",
                count,
                "FILTER",
                filter)));
  }

  @Override
  public List<Neighbour> nearest(
      Key partition, Embedding embedding, int count, double least, Instant now) {
    String set = set(partition.hex());
    Response known = Waiting.on(redis.send("VINFO", set));
    if (known == null || Vectors.number(known, "vector-dim") != embedding.dimensions()) {
      return List.of();
    }
    var near = new ArrayList<Neighbour>();
    for (var found : similar(set, embedding, count, ".until > " + now.toEpochMilli())) {
      if (found.cosine() >= least) {
        item(set, found.entry()).ifPresent(it -> near.add(new Neighbour(it, found.cosine())));
      }
    }
    near.sort(Comparator.comparingDouble(Neighbour::similarity).reversed());
    return List.copyOf(near);
  }

  private Optional<Item> item(String set, String entry) {
    Response notes = Waiting.on(redis.send("VGETATTR", set, entry));
    return notes == null ? Optional.empty() : read(entry, notes.toString());
  }

  /** Whoever shares the server may have written anything. */
  private static Optional<Item> read(String entry, String notes) {
    try {
      var json = new JsonObject(notes);
      return Optional.of(
          new Item(
              Key.ofHex(entry),
              json.getString("text"),
              json.getString("scope"),
              Instant.ofEpochMilli(json.getLong("until"))));
    } catch (RuntimeException foreign) {
      return Optional.empty();
    }
  }

  @Override
  public boolean holds(Key entry) {
    return Waiting.on(ledger.placeOf(entry)).isPresent();
  }

  /** Does not wait for the server. */
  @Override
  public void remove(Key entry) {
    var _ = forget(entry);
  }

  private Future<@Nullable Void> forget(Key entry) {
    return ledger
        .placeOf(entry)
        .compose(place ->
            place.isEmpty()
                ? Future.succeededFuture()
                : redis
                    .send("VREM", set(place.get().partition()), entry.hex())
                    .compose(_ -> ledger.strike(entry, place.get())));
  }

  /** Does not wait for the server. Others who use it add anew what they need. */
  @Override
  public void clear() {
    ledger.all().onSuccess(entries -> entries.forEach(this::remove));
  }

  /** Those of all who share the server, as counted after this was asked last. */
  @Override
  public int size() {
    return ledger.size();
  }

  /** The server's memory is not this process's. */
  @Override
  public long bytes() {
    return 0;
  }
}
