package io.ccrelay.semantic;

import io.ccrelay.cache.Key;

/**
 * What is asked, apart from everything it is asked in.
 *
 * @param partition a digest of all the rest: who asks, which model, what was said before, with
 *     which parameters
 * @param scope who may see the answer, as a label
 * @param text the question
 */
public record Question(Key partition, String scope, String text) {

  @Override
  public String toString() {
    return "Question(" + partition + ")";
  }
}
