package io.ccrelay.tracing;

import io.ccrelay.http.Field;
import io.ccrelay.http.Fields;
import io.ccrelay.proxy.Traces;
import io.ccrelay.upstream.Upstream;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.SpanProcessor;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Spans of requests, sent by OTLP over HTTP. They wait in a bounded queue beside the event loops
 * and are dropped when the collector does not keep up. Safe for use from any context.
 */
public final class Tracing implements Traces {

  private static final W3CTraceContextPropagator W3C = W3CTraceContextPropagator.getInstance();
  private static final Duration LONGEST_EXPORT = Duration.ofSeconds(10);
  private static final Duration LONGEST_CLOSE = Duration.ofSeconds(3);

  private static final TextMapGetter<Fields> READING =
      new TextMapGetter<>() {
        @Override
        public Iterable<String> keys(Fields carrier) {
          return carrier.lines().stream().map(Field::name).toList();
        }

        @Override
        public @Nullable String get(@Nullable Fields carrier, String key) {
          return carrier == null ? null : carrier.first(key).orElse(null);
        }
      };

  private final SdkTracerProvider provider;
  private final Tracer tracer;

  Tracing(SpanProcessor spans, double sample, String version) {
    provider =
        SdkTracerProvider.builder()
            .addSpanProcessor(spans)
            .setSampler(Sampler.parentBased(Sampler.traceIdRatioBased(sample)))
            .setResource(
                Resource.create(
                    Attributes.of(
                        AttributeKey.stringKey("service.name"),
                        "cc-relay",
                        AttributeKey.stringKey("service.version"),
                        version)))
            .build();
    tracer = provider.get("io.ccrelay");
  }

  /**
   * Traces as {@code options} say.
   *
   * @throws IllegalArgumentException if they name no address
   */
  public static Tracing of(TracingOptions options, String version) {
    ExportTrouble.hear();
    var exporter =
        OtlpHttpSpanExporter.builder()
            .setEndpoint(options.otlp())
            .setTimeout(LONGEST_EXPORT)
            .build();
    return new Tracing(BatchSpanProcessor.builder(exporter).build(), options.sample(), version);
  }

  @Override
  public Trace begin(Fields fields) {
    return new RequestTrace(this, span("request", SpanKind.SERVER, fields));
  }

  /** {@code real}, each exchange as part of the trace its request belongs to. */
  public Upstream around(Upstream real) {
    return request -> new TracedCall(this, real, request);
  }

  /** A span that begins now as part of the trace that {@code fields} tell of. */
  Span span(String name, SpanKind kind, Fields fields) {
    Context parent = W3C.extract(Context.root(), fields, READING);
    return tracer.spanBuilder(name).setSpanKind(kind).setParent(parent).startSpan();
  }

  /** {@code fields} that tell of {@code span} instead of what they told of before. */
  static Fields carried(Fields fields, Span span) {
    if (!span.getSpanContext().isValid()) {
      return fields;
    }
    var lines = new ArrayList<Field>();
    fields.forEach(line -> {
      if (!line.is("traceparent") && !line.is("tracestate")) {
        lines.add(line);
      }
    });
    W3C.inject(Context.root().with(span), lines, Tracing::add);
    return Fields.of(lines);
  }

  private static void add(@Nullable List<Field> lines, String name, String value) {
    if (lines != null) {
      lines.add(new Field(name, value));
    }
  }

  /** Sends what waits and ends. Waits some seconds at most: for workers. */
  public void close() {
    var _ = provider.shutdown().join(LONGEST_CLOSE.toMillis(), TimeUnit.MILLISECONDS);
  }
}
