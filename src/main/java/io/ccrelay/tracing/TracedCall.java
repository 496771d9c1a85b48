package io.ccrelay.tracing;

import io.ccrelay.http.Fields;
import io.ccrelay.upstream.Origin;
import io.ccrelay.upstream.Upstream;
import io.ccrelay.upstream.UpstreamException;
import io.ccrelay.upstream.WrappedAnswer;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;

/** One exchange with an upstream as a span. Confined to one context. */
final class TracedCall implements Upstream.Call {

  private static final int ERROR = 400;

  private final Span span;
  private final Upstream.Call call;

  TracedCall(Tracing tracing, Upstream real, Upstream.Request request) {
    span = tracing.span("upstream", SpanKind.CLIENT, request.fields());
    span.setAttribute("http.request.method", request.method());
    Origin.parse(request.origin())
        .ifPresent(origin -> span.setAttribute("server.address", origin.host()));
    call =
        real.call(
            new Upstream.Request(
                request.method(),
                request.origin(),
                request.target(),
                Tracing.carried(request.fields(), span),
                request.body(),
                request.deadlines()));
  }

  @Override
  public Upstream.Call onInterim(Upstream.Interim interim) {
    var _ = call.onInterim(interim);
    return this;
  }

  @Override
  public Future<Upstream.Answer> send() {
    return call.send().map(this::answered).onFailure(this::ended);
  }

  private Upstream.Answer answered(Upstream.Answer answer) {
    span.setAttribute("http.response.status_code", answer.status());
    if (answer.status() >= ERROR) {
      span.setStatus(StatusCode.ERROR);
    }
    return new Traced(answer);
  }

  private void ended(Throwable failure) {
    String why =
        failure instanceof UpstreamException known ? known.kind().token() : "upstream-broken";
    span.setAttribute("error.type", why);
    span.setStatus(StatusCode.ERROR);
    span.end();
  }

  @Override
  public void cancel() {
    call.cancel();
    span.end();
  }

  /** An answer whose end is the span's. */
  private final class Traced implements WrappedAnswer {

    private final Upstream.Answer answer;

    Traced(Upstream.Answer answer) {
      this.answer = answer;
    }

    @Override
    public Upstream.Answer answer() {
      return answer;
    }

    @Override
    public void start(Upstream.Sink sink) {
      answer.start(new Ending(sink));
    }

    @Override
    public void cancel() {
      answer.cancel();
      span.end();
    }
  }

  /** Hands everything on and ends the span with the content. */
  private final class Ending implements Upstream.Sink {

    private final Upstream.Sink sink;

    Ending(Upstream.Sink sink) {
      this.sink = sink;
    }

    @Override
    public void chunk(Buffer chunk) {
      sink.chunk(chunk);
    }

    @Override
    public void end(Fields trailers) {
      span.end();
      sink.end(trailers);
    }

    @Override
    public void failed(UpstreamException cause) {
      ended(cause);
      sink.failed(cause);
    }
  }
}
