package io.ccrelay.semantic.embedding;

import io.ccrelay.semantic.Embedding;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/** Reads the answer of an embeddings service, whatever it holds. Pure. */
final class EmbeddingsAnswer {

  private EmbeddingsAnswer() {}

  /** The {@code count} vectors in the order of the question; empty if one is missing or wrong. */
  static List<Embedding> read(JsonObject answer, int count) {
    if (!(answer.getValue("data") instanceof JsonArray data) || data.size() != count) {
      return List.of();
    }
    var vectors = new TreeMap<Integer, Embedding>();
    for (int i = 0; i < count; i++) {
      if (data.getValue(i) instanceof JsonObject item) {
        int place = item.getValue("index") instanceof Integer index ? index : i;
        vector(item.getValue("embedding")).ifPresent(vector -> vectors.put(place, vector));
      }
    }
    boolean whole =
        vectors.size() == count && vectors.firstKey() == 0 && vectors.lastKey() == count - 1;
    return whole ? List.copyOf(vectors.values()) : List.of();
  }

  private static Optional<Embedding> vector(Object value) {
    if (!(value instanceof JsonArray array) || array.size() > Embedding.MOST_DIMENSIONS) {
      return Optional.empty();
    }
    var vector = new float[array.size()];
    for (int i = 0; i < vector.length; i++) {
      if (!(array.getValue(i) instanceof Number number)) {
        return Optional.empty();
      }
      vector[i] = number.floatValue();
    }
    return Embedding.of(vector);
  }
}
