package io.ccrelay.semantic.redis;

import io.ccrelay.cache.Key;
import io.ccrelay.semantic.Embedding;
import io.ccrelay.semantic.VectorIndex;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The index of a server if the server turns out to have vector sets, else one in this process.
 * Which it is shows at the first use that reaches the server; until then nothing is found. Safe for
 * use from any thread, as the index of the server is.
 */
public final class ChosenIndex implements VectorIndex {

  private static final Logger LOG = LoggerFactory.getLogger(ChosenIndex.class);

  private final RedisVectorIndex shared;
  private final VectorIndex own;
  private volatile @Nullable VectorIndex chosen;

  /** {@code shared} if its server offers it, else {@code own}. */
  public ChosenIndex(RedisVectorIndex shared, VectorIndex own) {
    this.shared = shared;
    this.own = own;
  }

  private VectorIndex index() {
    VectorIndex known = chosen;
    if (known == null) {
      boolean offered = shared.isOffered();
      known = offered ? shared : own;
      chosen = known;
      LOG.info(
          "questions are searched {}", offered ? "by redis" : "here: redis has no vector sets");
    }
    return known;
  }

  /** What was chosen; this process's own before that. */
  private VectorIndex soFar() {
    VectorIndex known = chosen;
    return known == null ? own : known;
  }

  @Override
  public Added add(Key partition, Embedding embedding, Item item, Instant now) {
    return index().add(partition, embedding, item, now);
  }

  @Override
  public List<Neighbour> nearest(
      Key partition, Embedding embedding, int count, double least, Instant now) {
    return index().nearest(partition, embedding, count, least, now);
  }

  @Override
  public boolean holds(Key entry) {
    return index().holds(entry);
  }

  @Override
  public void remove(Key entry) {
    soFar().remove(entry);
  }

  @Override
  public void clear() {
    soFar().clear();
  }

  @Override
  public int size() {
    return soFar().size();
  }

  @Override
  public long bytes() {
    return soFar().bytes();
  }
}
