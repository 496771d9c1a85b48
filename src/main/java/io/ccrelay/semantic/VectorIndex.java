package io.ccrelay.semantic;

import io.ccrelay.cache.Key;
import java.time.Instant;
import java.util.List;

/**
 * Finds the questions nearest to another in one partition. Only a hint: whether an entry is still
 * there its store says. Bounded in memory; safe for use from any thread; look-ups take time and
 * belong on a worker.
 */
public interface VectorIndex {

  /**
   * A question whose answer is stored.
   *
   * @param entry where the answer is
   * @param text the question
   * @param scope who may see it, for the cap of entries each
   * @param until when the answer will be gone
   */
  record Item(Key entry, String text, String scope, Instant until) {}

  /**
   * A question found.
   *
   * @param similarity cosine, from -1 to 1
   */
  record Neighbour(Item item, double similarity) {}

  /** What became of adding. */
  enum Added {
    /** It can be found from now on. */
    ADDED,
    /** Its vector has other dimensions than the partition. */
    WRONG_DIMENSIONS,
    /** Its scope holds as many items as one scope may. */
    SCOPE_FULL,
    /** The partition holds as many items as can be searched in time. */
    PARTITION_FULL
  }

  /**
   * Makes {@code item} found; replaces an item of the same entry. Beyond the bound of the whole
   * index the oldest item goes.
   */
  Added add(Key partition, Embedding embedding, Item item, Instant now);

  /** The nearest items, best first: at most {@code count}, none below {@code least}. */
  List<Neighbour> nearest(Key partition, Embedding embedding, int count, double least, Instant now);

  /** Whether there is an item of {@code entry}. */
  boolean holds(Key entry);

  /** Forgets the item of {@code entry}. */
  void remove(Key entry);

  /** Forgets everything. */
  void clear();

  /** Items held. */
  int size();

  /** Memory held by vectors and texts, in bytes. */
  long bytes();
}
