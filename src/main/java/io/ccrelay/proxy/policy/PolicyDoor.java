package io.ccrelay.proxy.policy;

import io.ccrelay.cache.Cache;
import io.ccrelay.policy.run.Conversation;
import io.ccrelay.policy.run.Opening;
import io.ccrelay.policy.run.PolicyRun;
import io.ccrelay.proxy.Admission.Admitted;
import io.ccrelay.proxy.ApiDoor;
import io.ccrelay.proxy.ApiOptions;
import io.ccrelay.proxy.ProxyParts;
import io.ccrelay.proxy.ProxySettings;
import io.ccrelay.proxy.RequestGate;
import io.ccrelay.proxy.RequestSource;
import io.ccrelay.proxy.Traces;
import io.ccrelay.proxy.api.Backends;
import io.ccrelay.proxy.policy.PolicyRoutes.Route;
import io.ccrelay.upstream.BackendTls;
import io.ccrelay.upstream.Upstream;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

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
            policies.internal().get(), policies.external().map(Supplier::get), parts.meters());
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
      case Route.Governed route -> govern(new GovernedRequest(request, head, api, settings, route));
    }
  }

  private void govern(GovernedRequest governed) {
    if (governed.route().opening() instanceof Opening.Refusal refusal) {
      parts.meters().reason("policy-" + refusal.status());
    }
    if (governed.route().plan().readsRequestBody()) {
      var request = governed.arrived();
      gate.body(request, governed.limits().maxHeldBytes())
          .onSuccess(body -> run(governed, Optional.of(body)))
          .onFailure(_ -> refuse(request, 413, "The content was not received."));
    } else {
      run(governed, Optional.empty());
    }
  }

  private void refuse(HttpServerRequest request, int status, String message) {
    parts.meters().reason("policy-" + status);
    if (!request.response().closed() && !request.response().ended()) {
      request.response().setStatusCode(status).putHeader("content-type", "application/json");
      var body = new JsonObject().put("statusCode", status).put("message", message);
      var _ = gate.finish(request, body.toBuffer());
    }
  }

  private void run(GovernedRequest governed, Optional<Buffer> body) {
    HttpServerRequest request = governed.arrived();
    Upstream.Body clientsBody =
        body.isPresent() ? new Upstream.Body.None() : RequestSource.bodyOf(request);
    if (clientsBody instanceof Upstream.Body.Streamed) {
      request.pause();
    }
    Traces.Trace trace = parts.traces().begin(governed.head().fields());
    Admitted carried = governed.head().with(trace.carried(governed.head().fields()));
    var conversation =
        new Conversation(governed.route().surroundings(), host, governed.seen(carried, body));
    var reply = new PolicyReply(gate, request, parts.meters(), trace);
    var run = new PolicyRun(governed.route().plan(), conversation);
    var driver = driver(run, calls(governed, clientsBody, reply), reply);
    request.response().closeHandler(_ -> driver.abandon());
    request.response().exceptionHandler(_ -> driver.abandon());
    driver.begin(governed.route().opening());
  }

  private PolicyCalls calls(
      GovernedRequest governed, Upstream.Body clientsBody, PolicyReply reply) {
    return new PolicyCalls(
        governed.api(),
        tls -> services(governed.api(), governed.settings(), tls),
        upstream,
        guarded,
        policies.trusted(),
        governed.limits(),
        clientsBody,
        reply::interim);
  }

  private PolicyDriver driver(PolicyRun run, PolicyCalls calls, PolicyReply reply) {
    return new PolicyDriver(
        vertx,
        run,
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
  }

  private Backends services(ApiOptions api, ProxySettings settings, BackendTls tls) {
    if (settings.generation() != generation || services.size() >= MOST_SERVICES) {
      generation = settings.generation();
      services.clear();
    }
    return services.computeIfAbsent(
        new Service(api.name(), tls), _ -> new Backends(api, upstream, tls, parts.clock()));
  }
}
