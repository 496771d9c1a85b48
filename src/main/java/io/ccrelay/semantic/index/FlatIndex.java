package io.ccrelay.semantic.index;

import io.ccrelay.cache.Key;
import io.ccrelay.semantic.Embedding;
import io.ccrelay.semantic.VectorIndex;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Exact search, one {@link Shelf} for each partition. Safe for use from any thread: look-ups lock
 * their partition, changes lock the account of all items for a moment.
 */
public final class FlatIndex implements VectorIndex {

  /** How often at most everything is looked through for what has expired. */
  private static final Duration BETWEEN_SWEEPS = Duration.ofSeconds(10);

  /** Objects around a vector: item, key, slot and its places in the maps. */
  private static final int OVERHEAD = 320;

  /**
   * Bounds.
   *
   * @param items most items in all
   * @param perPartition most items one look-up has to compare
   * @param perScope most items of one scope
   */
  public record Bounds(int items, int perPartition, int perScope) {}

  private record Held(Key partition, Shelf shelf, Item item) {}

  private final Bounds bounds;
  private final Map<Key, Shelf> shelves = new ConcurrentHashMap<>();
  private final Map<Key, Held> held = new LinkedHashMap<>();
  private final Map<String, Integer> scopes = new HashMap<>();
  private Instant swept = Instant.MIN;
  private long bytes;

  /** An empty index within {@code bounds}. */
  public FlatIndex(Bounds bounds) {
    this.bounds = bounds;
  }

  @Override
  public synchronized Added add(Key partition, Embedding embedding, Item item, Instant now) {
    remove(item.entry());
    sweepIfDue(now);
    Shelf shelf = shelves.get(partition);
    if (shelf != null && shelf.dimensions() != embedding.dimensions()) {
      return Added.WRONG_DIMENSIONS;
    }
    if (shelf != null && shelf.size() >= bounds.perPartition()) {
      return Added.PARTITION_FULL;
    }
    if (scopes.getOrDefault(item.scope(), 0) >= bounds.perScope()) {
      return Added.SCOPE_FULL;
    }
    if (held.size() >= bounds.items()) {
      remove(held.keySet().iterator().next());
      shelf = shelves.get(partition);
    }
    if (shelf == null) {
      shelf = new Shelf(embedding.dimensions());
      shelves.put(partition, shelf);
    }
    shelf.add(embedding, item);
    held.put(item.entry(), new Held(partition, shelf, item));
    scopes.merge(item.scope(), 1, Integer::sum);
    bytes += weight(shelf, item);
    return Added.ADDED;
  }

  @Override
  public List<Neighbour> nearest(
      Key partition, Embedding embedding, int count, double least, Instant now) {
    Shelf shelf = shelves.get(partition);
    return shelf == null || shelf.dimensions() != embedding.dimensions()
        ? List.of()
        : shelf.nearest(embedding, count, least, now);
  }

  /** Items that look-ups were compared with so far, in the partitions there are. */
  long compared() {
    return shelves.values().stream().mapToLong(Shelf::compared).sum();
  }

  @Override
  public synchronized boolean holds(Key entry) {
    return held.containsKey(entry);
  }

  @Override
  public synchronized void remove(Key entry) {
    Held gone = held.remove(entry);
    if (gone != null) {
      gone.shelf().remove(gone.item());
      if (gone.shelf().size() == 0) {
        shelves.remove(gone.partition());
      }
      scopes.computeIfPresent(gone.item().scope(), (_, count) -> count == 1 ? null : count - 1);
      bytes -= weight(gone.shelf(), gone.item());
    }
  }

  @Override
  public synchronized void clear() {
    List.copyOf(held.keySet()).forEach(this::remove);
  }

  @Override
  public synchronized int size() {
    return held.size();
  }

  @Override
  public synchronized long bytes() {
    return bytes;
  }

  private void sweepIfDue(Instant now) {
    if (swept.equals(Instant.MIN) || now.isAfter(swept.plus(BETWEEN_SWEEPS))) {
      swept = now;
      held.values().stream()
          .filter(each -> !each.item().until().isAfter(now))
          .map(each -> each.item().entry())
          .toList()
          .forEach(this::remove);
    }
  }

  private static long weight(Shelf shelf, Item item) {
    return 2L * shelf.dimensions() + 2L * item.text().length() + OVERHEAD;
  }
}
