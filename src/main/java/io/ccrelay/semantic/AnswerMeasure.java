package io.ccrelay.semantic;

import io.vertx.core.Future;

/** Tells whether two answers to a question say the same. Safe for use from any context. */
@FunctionalInterface
public interface AnswerMeasure {

  /** Whether they do; fails if it cannot be told, which makes no label. */
  Future<Boolean> same(String question, String stored, String fresh);

  /** Equal but for case, white space and punctuation. */
  AnswerMeasure EQUALITY =
      (question, stored, fresh) -> Future.succeededFuture(plain(stored).equals(plain(fresh)));

  /** Equal so, or embeddings at least as similar as {@code least}. */
  static AnswerMeasure similarity(Embedder embedder, double least) {
    return (question, stored, fresh) ->
        plain(stored).equals(plain(fresh))
            ? Future.succeededFuture(true)
            : embedder
                .embed(stored)
                .compose(one -> embedder.embed(fresh).map(other -> one.similarity(other) >= least));
  }

  private static String plain(String answer) {
    return answer.toLowerCase(java.util.Locale.ROOT).replaceAll("[\\p{P}\\s]+", " ").strip();
  }
}
