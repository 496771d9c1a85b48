package io.ccrelay.cassette;

import io.ccrelay.cache.Bytes;
import io.ccrelay.http.Fields;
import io.ccrelay.llm.Dialect;
import io.ccrelay.llm.ErrorAnswer;
import io.ccrelay.llm.Route;
import io.ccrelay.upstream.GivenAnswer;
import io.ccrelay.upstream.Upstream;
import io.ccrelay.upstream.UpstreamException;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One exchange with a cassette before the upstream. Confined to one context. */
final class CassetteCall implements Upstream.Call {

  private final Vertx vertx;
  private final Cassette cassette;
  private final Upstream real;
  private final Upstream.Request request;
  private final Optional<Route> route;
  private Upstream.Interim interim = (status, fields) -> {};
  private Upstream.@Nullable Call asked;
  private boolean cancelled;

  CassetteCall(
      Vertx vertx,
      Cassette cassette,
      Upstream real,
      Upstream.Request request,
      Optional<Route> route) {
    this.vertx = vertx;
    this.cassette = cassette;
    this.real = real;
    this.request = request;
    this.route = route;
  }

  /** What the cassette knows of the request. */
  private record Found(Optional<Question> question, Optional<Take> take, String difference) {}

  @Override
  public Upstream.Call onInterim(Upstream.Interim listener) {
    interim = listener;
    return this;
  }

  @Override
  public Future<Upstream.Answer> send() {
    return vertx
        .executeBlocking(this::look, false)
        .compose(found -> found(Objects.requireNonNull(found)));
  }

  /** On a worker: large requests take long to read, and all questions to compare with. */
  private Found look() {
    Optional<Question> question = route.flatMap(this::question);
    Optional<Take> take = question.flatMap(it -> cassette.find(it.key()));
    boolean replays = cassette.mode() == CassetteOptions.Mode.REPLAY;
    String difference = replays && take.isEmpty() ? difference(question) : "";
    return new Found(question, take, difference);
  }

  private Optional<Question> question(Route path) {
    return request.body() instanceof Upstream.Body.Whole(Buffer body)
        ? Question.of(
            path,
            request.target(),
            request.fields(),
            Bytes.owned(body.getBytes()),
            cassette.recipe())
        : Optional.empty();
  }

  private String difference(Optional<Question> question) {
    if (question.isEmpty()) {
      return "it cannot be recorded";
    }
    return cassette
        .nearest(question.get().parts())
        .map(parts -> parts.isEmpty() ? List.of("a part that is not told apart") : parts)
        .map(parts -> "the recorded request most like it differs in " + String.join(", ", parts))
        .orElse("nothing is recorded");
  }

  private Future<Upstream.Answer> found(Found found) {
    if (cancelled) {
      return Future.failedFuture(
          new UpstreamException(UpstreamException.Kind.CLIENT_GONE, "given up"));
    }
    return switch (cassette.mode()) {
      case REPLAY ->
          Future.succeededFuture(found.take().map(this::played).orElseGet(() -> missing(found)));
      case HYBRID ->
          found.take().isPresent()
              ? Future.succeededFuture(played(found.take().get()))
              : record(found.question());
      case RECORD, NORMAL -> record(found.question());
    };
  }

  private Upstream.Answer played(Take take) {
    return take.body()
        .lend((array, offset, length) ->
            new GivenAnswer(
                take.status(),
                take.fields(),
                Buffer.buffer(length).appendBytes(array, offset, length)));
  }

  /** Clients that retry on 5xx would ask again and again for what is not there. */
  private Upstream.Answer missing(Found found) {
    Dialect dialect =
        route
            .map(Route::dialect)
            .orElse(request.target().contains("/v1/messages") ? Dialect.ANTHROPIC : Dialect.OPENAI);
    Bytes body =
        ErrorAnswer.of(
            dialect,
            504,
            "the cassette has no answer to this request: " + found.difference(),
            Optional.empty());
    return new GivenAnswer(
        504,
        Fields.of("content-type", "application/json", "x-should-retry", "false"),
        Buffer.buffer(body.toArray()));
  }

  private Future<Upstream.Answer> record(Optional<Question> question) {
    Upstream.Call call = real.call(request).onInterim(interim);
    asked = call;
    return call.send()
        .map(answer ->
            question.isPresent() && Recorded.isWorthIt(answer)
                ? new Recorded(vertx, cassette, question.get(), answer)
                : answer);
  }

  @Override
  public void cancel() {
    cancelled = true;
    if (asked != null) {
      asked.cancel();
    }
  }
}
