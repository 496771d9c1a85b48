package io.ccrelay.policy.run;

import io.ccrelay.cache.Bytes;
import io.ccrelay.http.Fields;
import io.ccrelay.policy.CallPolicy;
import io.ccrelay.policy.CallPolicy.Call;
import io.ccrelay.policy.CallPolicy.ForwardRequest;
import io.ccrelay.policy.CallPolicy.HttpVersion;
import io.ccrelay.policy.CallPolicy.Mode;
import io.ccrelay.policy.CallPolicy.SendOneWayRequest;
import io.ccrelay.policy.CallPolicy.SendRequest;
import io.ccrelay.policy.CallPolicy.SetBackendService;
import io.ccrelay.policy.CallPolicy.Target;
import io.ccrelay.policy.Place;
import io.ccrelay.policy.Section;
import io.ccrelay.policy.SecurityPolicy;
import io.ccrelay.policy.TransformPolicy.SetHeader;
import io.ccrelay.policy.expression.Url;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Statements that call, or choose whom to call. */
final class CallMoves {

  private static final String FORWARD = "forward-request";

  private final Conversation conversation;
  private final Values values;
  private final TransformMoves transform;
  private final Plan plan;

  CallMoves(Conversation conversation, Values values, TransformMoves transform, Plan plan) {
    this.conversation = conversation;
    this.values = values;
    this.transform = transform;
    this.plan = plan;
  }

  Move perform(CallPolicy statement) {
    return switch (statement) {
      case SetBackendService it -> setBackend(it.target());
      case ForwardRequest it -> forward(it);
      case SendRequest it -> send(it);
      case SendOneWayRequest it ->
          outgoing(it.call(), it.place(), call -> Move.done(new Effect.SendOneWay(call)));
    };
  }

  private Move setBackend(Target target) {
    switch (target) {
      case Target.BaseUrl(var url) -> conversation.request().base(url(values.of(url)), Map.of());
      case Target.BackendId(var id) -> {
        var backend = backend(values.of(id));
        conversation.request().base(backend.url(), backend.headers());
      }
    }
    return Move.NEXT;
  }

  private Surroundings.Backend backend(String id) {
    var found = conversation.surroundings().backends().get(id);
    if (found == null) {
      throw PolicyFailure.internal(
          "set-backend-service", "BackendNotFound", "There is no backend '" + id + "'.");
    }
    return found;
  }

  private static Url url(String text) {
    return Urls.parse(text)
        .orElseThrow(
            () -> PolicyFailure.internal("", "UrlInvalid", "Not an absolute http(s) URL."));
  }

  private Move forward(ForwardRequest statement) {
    Request request = conversation.request();
    Optional<Duration> wait = statement.timeout().map(this::timeout);
    var own = request.ownTarget().map(target -> new Effect.OwnService(target, wait));
    var call =
        new Outgoing(
            request.method(),
            request.url(),
            request.forwarded(),
            Optional.ofNullable(request.body()).map(Content::remaining),
            request.bodyIsClients(),
            wait.orElse(Duration.ofSeconds(ForwardRequest.DEFAULT_TIMEOUT)),
            new Outgoing.Manner(
                values.of(statement.followRedirects()),
                statement.httpVersion() != HttpVersion.ONE,
                request.identity()));
    boolean strict = values.of(statement.failOnErrorStatusCode());
    return new Move.Ask(
        new Effect.Forward(call, hold(), own),
        answer -> {
          Response response = answered(FORWARD, answer);
          if (strict && response.statusCode() >= 400) {
            throw new PolicyFailure(
                FORWARD, "BackendErrorStatusCode", "The backend answered with an error.", response);
          }
          conversation.response(response);
          conversation.tokenCounts().forEach(count -> count.tell(conversation, response));
          return Move.NEXT;
        });
  }

