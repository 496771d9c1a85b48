package io.ccrelay.tracing;

/**
 * {@code tracing}.
 *
 * @param otlp where spans go, such as {@code http://localhost:4318/v1/traces}; empty: nowhere
 * @param sample share of requests that begin a trace here and are followed, 0 to 1; who is part of
 *     a trace already is followed if it is (W3C Trace Context, sampled flag)
 */
public record TracingOptions(String otlp, double sample) {

  /** No traces. */
  public static final TracingOptions OFF = new TracingOptions("", 1);

  /** Whether there are traces. */
  public boolean enabled() {
    return !otlp.isEmpty();
  }
}
