package io.ccrelay.policy.run;

import io.ccrelay.policy.expression.Entropy;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** What a run may ask at any time: time, chance, and who listens to it. Never blocks. */
public interface Host extends Entropy {

  /** Wall clock. */
  Instant now();

  /** Monotonic time, nanoseconds. */
  long nanos();

  /** Whether traces are wanted. */
  boolean tracing();

  /** A line of the trace. */
  void trace(Line line);

  /** A metric of tokens. */
  void tokens(TokenMetric metric);

  /**
   * A line of the trace.
   *
   * @param source the statement, or what {@code trace} calls itself
   * @param severity {@code verbose}, {@code information} or {@code error}
   */
  record Line(String source, String severity, String message, Map<String, String> metadata) {

    /** Makes the map immutable. */
    public Line {
      metadata = Map.copyOf(metadata);
    }
  }

  /**
   * Tokens of an answer.
   *
   * @param dimensions names and values, in order
   */
  record TokenMetric(
      String namespace, List<Map.Entry<String, String>> dimensions, long prompt, long completion) {

    /** Makes the list immutable. */
    public TokenMetric {
      dimensions = List.copyOf(dimensions);
    }
  }
}
