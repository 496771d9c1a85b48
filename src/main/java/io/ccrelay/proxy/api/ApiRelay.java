package io.ccrelay.proxy.api;

import io.ccrelay.cache.Cache;
import io.ccrelay.cache.CacheOutcome;
import io.ccrelay.cache.Flights;
import io.ccrelay.http.CacheRequest;
import io.ccrelay.http.CacheStatus;
import io.ccrelay.http.Fields;
import io.ccrelay.http.ForwardReason;
import io.ccrelay.http.HttpKey;
import io.ccrelay.proxy.Admission.Admitted;
import io.ccrelay.proxy.ApiDoor;
import io.ccrelay.proxy.ApiOptions;
import io.ccrelay.proxy.HotBodies;
import io.ccrelay.proxy.PassThrough;
import io.ccrelay.proxy.ProxyParts;
import io.ccrelay.proxy.ProxySettings;
import io.ccrelay.proxy.RequestGate;
import io.ccrelay.proxy.RequestSource;
import io.ccrelay.proxy.Traces;
import io.ccrelay.proxy.WireText;
import io.ccrelay.upstream.RelaySecrets;
import io.ccrelay.upstream.Upstream;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Executor;

/**
 * Relays requests for HTTP APIs: those a cache may answer go the way of {@link CachedExchange}, all
 * others are passed through. Confined to the verticle's context.
 */
public final class ApiRelay implements ApiDoor {

  private final Vertx vertx;
  private final RequestGate gate;
  private final ProxyParts parts;
  private final Cache cache;
  private final Upstream upstream;
  private final Turns turns;
  private final Executor executor;
  private final HotBodies hot = new HotBodies();
  private final WireText wire = new WireText();
  private final Map<String, Api> apis = new HashMap<>();
  private long generation = -1;

  private ApiRelay(
      Vertx vertx,
      RequestGate gate,
      ProxyParts parts,
      Cache cache,
      Upstream upstream,
      Turns turns) {
    this.vertx = vertx;
    this.gate = gate;
    this.parts = parts;
    this.cache = cache;
    this.upstream = upstream;
    this.turns = turns;
    var context = vertx.getOrCreateContext();
    this.executor = task -> context.runOnContext(_ -> task.run());
  }

  /** Makes relays, one for each verticle, that write to the same cache. */
  public static Maker maker() {
    var turns = new Turns();
    return (vertx, gate, parts, cache, upstream) ->
        new ApiRelay(vertx, gate, parts, cache, upstream, turns);
  }

  @Override
  public void admitted(
      HttpServerRequest request, Admitted head, ApiOptions options, ProxySettings settings) {
    Traces.Trace trace = parts.traces().begin(head.fields());
    var reply = new ApiReply(vertx, gate, request, parts.meters(), trace, hot, wire);
    String method = request.method().name();
    if (!options.allows(method)) {
      reply.refuseMethod(options.methods());
      return;
    }
    Api api = api(options, settings);
    ApiCall call = call(reply, head.with(trace.carried(head.fields())), api);
    if (api.cached().isEmpty()) {
      pass(call, new WriteThrough(api.backends(), clock(), ApiRelay::bypassed));
      return;
    }
    Target target = target(api, api.cached().get(), call, head);
    if (target.request().isRetrieval()) {
      new CachedExchange(this, api, api.cached().get(), call, target).begin();
    } else {
      var effect = new UnsafeEffect(api.cached().get(), target, clock());
      pass(call, new WriteThrough(api.backends(), clock(), effect));
    }
  }

  private void pass(ApiCall call, Upstream backends) {
    HttpServerRequest request = call.reply().request();
    Upstream.Body body = RequestSource.bodyOf(request);
    if (body instanceof Upstream.Body.Streamed) {
      request.pause();
    }
    new PassThrough(backends)
        .relay(
            request, call.request(call.fields(), body), outcome -> passed(call.reply(), outcome));
  }

  private static void passed(ApiReply reply, PassThrough.Outcome outcome) {
    switch (outcome) {
      case PassThrough.Outcome.Unanswered(var cause) -> reply.failed(cause);
      case PassThrough.Outcome.ClientLeft left -> reply.abandoned(CacheOutcome.BYPASS);
      case PassThrough.Outcome.Relayed relayed -> reply.answered(CacheOutcome.BYPASS);
      case PassThrough.Outcome.Broken broken -> reply.answered(CacheOutcome.BYPASS);
    }
  }

  private Api api(ApiOptions options, ProxySettings settings) {
    if (settings.generation() != generation) {
      generation = settings.generation();
      apis.clear();
    }
    return apis.computeIfAbsent(
        options.name(),
        name ->
            new Api(
                options,
                new Backends(options, upstream, clock()),
                options
                    .cache()
                    .map(caching ->
                        new Api.Cached(
                            caching,
                            new VariantStore(name, cache, turns, executor, clock(), caching))),
                RelaySecrets.of(
                    settings.server().auth().apiKey(), settings.server().auth().bearerSecret())));
  }

  private static ApiCall call(ApiReply reply, Admitted head, Api api) {
    HttpServerRequest request = reply.request();
    ApiOptions options = api.options();
    Fields fields =
        ForwardedFields.of(
            head.fields(),
            api.secrets(),
            request.remoteAddress().hostAddress(),
            request.isSSL() ? "https" : "http",
            options.preserveHost() ? head.authority() : "");
    return new ApiCall(
        reply,
        request.method().name(),
        options.stripPath() ? stripped(options.path(), head.target()) : head.target(),
        fields,
        options.timeouts());
  }

  private static String stripped(String prefix, String target) {
    String rest = prefix.equals("/") ? target : target.substring(prefix.length());
    return rest.startsWith("/") ? rest : "/" + rest;
  }

  private static Target target(Api api, Api.Cached cached, ApiCall call, Admitted head) {
    String target = api.backends().path() + call.target();
    boolean preserved = api.options().preserveHost();
    var origin = api.backends().origin();
    HttpKey key =
        preserved
            ? HttpKey.of(
                call.reply().request().isSSL() ? "https" : "http", head.authority(), target)
            : HttpKey.of(origin.tls() ? "https" : "http", origin.authority(), target);
    var request =
        CacheRequest.of(
            call.method(),
            key.withQuery(cached.options().query()),
            call.fields(),
            cached.options().rules());
    return Target.of(api.options().name(), request, head.query(), cached.options());
  }

  private static Future<WriteThrough.Outcome> bypassed(Upstream.Answer answer, Instant requested) {
    return Future.succeededFuture(
        new WriteThrough.Outcome(answer, CacheStatus.forward(ForwardReason.BYPASS)));
  }

  Flights flights() {
    return parts.flights();
  }

  InstantSource clock() {
    return parts.clock();
  }

  Executor executor() {
    return executor;
  }
}
