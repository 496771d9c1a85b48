package io.ccrelay.cassette;

import io.ccrelay.cache.Bytes;
import io.ccrelay.cache.Key;
import io.ccrelay.http.Field;
import io.ccrelay.http.Fields;
import io.ccrelay.llm.ChatRequest;
import io.ccrelay.llm.KeyedFields;
import io.ccrelay.llm.Parsed;
import io.ccrelay.llm.Recipe;
import io.ccrelay.llm.RequestKey;
import io.ccrelay.llm.RequestParts;
import io.ccrelay.llm.ResponsesOptions;
import io.ccrelay.llm.Route;
import io.ccrelay.llm.Scope;
import io.ccrelay.llm.ScopeHasher;
import java.util.LinkedHashMap;
import java.util.Optional;

/**
 * What a request asks, whoever asks it and of whom: equal questions have equal keys. Neither
 * credentials nor the address of the service enter, so that a cassette plays anywhere. Immutable.
 *
 * @param route which path
 * @param query the part of the query that counts
 * @param fields the fields that count
 * @param body the content
 * @param key stands for all of it
 * @param parts what it is made of, to tell what differs
 */
record Question(Route route, String query, Fields fields, Bytes body, Key key, RequestParts parts) {

  private static final Scope EVERYBODY =
      Scope.of(
          new ResponsesOptions.ScopeRule.Shared(),
          Fields.none(),
          "",
          new ScopeHasher(Bytes.utf8("cassettes are for everybody")));

  /** The route of an LLM request to {@code target}, whatever stands before its path. */
  static Optional<Route> route(String method, String target) {
    String path = target.substring(0, pathEnd(target));
    int versioned = path.indexOf("/v1/");
    return versioned < 0 ? Optional.empty() : Route.of(method, path.substring(versioned));
  }

  private static int pathEnd(String target) {
    int query = target.indexOf('?');
    return query < 0 ? target.length() : query;
  }

  /**
   * The question of a request for {@code route}; empty if its body cannot be read. Takes time
   * linear in its size: for workers.
   */
  static Optional<Question> of(
      Route route, String target, Fields request, Bytes body, Recipe recipe) {
    if (!(ChatRequest.parse(route, body, recipe) instanceof Parsed.Understood(ChatRequest chat))) {
      return Optional.empty();
    }
    int end = pathEnd(target);
    String query = KeyedFields.query(end < target.length() ? target.substring(end + 1) : "");
    Fields fields = new KeyedFields().of(request);
    String model = chat.model().orElse("");
    Key key = RequestKey.of(EVERYBODY, "", route, "", model, fields, query, chat);
    var around = new LinkedHashMap<String, String>();
    around.put("path", route.path());
    around.put("query", query);
    for (Field line : fields) {
      around.put("header:" + line.name(), line.value());
    }
    RequestParts parts = RequestParts.of(route, body, recipe).with(around);
    return Optional.of(new Question(route, query, fields, body, key, parts));
  }
}
