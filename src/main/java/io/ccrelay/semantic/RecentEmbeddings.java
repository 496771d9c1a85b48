package io.ccrelay.semantic;

import io.ccrelay.cache.Key;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The embeddings of the last questions: a question that misses is embedded once for the search and
 * not again when its answer is stored. Each partition has its own, lest the time a look-up takes
 * tells that somebody else asked the same. Safe for use from any context.
 */
final class RecentEmbeddings {

  private static final int MOST = 256;

  private record Asked(Key partition, String text) {}

  private final Map<Asked, Embedding> recent =
      new LinkedHashMap<>(64, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Asked, Embedding> eldest) {
          return size() > MOST;
        }
      };

  synchronized Optional<Embedding> of(Key partition, String text) {
    return Optional.ofNullable(recent.get(new Asked(partition, text)));
  }

  synchronized void keep(Key partition, String text, Embedding embedding) {
    recent.put(new Asked(partition, text), embedding);
  }
}
