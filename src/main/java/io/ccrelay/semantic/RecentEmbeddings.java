package io.ccrelay.semantic;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The embeddings of the last questions: a question that misses is embedded once for the search and
 * not again when its answer is stored. Safe for use from any context.
 */
final class RecentEmbeddings {

  private static final int MOST = 256;

  private final Map<String, Embedding> recent =
      new LinkedHashMap<>(64, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Embedding> eldest) {
          return size() > MOST;
        }
      };

  synchronized Optional<Embedding> of(String text) {
    return Optional.ofNullable(recent.get(text));
  }

  synchronized void keep(String text, Embedding embedding) {
    recent.put(text, embedding);
  }
}
