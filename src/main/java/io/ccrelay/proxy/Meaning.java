package io.ccrelay.proxy;

import io.ccrelay.cache.Key;
import io.ccrelay.llm.LastQuestion;

/**
 * What a request asks, and in what.
 *
 * @param question the question, or why there is none
 * @param partition a digest of everything around it, scope, model and parameters included;
 *     meaningless without a question
 * @param scope who may see the answer, as a label
 */
record Meaning(LastQuestion question, Key partition, String scope) {

  /** No meaning was looked for. */
  static final Meaning NONE = of(new LastQuestion.Unfit(LastQuestion.Reason.TOO_LARGE));

  /** Of a request without a question, for the reason that {@code question} gives. */
  static Meaning of(LastQuestion question) {
    return new Meaning(question, Key.of(""), "");
  }
}
