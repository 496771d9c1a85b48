package io.ccrelay.llm;

import io.ccrelay.cache.Bytes;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Reads the facts of a JSON answer in one pass; members it does not know are of no concern. Safe
 * for use from any context.
 */
public final class AnswerReader {

  private static final Map<Route, PathTree<AnswerPart>> PLACES = places();

  private AnswerReader() {}

  /** The facts of {@code json}, empty if it is not one JSON object. */
  public static Optional<AnswerFacts> read(Route route, Bytes json) {
    return json.lend((array, offset, length) -> read(route, array, offset, length));
  }

  private static Optional<AnswerFacts> read(Route route, byte[] array, int offset, int length) {
    var tokens = new JsonTokens(array, offset, length);
    var cursor = new PathCursor<>(Objects.requireNonNull(PLACES.get(route)), tokens);
    var notes = new AnswerNotes(tokens);
    JsonToken token = tokens.next();
    if (token != JsonToken.OBJECT_START) {
      return Optional.empty();
    }
    while (token != JsonToken.END) {
      if (token == JsonToken.FAULT) {
        return Optional.empty();
      }
      cursor.follow(token);
      var part = cursor.here();
      if (part != null && token != JsonToken.NAME) {
        notes.take(part, token);
      }
      token = tokens.next();
    }
    return Optional.of(notes.facts());
  }

  private static Map<Route, PathTree<AnswerPart>> places() {
    var places = new EnumMap<Route, PathTree<AnswerPart>>(Route.class);
    for (Route route : Route.values()) {
      places.put(route, PathTree.of(AnswerPlaces.of(route), (one, other) -> one));
    }
    return places;
  }
}
