package io.ccrelay.llm;

import io.ccrelay.cache.Bytes;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.StringJoiner;

/** The words of an answer, for comparing it with another. Pure; safe for use from any context. */
public final class AnswerText {

  private static final Map<Route, PathTree<String>> TREES = new EnumMap<>(Route.class);

  static {
    TREES.put(Route.MESSAGES, tree("/content/*/text"));
    TREES.put(Route.CHAT_COMPLETIONS, tree("/choices/*/message/content"));
    TREES.put(Route.RESPONSES, tree("/output/*/content/*/text"));
  }

  private AnswerText() {}

  private static PathTree<String> tree(String place) {
    return PathTree.of(Map.of(place, place), (one, _) -> one);
  }

  /** All texts of the JSON answer {@code body}, empty if there is none. */
  public static String of(Route route, Bytes body) {
    if (!TREES.containsKey(route)) {
      return "";
    }
    return body.lend((array, offset, length) -> {
      var tokens = new JsonTokens(array, offset, length);
      var cursor = new PathCursor<>(Objects.requireNonNull(TREES.get(route)), tokens);
      var texts = new StringJoiner("\n");
      JsonToken token = tokens.next();
      while (token != JsonToken.END && token != JsonToken.FAULT) {
        cursor.follow(token);
        if (token == JsonToken.STRING && cursor.here() != null) {
          texts.add(tokens.text());
        }
        token = tokens.next();
      }
      return texts.toString();
    });
  }
}
