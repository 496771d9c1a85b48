package io.ccrelay.llm;

import io.ccrelay.cache.CacheOutcome;
import io.ccrelay.cache.Key;
import java.util.List;
import java.util.Optional;

/**
 * How a request would be answered now, and why.
 *
 * @param outcome how
 * @param reason our own reason, empty where the outcome says all
 * @param key where its answer is or would be stored, absent if it has no key
 * @param ignored the parts of the request that do not count, as JSON pointers
 * @param nearest the stored answer to the request that is most like it, for a miss
 * @param similar the stored answer to the question that is most similar, for a miss
 */
public record Explanation(
    CacheOutcome outcome,
    String reason,
    Optional<Key> key,
    List<String> ignored,
    Optional<Nearest> nearest,
    Optional<Similar> similar) {

  /** Makes the list immutable. */
  public Explanation {
    ignored = List.copyOf(ignored);
  }

  /** The same without a similar question. */
  public Explanation(
      CacheOutcome outcome,
      String reason,
      Optional<Key> key,
      List<String> ignored,
      Optional<Nearest> nearest) {
    this(outcome, reason, key, ignored, nearest, Optional.empty());
  }

  /** The same of a miss for which a similar question is looked for: if it fits, it answers. */
  public Explanation with(Optional<Similar> question) {
    boolean serves = question.filter(it -> it.against().isEmpty()).isPresent();
    return new Explanation(
        serves ? CacheOutcome.SEMANTIC : outcome, reason, key, ignored, nearest, question);
  }

  /**
   * The entry of a similar question.
   *
   * @param key its key
   * @param similarity cosine, from -1 to 1
   * @param against what speaks against serving it, as tokens; empty if nothing does
   */
  public record Similar(Key key, double similarity, List<String> against) {

    /** Makes the list immutable. */
    public Similar {
      against = List.copyOf(against);
    }
  }

  /**
   * The entry of a similar request.
   *
   * @param key its key
   * @param differences the parts that differ, in the order of the request explained
   */
  public record Nearest(Key key, List<String> differences) {

    /** Makes the list immutable. */
    public Nearest {
      differences = List.copyOf(differences);
    }
  }

  /** Of a request that never asks the cache. */
  public static Explanation never(String reason) {
    return new Explanation(
        CacheOutcome.BYPASS, reason, Optional.empty(), List.of(), Optional.empty());
  }
}
