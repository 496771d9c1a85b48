package io.ccrelay.semantic.guard;

import io.ccrelay.semantic.Vetoes.Partition;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Prompts that were read lately: a look-up compares one question with several, and the same stored
 * ones are near again and again. Each partition has its own: to read a prompt takes a tenth of a
 * millisecond, which must not tell that somebody else asked the same. Bounded; safe for use from
 * any context.
 */
final class RecentPrompts {

  private static final int MOST = 256;

  private record Asked(Partition partition, String text) {}

  private final Map<Asked, Prompt> recent =
      new LinkedHashMap<>(64, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Asked, Prompt> eldest) {
          return size() > MOST;
        }
      };

  /** {@code text}, read, as a prompt of {@code partition}. */
  Prompt of(Partition partition, String text) {
    var asked = new Asked(partition, text);
    synchronized (recent) {
      Prompt known = recent.get(asked);
      if (known != null) {
        return known;
      }
    }
    Prompt prompt = PromptReader.read(text);
    synchronized (recent) {
      recent.put(asked, prompt);
    }
    return prompt;
  }
}
