package io.ccrelay.proxy;

import io.ccrelay.upstream.ProviderOptions;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.List;

/**
 * What {@code GET /v1/models} and {@code GET /v1/providers} answer: the enabled providers and their
 * models, in the shape of the original cc-relay with the members that the clients of either dialect
 * read beside it.
 */
final class Listings {

  private Listings() {}

  /** All models of enabled providers. */
  static JsonObject models(List<ProviderOptions> providers, Instant now) {
    var data = new JsonArray();
    for (var provider : enabled(providers)) {
      for (String model : provider.models()) {
        data.add(
            new JsonObject()
                .put("id", model)
                .put("object", "model")
                .put("type", "model")
                .put("display_name", model)
                .put("owned_by", provider.type().owner())
                .put("provider", provider.name())
                .put("created", now.getEpochSecond())
                .put("created_at", Instant.ofEpochSecond(now.getEpochSecond()).toString()));
      }
    }
    return new JsonObject()
        .put("object", "list")
        .put("data", data)
        .put("has_more", false)
        .put("first_id", data.isEmpty() ? null : data.getJsonObject(0).getString("id"))
        .put(
            "last_id", data.isEmpty() ? null : data.getJsonObject(data.size() - 1).getString("id"));
  }

  /** All enabled providers; never their keys. */
  static JsonObject providers(List<ProviderOptions> providers) {
    var data = new JsonArray();
    for (var provider : enabled(providers)) {
      data.add(
          new JsonObject()
              .put("name", provider.name())
              .put("type", provider.type().owner())
              .put("base_url", provider.baseUrl())
              .put("models", new JsonArray(provider.models()))
              .put("active", provider.type().served()));
    }
    return new JsonObject().put("object", "list").put("data", data);
  }

  private static List<ProviderOptions> enabled(List<ProviderOptions> providers) {
    return providers.stream().filter(ProviderOptions::enabled).toList();
  }
}
