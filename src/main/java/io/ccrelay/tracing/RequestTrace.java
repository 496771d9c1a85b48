package io.ccrelay.tracing;

import io.ccrelay.http.Fields;
import io.ccrelay.metrics.Answered;
import io.ccrelay.proxy.Traces;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.vertx.core.Future;
import java.util.function.Supplier;

/** The span of one request and what lies within. Confined to the request's context. */
final class RequestTrace implements Traces.Trace {

  private static final int SERVER_ERROR = 500;

  private final Tracing tracing;
  private final Span span;

  RequestTrace(Tracing tracing, Span span) {
    this.tracing = tracing;
    this.span = span;
  }

  @Override
  public Fields carried(Fields fields) {
    return Tracing.carried(fields, span);
  }

  @Override
  public <T> Future<T> lookUp(Supplier<Future<T>> question) {
    Span within = tracing.span("cache lookup", SpanKind.INTERNAL, carried(Fields.none()));
    return question.get().onComplete(_ -> within.end());
  }

  @Override
  public void ended(Answered answered) {
    span.updateName(answered.route());
    span.setAttribute("http.response.status_code", answered.status());
    span.setAttribute("http.route", answered.route());
    span.setAttribute("cc_relay.cache.outcome", answered.outcome().token());
    if (!answered.reason().isEmpty()) {
      span.setAttribute("cc_relay.reason", answered.reason());
    }
    if (!answered.model().isEmpty()) {
      span.setAttribute("gen_ai.request.model", answered.model());
    }
    answered.key().ifPresent(key -> span.setAttribute("cc_relay.cache.key", key.prefix()));
    if (answered.status() >= SERVER_ERROR) {
      span.setStatus(StatusCode.ERROR);
    }
    span.end();
  }
}
