package io.ccrelay.semantic;

import io.ccrelay.cache.Key;
import java.util.Set;

/** Compares two questions word by word. Pure; safe for use from any context. */
@FunctionalInterface
public interface Vetoes {

  /** Questions that may be compared with each other: of one scope, model, system prompt, ... */
  record Partition(Key key) {}

  /**
   * Every reason against serving the answer to {@code stored} to somebody who asks {@code asked};
   * empty if there is none. Never throws, whatever the texts are.
   *
   * @param similarity of the two by their embeddings, -1 where they have none: near enough, other
   *     words may say the same, but what they say is compared all the same
   */
  Set<Veto> between(String asked, String stored, double similarity);

  /** The same of two texts of which nothing but their words is known. */
  default Set<Veto> between(String asked, String stored) {
    return between(asked, stored, -1);
  }

  /**
   * The same of two questions of {@code partition}. What is kept of them to be quicker the next
   * time stays within it, lest the time a look-up takes tells that somebody else asked the same.
   */
  default Set<Veto> between(Partition partition, String asked, String stored, double similarity) {
    return between(asked, stored, similarity);
  }
}
