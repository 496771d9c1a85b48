package io.ccrelay.semantic;

import io.vertx.core.Future;
import java.util.Collections;
import java.util.Set;

/** Tells whether two answers to a question say the same. Safe for use from any context. */
@FunctionalInterface
public interface AnswerMeasure {

  /** Whether they do; fails if it cannot be told, which makes no label. */
  Future<Boolean> same(String question, String stored, String fresh);

  /** Equal but for case, white space and punctuation. */
  AnswerMeasure EQUALITY =
      (question, stored, fresh) -> Future.succeededFuture(plain(stored).equals(plain(fresh)));

  /**
   * Equal so, or embeddings at least as similar as {@code least}. Short answers say different
   * things in nearly the same words ("it takes 5 days", "it takes 6 days"): for them none of the
   * {@link #TELLING} vetoes may object either.
   */
  static AnswerMeasure similarity(Embedder embedder, Vetoes vetoes, double least) {
    return (question, stored, fresh) -> {
      if (plain(stored).equals(plain(fresh))) {
        return Future.succeededFuture(true);
      }
      boolean isShort = Math.max(stored.length(), fresh.length()) <= SHORT;
      if (isShort && !Collections.disjoint(vetoes.between(stored, fresh), TELLING)) {
        return Future.succeededFuture(false);
      }
      return embedder
          .embed(stored)
          .compose(one -> embedder.embed(fresh).map(other -> one.similarity(other) >= least));
    };
  }

  /** Differences that make two short answers different, however they are worded. */
  Set<Veto> TELLING =
      Set.of(Veto.NUMBER, Veto.UNIT, Veto.NEGATION, Veto.ANTONYM, Veto.QUOTE, Veto.ENTITY);

  /** Longer answers, in characters, differ in such things without saying anything else. */
  int SHORT = 300;

  private static String plain(String answer) {
    return answer.toLowerCase(java.util.Locale.ROOT).replaceAll("[\\p{P}\\s]+", " ").strip();
  }
}