  private Effect.Hold hold() {
    if (plan.readsResponseBody()) {
      return Effect.Hold.ALL;
    }
    boolean storable =
        plan.stores()
            && (conversation.lookup().filter(ResponseLookup::allowed).isPresent()
                || conversation.prompt().isPresent());
    if (storable) {
      return Effect.Hold.STORABLE;
    }
    if (conversation.tokenCounts().stream().anyMatch(TokenCount::asksWhatWasConsumed)) {
      return Effect.Hold.COUNTABLE;
    }
    return plan.countsTokens() ? Effect.Hold.READABLE : Effect.Hold.NONE;
  }

  private static Response answered(String source, Answer answer) {
    return switch (answer) {
      case Answer.Answered(Response response) -> response;
      case Answer.Broken(String reason, String message) ->
          throw PolicyFailure.internal(source, reason, message);
      default -> throw new IllegalStateException("no answer to a call: " + answer);
    };
  }

  private Move send(SendRequest statement) {
    return outgoing(
        statement.call(),
        statement.place(),
        call -> new Move.Ask(new Effect.Send(call), answer -> sent(statement, answer)));
  }

  private Move sent(SendRequest statement, Answer answer) {
    String variable = statement.responseVariableName();
    boolean failed =
        answer instanceof Answer.Answered(Response response)
            && response.statusCode() >= 400
            && values.of(statement.failOnErrorStatusCode());
    if (answer instanceof Answer.Broken && values.of(statement.ignoreError())) {
      conversation.variables().put(variable, null);
      return Move.NEXT;
    }
    if (failed) {
      throw PolicyFailure.internal(
          "send-request", "BackendErrorStatusCode", "The service answered with an error.");
    }
    conversation.variables().put(variable, answered("send-request", answer));
    return Move.NEXT;
  }

  private Move outgoing(Call call, Place place, Function<Outgoing, Move> use) {
    boolean copy = values.of(call.mode()) == Mode.COPY;
    Request request = conversation.request();
    Url url = values.of(call.url()).map(CallMoves::url).orElseGet(request::url);
    String method = values.of(call.method()).orElse(copy ? request.method() : "GET");
    Fields fields = copy ? request.headers() : Fields.none();
    for (SetHeader header : call.headers()) {
      fields = transform.withHeader(header, fields);
    }
    boolean withBody = copy && place.section() != Section.OUTBOUND;
    Optional<Bytes> own =
        withBody ? Optional.ofNullable(request.body()).map(Content::remaining) : Optional.empty();
    var base =
        new Outgoing(
            method.toUpperCase(Locale.ROOT),
            url,
            fields,
            own,
            false,
            timeout(call.timeout()),
            Outgoing.Manner.PLAIN);
    return call.body()
        .map(body ->
            transform.body(
                body,
                false,
                content ->
                    authenticated(
                        call,
                        base.with(Optional.ofNullable(content).map(Content::remaining)),
                        use)))
        .orElseGet(() -> authenticated(call, base, use));
  }

  private Move authenticated(Call call, Outgoing base, Function<Outgoing, Move> use) {
    if (call.authentication().isEmpty()) {
      return use.apply(base);
    }
    return switch (call.authentication().get()) {
      case SecurityPolicy.Basic basic ->
          use.apply(withAuthorization(base, SecurityMoves.basic(basic, values)));
      case SecurityPolicy.ManagedIdentity identity ->
          SecurityMoves.token(
              identity, values, token -> use.apply(withAuthorization(base, "Bearer " + token)));
      case SecurityPolicy.Certificate certificate ->
          new Identities(conversation, values)
              .find(certificate, identity -> use.apply(base.with(identity)));
      default -> throw new IllegalStateException("no authentication: " + call);
    };
  }

  private static Outgoing withAuthorization(Outgoing call, String value) {
    return call.with(call.fields().with("Authorization", value));
  }

  private Duration timeout(CallPolicy.Deadline deadline) {
    int amount = Math.max(1, values.of(deadline.amount()));
    return deadline.millis() ? Duration.ofMillis(amount) : Duration.ofSeconds(amount);
  }
}
