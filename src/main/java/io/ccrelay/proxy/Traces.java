package io.ccrelay.proxy;

import io.ccrelay.http.Fields;
import io.ccrelay.metrics.Answered;
import io.vertx.core.Future;
import java.util.function.Supplier;

/**
 * Follows requests through the relay for those who look from outside. Safe for use from any
 * context.
 *
 * <p>What comes later learns from {@code traceparent} (W3C Trace Context) in the fields of the
 * request to which trace it belongs: the fields are handed on anyway, and no context that a
 * callback might lose is needed.
 */
public interface Traces {

  /** Follows nothing. */
  Traces NONE = _ -> Trace.NONE;

  /** A request with {@code fields} arrived. */
  Trace begin(Fields fields);

  /** One request. */
  interface Trace {

    /** Of a request that is not followed. */
    Trace NONE = new Trace() {};

    /** The request's {@code fields} as they are handed on. */
    default Fields carried(Fields fields) {
      return fields;
    }

    /** Asks the cache as part of the trace. */
    default <T> Future<T> lookUp(Supplier<Future<T>> question) {
      return question.get();
    }

    /** The request was answered. */
    default void ended(Answered answered) {}
  }
}
