package io.ccrelay.llm;

import io.ccrelay.cache.Key;
import io.ccrelay.http.Field;
import io.ccrelay.http.Fields;

/** The key of the answer to a chat request. */
public final class RequestKey {

  /** Changes whenever equal keys might otherwise mean something else than before. */
  private static final String VERSION = "ccr1";

  private RequestKey() {}

  /**
   * SHA-256 over everything that decides the answer, each part behind its length.
   *
   * @param scope who may see the entry
   * @param namespace the client's own partition, may be empty
   * @param route which path
   * @param family kind of service that is asked
   * @param mappedModel the model's name as the service gets it, empty if the body names none
   * @param keyedFields of {@link KeyedFields#of}
   * @param keyedQuery of {@link KeyedFields#query}
   * @param request the body; one that says {@code bypass} has no key
   */
  public static Key of(
      Scope scope,
      String namespace,
      Route route,
      String family,
      String mappedModel,
      Fields keyedFields,
      String keyedQuery,
      ChatRequest request) {
    var parts = new KeyParts(512);
    parts.add(VERSION);
    parts.add(scope.digest());
    parts.add(namespace);
    parts.add(route.metricName());
    parts.add(family);
    parts.add(request.model().isPresent() ? 1 : 0);
    parts.add(mappedModel);
    parts.add(keyedFields.lines().size());
    for (Field line : keyedFields) {
      parts.add(line.name());
      parts.add(line.value());
    }
    parts.add(keyedQuery);
    parts.add(request.digest());
    return Key.ofDigest(parts.sha256());
  }
}
