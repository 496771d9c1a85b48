package io.ccrelay.proxy;

import io.ccrelay.cache.Bytes;
import io.ccrelay.cache.CacheOutcome;
import io.ccrelay.llm.Dialect;
import io.ccrelay.llm.ErrorAnswer;
import io.ccrelay.llm.Route;
import io.ccrelay.proxy.Admission.Admitted;
import io.ccrelay.proxy.Admission.Refused;
import io.ccrelay.upstream.ProviderOptions;
import io.ccrelay.upstream.ProviderType.Family;
import io.ccrelay.upstream.Routing;
import io.ccrelay.upstream.Upstream;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Sends each request to what answers it: the relay's own listings, the LLM relay, the pass-through,
 * or an error in the caller's format. Confined to the verticle's context.
 */
final class Dispatch implements RequestGate.Door {

  /** Probes ask for it first, when nothing that writes JSON has been loaded. */
  private static final Buffer OK = Buffer.buffer("{\"status\":\"ok\"}");

  private static final Buffer USE_GET = Buffer.buffer("{\"error\":\"use GET\"}");

  private final Vertx vertx;
  private final ProxyParts parts;
  private final RequestGate gate;
  private final LlmRelay llm;
  private final ApiDoor apis;
  private final Upstream upstream;
  private final UpstreamRequests requests;
  private final RequestIds ids = new RequestIds();
  private Access access = Access.of(ServerOptions.Auth.OPEN);
  private long accessGeneration = -1;

  Dispatch(
      Vertx vertx,
      ProxyParts parts,
      RequestGate gate,
      LlmRelay llm,
      ApiDoor apis,
      Upstream upstream) {
    this.vertx = vertx;
    this.parts = parts;
    this.gate = gate;
    this.llm = llm;
    this.apis = apis;
    this.upstream = upstream;
    this.requests = new UpstreamRequests(parts.keys());
  }

  @Override
  public void admitted(HttpServerRequest request, Admitted head) {
    ProxySettings settings = parts.settings().get();
    String path = head.path();
    Optional<Route> route = Route.of(request.method().name(), path);
    if (route.isPresent()) {
      llm(request, head, route.get(), settings);
    } else if (path.equals("/health")) {
      listing(request, OK);
    } else if (path.equals("/v1/models") && isRead(request)) {
      var models = Listings.models(settings.providers(), parts.clock().instant());
      listing(request, models.toBuffer());
    } else if (path.equals("/v1/providers")) {
      listing(request, Listings.providers(settings.providers()).toBuffer());
    } else if (Route.of("POST", path).isPresent()) {
      request.response().headers().set(HttpHeaders.ALLOW, "POST");
      reply(request, head, dialectOf(path), "other").error(405, "method", "use POST");
    } else {
      elsewhere(request, head, settings);
    }
  }

  /** A path that is none of the relay's own: of an API, of a provider, or of nobody. */
  private void elsewhere(HttpServerRequest request, Admitted head, ProxySettings settings) {
    String path = head.path();
    Optional<ApiOptions> api = ApiOptions.serving(settings.apis(), path);
    if (path.startsWith("/v1/") && api.filter(it -> it.path().startsWith("/v1")).isEmpty()) {
      pass(request, head, settings);
    } else if (api.isPresent()) {
      api(request, head, api.get(), settings);
    } else {
      reply(request, head, dialectOf(path), "other")
          .error(404, "no-route", "there is nothing under this path");
    }
  }

  @Override
  public void refused(HttpServerRequest request, Refused why) {
    parts.meters().reason(why.token());
    request.response().setStatusCode(why.status());
    request.response().headers().set(HttpHeaders.CONTENT_TYPE, MediaType.JSON);
    Bytes body =
        ErrorAnswer.of(
            dialectOf(String.valueOf(request.path())),
            why.status(),
            why.message(),
            Optional.empty());
    var _ = gate.finish(request, Buffers.view(body));
  }

  private void llm(HttpServerRequest request, Admitted head, Route route, ProxySettings settings) {
    LlmReply reply = reply(request, head, route.dialect(), route.metricName());
    if (!mayAsk(settings, head, () -> reply)) {
      return;
    }
    Optional<ProviderOptions> provider =
        Routing.pick(settings.providers(), family(route.dialect()));
    if (provider.isEmpty()) {
      reply.head().add("x-should-retry", "false");
      reply.error(404, "no-provider", "no enabled provider speaks the dialect of this path");
      return;
    }
    if (!reply.enter(parts.slots(), settings.server().maxConcurrent())) {
      reply.busy("server-busy", "too many requests are in flight");
      return;
    }
    if (settings.routing().debug()) {
      reply.head().add("X-CC-Relay-Strategy", settings.routing().strategy());
      reply.head().add("X-CC-Relay-Provider", provider.get().name());
    }
    var arrival =
        new Understanding.Arrival(
            route,
            head.target(),
            head.query(),
            reply.trace().carried(head.fields()),
            settings,
            provider.get());
    gate.body(request, settings.server().maxBodyBytes())
        .onComplete(body -> llm.relay(reply, arrival, body), reply::broken);
  }

