package io.ccrelay.proxy.policy;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import io.ccrelay.http.Fields;
import io.ccrelay.policy.expression.Url;
import io.ccrelay.policy.run.Response;
import io.ccrelay.policy.run.Urls;
import io.ccrelay.upstream.Upstream;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Keys that issuers publish by OpenID Connect discovery, kept for an hour. Confined to one context.
 */
final class KeySets {

  private static final Duration KEPT = Duration.ofHours(1);
  private static final Duration KEPT_FAILURE = Duration.ofSeconds(10);
  private static final Duration WAIT = Duration.ofSeconds(5);
  private static final long LARGEST = 1 << 20;
  private static final int MOST = 64;

  private final Upstream guarded;
  private final InstantSource clock;
  private final Map<String, Known> known =
      new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Known> eldest) {
          return size() > MOST;
        }
      };

  /** Keys and issuers. */
  record Published(List<JWK> keys, List<String> issuers) {}

  private record Known(Future<Published> keys, Instant until) {}

  KeySets(Upstream guarded, InstantSource clock) {
    this.guarded = guarded;
    this.clock = clock;
  }

  /** What the configurations at {@code urls} publish, together. */
  Future<Published> of(List<String> urls) {
    List<Future<Published>> each = urls.stream().map(this::of).toList();
    return Future.all(each)
        .map(_ -> {
          var keys = new ArrayList<JWK>();
          var issuers = new ArrayList<String>();
          for (Future<Published> one : each) {
            keys.addAll(one.result().keys());
            issuers.addAll(one.result().issuers());
          }
          return new Published(keys, issuers);
        });
  }

  private Future<Published> of(String url) {
    Instant now = clock.instant();
    Known before = known.get(url);
    if (before != null && now.isBefore(before.until)) {
      return before.keys;
    }
    Future<Published> fetched = fetch(url);
    known.put(url, new Known(fetched, now.plus(KEPT)));
    return fetched.onFailure(_ -> known.put(url, new Known(fetched, now.plus(KEPT_FAILURE))));
  }

  private Future<Published> fetch(String url) {
    return json(url)
        .compose(configuration ->
            json(configuration.getString("jwks_uri", ""))
                .map(set -> published(set, configuration.getString("issuer", ""))));
  }

  private static Published published(JsonObject set, String issuer) {
    try {
      return new Published(
          JWKSet.parse(set.encode()).getKeys(), issuer.isEmpty() ? List.of() : List.of(issuer));
    } catch (ParseException e) {
      throw new IllegalArgumentException("malformed key set", e);
    }
  }

  private Future<JsonObject> json(String text) {
    Optional<Url> url = Urls.parse(text);
    if (url.isEmpty()) {
      return Future.failedFuture("not a URL");
    }
    var request =
        new Upstream.Request(
            "GET",
            CallRequests.origin(url.get()),
            url.get().path() + url.get().queryString(),
            Fields.none().plus("Accept", "application/json"),
            new Upstream.Body.None(),
            new Upstream.Deadlines(WAIT, WAIT, WAIT, Optional.of(WAIT)));
    return guarded
        .send(request)
        .compose(answer -> HeldBody.receive(answer, LARGEST, true))
        .map(KeySets::parsed);
  }

  private static JsonObject parsed(Response response) {
    if (response.statusCode() != 200) {
      throw new IllegalStateException("status " + response.statusCode());
    }
    return new JsonObject(response.held().toUtf8());
  }
}
