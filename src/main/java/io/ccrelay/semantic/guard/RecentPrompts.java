package io.ccrelay.semantic.guard;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Prompts that were read lately: a look-up compares one question with several, and the same stored
 * ones are near again and again. Bounded; safe for use from any context.
 */
final class RecentPrompts {

  private static final int MOST = 256;

  private final Map<String, Prompt> recent =
      new LinkedHashMap<>(64, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Prompt> eldest) {
          return size() > MOST;
        }
      };

  /** {@code text}, read. */
  Prompt of(String text) {
    synchronized (recent) {
      Prompt known = recent.get(text);
      if (known != null) {
        return known;
      }
    }
    Prompt prompt = PromptReader.read(text);
    synchronized (recent) {
      recent.put(text, prompt);
    }
    return prompt;
  }
}
