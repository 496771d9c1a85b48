package io.ccrelay.proxy;

import io.ccrelay.cache.Bytes;
import io.ccrelay.cache.Key;
import io.ccrelay.http.Field;
import io.ccrelay.llm.CacheControls;
import io.ccrelay.llm.ChatRequest;
import io.ccrelay.llm.KeyedFields;
import io.ccrelay.llm.LastQuestion;
import io.ccrelay.llm.Parsed;
import io.ccrelay.llm.Recipe;
import io.ccrelay.llm.RequestKey;
import io.ccrelay.llm.RequestParts;
import io.ccrelay.llm.Scope;
import io.ccrelay.proxy.Understanding.Arrival;
import java.util.LinkedHashMap;

/**
 * What the key of a request is made of beside its body. Confined to one context, but for {@link
 * #parts}.
 *
 * @param model as the provider calls it
 * @param keyedFields which field lines count
 */
record Circumstances(
    Arrival arrival, CacheControls controls, Scope scope, String model, KeyedFields keyedFields) {

  /** Reading more than this twice is not done on an event loop. */
  private static final int LARGEST_CONVERSATION = 128 << 10;

  /** The key of {@code request}. */
  Key key(ChatRequest request) {
    return RequestKey.of(
        scope,
        controls.namespace().orElse(""),
        arrival.route(),
        arrival.provider().type().configName() + ' ' + arrival.provider().baseUrl(),
        model,
        keyedFields.of(arrival.fields()),
        KeyedFields.query(arrival.query()),
        request);
  }

  /**
   * The parts of a request of {@code body}, those of {@link #key} that its body does not hold
   * included. Safe for use from any context.
   */
  RequestParts parts(Bytes body) {
    var around = new LinkedHashMap<String, String>();
    around.put("path", arrival.route().path());
    around.put("model", model);
    around.put("provider", arrival.provider().baseUrl());
    around.put("scope", scope.label());
    around.put("namespace", controls.namespace().orElse(""));
    around.put("query", KeyedFields.query(arrival.query()));
    for (Field line : new KeyedFields().of(arrival.fields())) {
      around.put("header:" + line.name(), line.value());
    }
    return RequestParts.of(arrival.route(), body, recipe()).with(around);
  }

  /**
   * The question of {@code body}, and the key that the request would have without it: whatever
   * makes two requests different makes their partitions different.
   */
  Meaning meaning(Bytes body) {
    if (body.size() > LARGEST_CONVERSATION) {
      return Meaning.NONE;
    }
    LastQuestion question = LastQuestion.of(arrival.route(), body);
    if (question instanceof LastQuestion.Asked(var _, Bytes around, var _)
        && ChatRequest.parse(arrival.route(), around, recipe())
            instanceof Parsed.Understood(ChatRequest rest)) {
      return new Meaning(question, key(rest), scope.label());
    }
    return Meaning.of(question);
  }

  private Recipe recipe() {
    return Recipe.of(arrival.settings().responses().ignore());
  }
}
