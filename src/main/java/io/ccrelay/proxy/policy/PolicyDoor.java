package io.ccrelay.proxy.policy;

import io.ccrelay.cache.Cache;
import io.ccrelay.policy.expression.Url;
import io.ccrelay.policy.expression.value.X509;
import io.ccrelay.policy.run.Content;
import io.ccrelay.policy.run.Conversation;
import io.ccrelay.policy.run.Opening;
import io.ccrelay.policy.run.PolicyRun;
import io.ccrelay.policy.run.Request;
import io.ccrelay.policy.run.Urls;
import io.ccrelay.proxy.Admission.Admitted;
import io.ccrelay.proxy.ApiDoor;
import io.ccrelay.proxy.ApiOptions;
import io.ccrelay.proxy.Buffers;
import io.ccrelay.proxy.ClientProof;
import io.ccrelay.proxy.ProxyParts;
import io.ccrelay.proxy.ProxySettings;
import io.ccrelay.proxy.RequestGate;
import io.ccrelay.proxy.RequestSource;
import io.ccrelay.proxy.Traces;
import io.ccrelay.proxy.api.Backends;
import io.ccrelay.proxy.api.ForwardedFields;
import io.ccrelay.proxy.policy.PolicyRoutes.Route;
import io.ccrelay.upstream.BackendTls;
import io.ccrelay.upstream.RelaySecrets;
import io.ccrelay.upstream.Upstream;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;

/**
 * Requests for HTTP APIs: those with a policy are run through it, all others go elsewhere. Confined
 * to the verticle's context.
 */
public final class PolicyDoor implements ApiDoor {

  /** More than anybody has: documents that make certificates up must not fill the memory. */
  private static final int MOST_SERVICES = 4096;

  private final Vertx vertx;
  private final RequestGate gate;
  private final ProxyParts parts;
  private final PolicyParts policies;
  private final Upstream upstream;
  private final Upstream guarded;
  private final ApiDoor plain;
  private final Executor executor;
  private final PolicyCaches caches;
  private final PromptAnswers similar;
  private final Tollgate tollgate;
  private final Templates templates;
  private final TokenJudge judge;
  private final TokenSource tokens;
  private final LoopHost host;
  private final Map<Service, Backends> services = new HashMap<>();
  private long generation = -1;

  /** An API's own services, met in one way. */
  private record Service(String api, BackendTls tls) {}

  private PolicyDoor(
      PolicyParts policies,
      ApiDoor.Maker plain,
      Vertx vertx,
      RequestGate gate,
      ProxyParts parts,
      Cache cache,
      Upstream upstream) {
    this.policies = policies;
    this.vertx = vertx;
    this.gate = gate;
    this.parts = parts;
    this.upstream = upstream;
    this.guarded = policies.guarded().get();
    this.plain = plain.open(vertx, gate, parts, cache, upstream);
    var context = vertx.getOrCreateContext();
    this.executor = task -> context.runOnContext(_ -> task.run());
    this.caches =
        new PolicyCaches(
            policies.internal().get(),
            policies.external().map(java.util.function.Supplier::get),
            parts.meters());
    this.similar = new PromptAnswers(policies.similar(), caches, parts.clock());
    this.tollgate = new Tollgate(policies.counters(), parts.clock());
    this.templates = new Templates(vertx);
    this.judge = new TokenJudge(vertx, parts.clock(), new KeySets(guarded, parts.clock()));
    this.tokens = policies.tokens().apply(upstream);
    this.host = new LoopHost(parts.clock(), parts.meters());
  }

  /** Makes doors that work with {@code policies}; {@code plain} is for APIs without any. */
  public static ApiDoor.Maker maker(PolicyParts policies, ApiDoor.Maker plain) {
    return (vertx, gate, parts, cache, upstream) ->
        new PolicyDoor(policies, plain, vertx, gate, parts, cache, upstream);
  }

