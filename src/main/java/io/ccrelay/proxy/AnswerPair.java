package io.ccrelay.proxy;

import io.ccrelay.cache.Bytes;
import io.ccrelay.cache.Entry;
import io.ccrelay.llm.AnswerText;
import io.ccrelay.llm.Route;
import io.ccrelay.llm.sse.Fold;

/**
 * The words of the answer that would have been served, and of the true one.
 *
 * @param stored empty if they cannot be told
 * @param fresh empty if they cannot be told
 */
record AnswerPair(String stored, String fresh) {

  AnswerPair(Route route, Entry stored, Entry fresh) {
    this(words(route, stored), words(route, fresh));
  }

  boolean isComparable() {
    return !stored.isBlank() && !fresh.isBlank();
  }

  private static String words(Route route, Entry entry) {
    Bytes json =
        entry.form() == Entry.Form.EVENT_STREAM
            ? Fold.toJson(route, entry.body()).orElse(Bytes.empty())
            : entry.body();
    return AnswerText.of(route, json);
  }
}