  private void pass(HttpServerRequest request, Admitted head, ProxySettings settings) {
    LlmReply reply = reply(request, head, dialectOf(head.path()), "pass_through");
    if (!mayAsk(settings, head, () -> reply)) {
      return;
    }
    Optional<ProviderOptions> provider =
        Routing.pickFor(settings.providers(), head.path(), head.fields());
    if (provider.isEmpty()) {
      reply.error(404, "no-provider", "no enabled provider serves this path");
      return;
    }
    var keyed =
        requests.request(
            request.method().name(),
            head.target(),
            reply.trace().carried(head.fields()),
            settings,
            provider.get(),
            false,
            RequestSource.bodyOf(request));
    keyed.describe(reply.head());
    reply.head().passed(request.response());
    keyed
        .refusal()
        .ifPresentOrElse(
            reply::failed,
            () ->
                PassThrough.relay(
                    request,
                    keyed.call(upstream, parts.clock()),
                    outcome -> passed(reply, outcome)));
  }

  private void api(
      HttpServerRequest request, Admitted head, ApiOptions api, ProxySettings settings) {
    Supplier<LlmReply> refusal =
        () -> reply(request, head, dialectOf(head.path()), "api", Traces.Trace.NONE);
    if (mayAsk(settings, head, refusal)) {
      apis.admitted(request, head, api, settings);
    }
  }

  private static void passed(LlmReply reply, PassThrough.Outcome outcome) {
    switch (outcome) {
      case PassThrough.Outcome.Unanswered(var cause) -> reply.failed(cause);
      case PassThrough.Outcome.ClientLeft left -> reply.abandoned(CacheOutcome.BYPASS);
      case PassThrough.Outcome.Relayed relayed -> reply.answered(CacheOutcome.BYPASS);
      case PassThrough.Outcome.Broken broken -> reply.answered(CacheOutcome.BYPASS);
    }
  }

  private boolean mayAsk(ProxySettings settings, Admitted head, Supplier<LlmReply> reply) {
    if (settings.generation() != accessGeneration) {
      accessGeneration = settings.generation();
      access = Access.of(settings.server().auth());
    }
    if (access.decide(head.fields()) instanceof Access.Denied(String message)) {
      reply.get().error(401, "unauthenticated", message);
      return false;
    }
    return true;
  }

  private void listing(HttpServerRequest request, Buffer body) {
    request.response().headers().set(HttpHeaders.CONTENT_TYPE, MediaType.JSON);
    if (!isRead(request)) {
      request.response().setStatusCode(405).headers().set(HttpHeaders.ALLOW, "GET, HEAD");
      var _ = gate.finish(request, USE_GET);
      return;
    }
    var _ = gate.finish(request, body);
  }

  private LlmReply reply(
      HttpServerRequest request, Admitted head, Dialect dialect, String routeName) {
    return reply(request, head, dialect, routeName, parts.traces().begin(head.fields()));
  }

  private LlmReply reply(
      HttpServerRequest request,
      Admitted head,
      Dialect dialect,
      String routeName,
      Traces.Trace trace) {
    RequestIds.Name name = ids.name(head.fields().first("x-request-id"));
    return new LlmReply(
        vertx,
        gate,
        request,
        new ReplyHead(name, dialect),
        parts.meters(),
        routeName,
        parts.silence(),
        trace,
        ids);
  }

  private static boolean isRead(HttpServerRequest request) {
    return request.method().equals(HttpMethod.GET) || request.method().equals(HttpMethod.HEAD);
  }

  /** The family of providers that speak {@code dialect}. */
  static Family family(Dialect dialect) {
    return dialect == Dialect.ANTHROPIC ? Family.ANTHROPIC : Family.OPENAI;
  }

  /** Whose error format a path's callers read. */
  private static Dialect dialectOf(String path) {
    return path.startsWith("/v1/") && !path.startsWith("/v1/messages")
        ? Dialect.OPENAI
        : Dialect.ANTHROPIC;
  }
}
