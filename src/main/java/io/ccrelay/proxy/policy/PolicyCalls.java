package io.ccrelay.proxy.policy;

import io.ccrelay.http.Fields;
import io.ccrelay.policy.run.Answer;
import io.ccrelay.policy.run.Effect;
import io.ccrelay.policy.run.Outgoing;
import io.ccrelay.policy.run.Response;
import io.ccrelay.policy.run.RunLimits;
import io.ccrelay.proxy.ApiOptions;
import io.ccrelay.proxy.Discard;
import io.ccrelay.proxy.api.ForwardedFields;
import io.ccrelay.upstream.BackendTls;
import io.ccrelay.upstream.Upstream;
import io.ccrelay.upstream.UpstreamException;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/**
 * The calls of one request. Those to configured backends go as they are; all others through the
 * guard of destinations. Confined to the request's context.
 */
final class PolicyCalls {

  private final ApiOptions api;
  private final Function<BackendTls, Upstream> services;
  private final Upstream trusted;
  private final Upstream guarded;
  private final TrustedOrigins origins;
  private final RunLimits limits;
  private final CallRequests requests;
  private final Upstream.Interim interim;
  private final List<Upstream.Call> underWay = new ArrayList<>();
  private final List<Response.Live> unsent = new ArrayList<>();

  /**
   * Calls for a request of {@code api}.
   *
   * @param services the API's own, as one, met as their argument says
   * @param interim hears interim answers to the request itself
   */
  PolicyCalls(
      ApiOptions api,
      Function<BackendTls, Upstream> services,
      Upstream trusted,
      Upstream guarded,
      TrustedOrigins origins,
      RunLimits limits,
      Upstream.Body clientsBody,
      Upstream.Interim interim) {
    this.api = api;
    this.services = services;
    this.trusted = trusted;
    this.guarded = guarded;
    this.origins = origins;
    this.limits = limits;
    this.requests = new CallRequests(api, clientsBody);
    this.interim = interim;
  }

  /** Calls the backend; the client's field lines are passed on as the API's own relay does. */
  Future<Answer> forward(Effect.Forward forward) {
    Fields fields = ForwardedFields.via(forward.call().fields());
    if (forward.hold() != Effect.Hold.NONE) {
      fields = fields.with("Accept-Encoding", "identity");
    }
    Fields sent = fields;
    Upstream.Call exchange =
        forward
            .own()
            .map(own ->
                services
                    .apply(tls(api.tls(), forward.call()))
                    .call(requests.own(forward.call(), own, sent)))
            .orElseGet(() -> call(forward.call(), sent))
            .onInterim(interim);
    return send(exchange)
        .compose(answer -> followed(answer, forward.call(), 0))
        .compose(answer -> held(answer, forward.hold()))
        .<Answer>map(Answer.Answered::new)
        .otherwise(PolicyCalls::broken);
  }

  private Future<Upstream.Answer> followed(Upstream.Answer answer, Outgoing call, int hops) {
    Optional<Outgoing> next =
        call.manner().followRedirects() && hops < Redirects.MOST
            ? Redirects.next(call, answer.status(), answer.fields())
            : Optional.empty();
    if (next.isEmpty()) {
      return Future.succeededFuture(answer);
    }
    answer.cancel();
    Outgoing there = next.get();
    return send(call(there, ForwardedFields.via(there.fields())))
        .compose(further -> followed(further, there, hops + 1));
  }

  private Response live(Upstream.Answer answer) {
    var live = new LiveAnswer(answer);
    unsent.add(live);
    return Response.live(answer.status(), answer.fields(), live);
  }

  private Future<Response> held(Upstream.Answer answer, Effect.Hold hold) {
    return switch (hold) {
      case NONE, READABLE -> Future.succeededFuture(live(answer));
      case COUNTABLE ->
          isStream(answer) ? Future.succeededFuture(live(answer)) : heldIfSmall(answer);
      case STORABLE -> heldIfSmall(answer);
      case ALL -> HeldBody.receive(answer, limits.maxHeldBytes(), true);
    };
  }

  private Future<Response> heldIfSmall(Upstream.Answer answer) {
    return HeldBody.receive(answer, limits.maxStoredBytes(), false)
        .onSuccess(response -> response.onItsWay().ifPresent(unsent::add));
  }

  private static boolean isStream(Upstream.Answer answer) {
    return answer
        .fields()
        .first("Content-Type")
        .map(type -> type.toLowerCase(Locale.ROOT).startsWith("text/event-stream"))
        .orElse(false);
  }

  /** Makes a call of the document's own; its answer is always whole. */
  Future<Answer> send(Outgoing call) {
    return send(call(call, call.fields().with("Accept-Encoding", "identity")))
        .compose(answer -> HeldBody.receive(answer, limits.maxHeldBytes(), true))
        .<Answer>map(Answer.Answered::new)
        .otherwise(PolicyCalls::broken);
  }

  /** It goes on when the request is over. */
  Future<Answer> sendOneWay(Outgoing call) {
    var _ =
        upstream(call)
            .call(requests.to(call, call.fields().with("Accept-Encoding", "identity")))
            .send()
            .onSuccess(answer -> answer.start(new Discard(_ -> {})));
    return Future.succeededFuture(Answer.DONE);
  }

  private Upstream.Call call(Outgoing call, Fields fields) {
    return upstream(call).call(requests.to(call, fields));
  }

  private Future<Upstream.Answer> send(Upstream.Call exchange) {
    underWay.add(exchange);
    return exchange.send();
  }

  private Upstream upstream(Outgoing call) {
    return (origins.contains(CallRequests.origin(call.url())) ? trusted : guarded)
        .over(tls(BackendTls.DEFAULTS, call));
  }

  private static BackendTls tls(BackendTls usual, Outgoing call) {
    var identity =
        call.manner()
            .identity()
            .map(it -> new BackendTls.Identity(it.pem(), it.keyPem().orElseThrow()));
    return usual.with(identity, call.manner().http2());
  }

  private static Answer broken(Throwable failure) {
    var kind =
        failure instanceof UpstreamException known ? known.kind() : UpstreamException.Kind.BROKEN;
    return switch (kind) {
      case FIRST_BYTE_TIMEOUT, STALLED, TOTAL_TIMEOUT, CONNECT_TIMEOUT ->
          new Answer.Broken("Timeout", "The service did not answer in time: " + kind.token());
      case CLIENT_GONE ->
          new Answer.Broken("ClientConnectionFailure", "The client left: " + kind.token());
      case CONNECT, BUSY, BROKEN, KEYS_EXHAUSTED, UNSENDABLE ->
          new Answer.Broken("BackendConnectionFailure", "No answer: " + kind.token());
    };
  }

  /** The run is over: answers that are not the reply are given up. */
  void keepOnly(Optional<Response.Live> reply) {
    for (Response.Live each : unsent) {
      if (each instanceof LiveAnswer answer && !reply.filter(each::equals).isPresent()) {
        answer.cancel();
      }
    }
    unsent.clear();
  }

  /** Gives up what is under way. */
  void cancel() {
    underWay.forEach(Upstream.Call::cancel);
    underWay.clear();
  }
}
