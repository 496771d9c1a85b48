package io.ccrelay.semantic;

import io.ccrelay.cache.Key;
import java.time.Instant;
import java.util.List;

/** Counts the searches of another index. */
final class CountedIndex implements VectorIndex {

  private final VectorIndex index;
  private long searches;

  CountedIndex(VectorIndex index) {
    this.index = index;
  }

  long searches() {
    return searches;
  }

  @Override
  public Added add(Key partition, Embedding embedding, Item item, Instant now) {
    return index.add(partition, embedding, item, now);
  }

  @Override
  public List<Neighbour> nearest(
      Key partition, Embedding embedding, int count, double least, Instant now) {
    searches++;
    return index.nearest(partition, embedding, count, least, now);
  }

  @Override
  public boolean holds(Key entry) {
    return index.holds(entry);
  }

  @Override
  public void remove(Key entry) {
    index.remove(entry);
  }

  @Override
  public void clear() {
    index.clear();
  }

  @Override
  public int size() {
    return index.size();
  }

  @Override
  public long bytes() {
    return index.bytes();
  }
}