  @Override
  public void admitted(
      HttpServerRequest request, Admitted head, ApiOptions api, ProxySettings settings) {
    String method = request.method().name();
    if (!api.allows(method)) {
      plain.admitted(request, head, api, settings);
      return;
    }
    switch (policies.routes().find(api, method, head)) {
      case Route.Plain _ -> plain.admitted(request, head, api, settings);
      case Route.Governed route -> {
        if (route.opening() instanceof Opening.Refusal refusal) {
          parts.meters().reason("policy-" + refusal.status());
        }
        if (route.plan().readsRequestBody()) {
          gate.body(request, route.surroundings().limits().maxHeldBytes())
              .onSuccess(body -> run(request, head, api, settings, route, Optional.of(body)))
              .onFailure(_ -> refuse(request, 413, "The content was not received."));
        } else {
          run(request, head, api, settings, route, Optional.empty());
        }
      }
    }
  }

  private void refuse(HttpServerRequest request, int status, String message) {
    parts.meters().reason("policy-" + status);
    if (!request.response().closed() && !request.response().ended()) {
      request.response().setStatusCode(status).putHeader("content-type", "application/json");
      var body =
          new io.vertx.core.json.JsonObject().put("statusCode", status).put("message", message);
      var _ = gate.finish(request, body.toBuffer());
    }
  }

  private void run(
      HttpServerRequest request,
      Admitted head,
      ApiOptions api,
      ProxySettings settings,
      Route.Governed route,
      Optional<Buffer> body) {
    Upstream.Body clientsBody =
        body.isPresent() ? new Upstream.Body.None() : RequestSource.bodyOf(request);
    if (clientsBody instanceof Upstream.Body.Streamed) {
      request.pause();
    }
    Traces.Trace trace = parts.traces().begin(head.fields());
    Admitted carried = head.with(trace.carried(head.fields()));
    var conversation =
        new Conversation(
            route.surroundings(), host, request(request, carried, api, settings, route, body));
    var reply = new PolicyReply(gate, request, parts.meters(), trace);
    var calls =
        new PolicyCalls(
            api,
            tls -> services(api, settings, tls),
            upstream,
            guarded,
            policies.trusted(),
            route.surroundings().limits(),
            clientsBody,
            reply::interim);
    var driver =
        new PolicyDriver(
            vertx,
            new PolicyRun(route.plan(), conversation),
            caches,
            similar,
            tollgate,
            policies.lanes(),
            new ValueFlights(vertx, parts.flights(), executor),
            calls,
            templates,
            judge,
            tokens,
            reply);
    request.response().closeHandler(_ -> driver.abandon());
    request.response().exceptionHandler(_ -> driver.abandon());
    driver.begin(route.opening());
  }

  private Backends services(ApiOptions api, ProxySettings settings, BackendTls tls) {
    if (settings.generation() != generation || services.size() >= MOST_SERVICES) {
      generation = settings.generation();
      services.clear();
    }
    return services.computeIfAbsent(
        new Service(api.name(), tls), _ -> new Backends(api, upstream, tls, parts.clock()));
  }

  private static Request request(
      HttpServerRequest request,
      Admitted head,
      ApiOptions api,
      ProxySettings settings,
      Route.Governed route,
      Optional<Buffer> body) {
    var auth = settings.server().auth();
    String peer = request.remoteAddress().hostAddress();
    String scheme = request.isSSL() ? "https" : "http";
    var fields =
        ForwardedFields.of(
            head.fields(),
            RelaySecrets.of(auth.apiKey(), auth.bearerSecret()),
            peer,
            scheme,
            api.preserveHost() ? head.authority() : "");
    String query = head.query().isEmpty() ? "" : "?" + head.query();
    String authority = head.authority().isEmpty() ? "localhost" : head.authority();
    Url original =
        Urls.parse(scheme + "://" + authority + "/")
            .map(url -> new Url(url.scheme(), url.host(), url.port(), head.path(), query))
            .orElseGet(() -> new Url(scheme, "localhost", 80, head.path(), query));
    return new Request(
            request.method().name(),
            original,
            route.service(),
            route.path(),
            fields,
            peer,
            route.matched(),
            body.filter(bytes -> bytes.length() > 0)
                .map(bytes -> new Content(Buffers.owned(bytes))))
        .of(ClientProof.of(request).map(X509::of));
  }
}
