package io.ccrelay.proxy.policy;

import io.ccrelay.http.Fields;
import io.ccrelay.policy.IdentityOptions;
import io.ccrelay.policy.expression.Url;
import io.ccrelay.policy.run.Response;
import io.ccrelay.policy.run.Urls;
import io.ccrelay.upstream.Upstream;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Tokens as the configuration says: a fixed one, or from a token endpoint, kept until a minute
 * before they expire. Requests for the same resource at the same time share one. Confined to one
 * context.
 */
public final class IssuedTokens implements TokenSource {

  private static final Duration WAIT = Duration.ofSeconds(10);
  private static final Duration MARGIN = Duration.ofSeconds(60);
  private static final Duration KEPT_FAILURE = Duration.ofSeconds(2);
  private static final long LARGEST = 64 << 10;
  private static final int MOST = 256;
  private static final String BY_ASSERTION =
      "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

  private final Vertx vertx;
  private final IdentityOptions options;
  private final Upstream upstream;
  private final InstantSource clock;
  private final Map<String, Kept> kept =
      new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Kept> eldest) {
          return size() > MOST;
        }
      };

  private record Kept(Future<Issued> issued, Instant until) {}

  private record Issued(String token, Duration lifetime) {}

  /**
   * The source that {@code options} describe, whose endpoint is reached through {@code upstream}.
   */
  public IssuedTokens(
      Vertx vertx, IdentityOptions options, Upstream upstream, InstantSource clock) {
    this.vertx = vertx;
    this.options = options;
    this.upstream = upstream;
    this.clock = clock;
  }

  @Override
  public Future<String> token(String resource, Optional<String> clientId) {
    return switch (options) {
      case IdentityOptions.None _ -> Future.failedFuture("policies.identity is not configured");
      case IdentityOptions.Static(String token) -> Future.succeededFuture(token);
      case IdentityOptions.ClientCredentials it ->
          shared(
              resource,
              clientId.orElse(it.clientId()),
              id -> Future.succeededFuture(form(resource, id, "client_secret", it.clientSecret())),
              it.tokenUrl());
      case IdentityOptions.WorkloadIdentity it ->
          shared(
              resource,
              clientId.orElse(it.clientId()),
              id -> assertion(it.tokenFile()).map(token -> asserted(resource, id, token)),
              it.tokenUrl());
    };
  }

  private Future<String> shared(
      String resource,
      String clientId,
      Function<String, Future<Map<String, String>>> form,
      String tokenUrl) {
    String key = clientId + "\n" + resource;
    Kept before = kept.get(key);
    if (before != null && clock.instant().isBefore(before.until)) {
      return before.issued.map(Issued::token);
    }
    Future<Issued> issued = form.apply(clientId).compose(fields -> issue(tokenUrl, fields));
    kept.put(key, new Kept(issued, clock.instant().plus(WAIT)));
    issued.onComplete((it, failure) -> {
      Duration lifetime = failure == null ? it.lifetime().minus(MARGIN) : KEPT_FAILURE;
      kept.put(key, new Kept(issued, clock.instant().plus(lifetime)));
    });
    return issued.map(Issued::token);
  }

  private Future<String> assertion(String file) {
    return vertx.fileSystem().readFile(file).map(content -> content.toString().strip());
  }

  private static Map<String, String> asserted(String resource, String clientId, String token) {
    var form = form(resource, clientId, "client_assertion", token);
    form.put("client_assertion_type", BY_ASSERTION);
    return form;
  }

  private static Map<String, String> form(
      String resource, String clientId, String proof, String secret) {
    var form = new LinkedHashMap<String, String>();
    form.put("grant_type", "client_credentials");
    form.put("client_id", clientId);
    form.put(proof, secret);
    form.put("scope", resource.endsWith("/.default") ? resource : resource + "/.default");
    return form;
  }

  private Future<Issued> issue(String tokenUrl, Map<String, String> form) {
    Url url = Urls.parse(tokenUrl).orElseThrow();
    String body =
        form.entrySet().stream()
            .map(field -> encoded(field.getKey()) + "=" + encoded(field.getValue()))
            .collect(Collectors.joining("&"));
    var request =
        new Upstream.Request(
            "POST",
            CallRequests.origin(url),
            url.path() + url.queryString(),
            Fields.none()
                .plus("Content-Type", "application/x-www-form-urlencoded")
                .plus("Accept", "application/json"),
            new Upstream.Body.Whole(Buffer.buffer(body)),
            new Upstream.Deadlines(WAIT, WAIT, WAIT, Optional.of(WAIT)));
    return upstream
        .send(request)
        .compose(answer -> HeldBody.receive(answer, LARGEST, true))
        .map(IssuedTokens::issued);
  }

  private static Issued issued(Response response) {
    if (response.statusCode() != 200) {
      throw new IllegalStateException("token endpoint: status " + response.statusCode());
    }
    var json = new JsonObject(response.held().toUtf8());
    String token = json.getString("access_token", "");
    if (token.isEmpty()) {
      throw new IllegalStateException("token endpoint: no access_token");
    }
    long seconds = Long.parseLong(String.valueOf(json.getValue("expires_in", 300)));
    return new Issued(token, Duration.ofSeconds(seconds));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
