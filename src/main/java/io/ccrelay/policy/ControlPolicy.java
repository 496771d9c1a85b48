package io.ccrelay.policy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Statements that decide which statements run. */
public sealed interface ControlPolicy extends Policy {

  /** {@code base}: the same section of the next wider scope. */
  record Base(Place place) implements ControlPolicy {}

  /**
   * {@code choose}: the first branch whose condition is true, or {@code otherwise}.
   *
   * @param whens at least one
   */
  record Choose(Place place, List<When> whens, List<Policy> otherwise) implements ControlPolicy {

    /** Makes the lists immutable. */
    public Choose {
      whens = List.copyOf(whens);
      otherwise = List.copyOf(otherwise);
    }

    @Override
    public List<Policy> nested() {
      var nested = new ArrayList<Policy>();
      whens.forEach(when -> nested.addAll(when.body()));
      nested.addAll(otherwise);
      return nested;
    }
  }

  /** One branch of {@link Choose}. */
  record When(Place place, PolicyValue<Boolean> condition, List<Policy> body) {

    /** Makes the list immutable. */
    public When {
      body = List.copyOf(body);
    }
  }

  /**
   * {@code return-response}: answers at once; nothing else runs.
   *
   * @param responseVariableName a variable with the response to start from
   */
  record ReturnResponse(
      Place place,
      Optional<String> responseVariableName,
      Optional<TransformPolicy.SetStatus> status,
      List<TransformPolicy.SetHeader> headers,
      Optional<TransformPolicy.SetBody> body)
      implements ControlPolicy {

    /** Makes the list immutable. */
    public ReturnResponse {
      headers = List.copyOf(headers);
    }
  }

  /**
   * {@code retry}: runs its body, and again while the condition is true.
   *
   * @param count most repetitions, 1 to 50
   * @param interval seconds before the first repetition
   * @param maxInterval longest wait in seconds; present = the waits grow exponentially
   * @param delta seconds by which waits grow
   * @param firstFastRetry whether the first repetition follows at once
   */
  record Retry(
      Place place,
      PolicyValue<Boolean> condition,
      PolicyValue<Integer> count,
      PolicyValue<Integer> interval,
      Optional<PolicyValue<Integer>> maxInterval,
      Optional<PolicyValue<Integer>> delta,
      PolicyValue<Boolean> firstFastRetry,
      List<Policy> body)
      implements ControlPolicy {

    /** Makes the list immutable. */
    public Retry {
      body = List.copyOf(body);
    }

    @Override
    public List<Policy> nested() {
      return body;
    }
  }

  /** Which statements {@link Wait} waits for. */
  enum WaitFor implements Token {
    /** Every one. */
    ALL("all"),
    /** The first that ends. */
    ANY("any");

    private final String token;

    WaitFor(String token) {
      this.token = token;
    }

    @Override
    public String token() {
      return token;
    }
  }

  /** {@code wait}: its statements at the same time. */
  record Wait(Place place, PolicyValue<WaitFor> waitFor, List<Policy> body)
      implements ControlPolicy {

    /** Makes the list immutable. */
    public Wait {
      body = List.copyOf(body);
    }

    @Override
    public List<Policy> nested() {
      return body;
    }
  }

  /**
   * {@code limit-concurrency}: at most so many requests inside; others are refused with 429 at
   * once.
   *
   * @param maxCount at least 1
   */
  record LimitConcurrency(Place place, PolicyValue<String> key, int maxCount, List<Policy> body)
      implements ControlPolicy {

    /** Makes the list immutable. */
    public LimitConcurrency {
      body = List.copyOf(body);
    }

    @Override
    public List<Policy> nested() {
      return body;
    }
  }

  /** How much a trace matters. */
  enum Severity implements Token {
    /** For debugging. */
    VERBOSE("verbose"),
    /** For the record. */
    INFORMATION("information"),
    /** A failure. */
    ERROR("error");

    private final String token;

    Severity(String token) {
      this.token = token;
    }

    @Override
    public String token() {
      return token;
    }
  }

  /** {@code trace}: writes a line. */
  record Trace(
      Place place,
      String source,
      Severity severity,
      PolicyValue<String> message,
      List<Metadata> metadata)
      implements ControlPolicy {

    /** Makes the list immutable. */
    public Trace {
      metadata = List.copyOf(metadata);
    }
  }

  /** One named value of {@link Trace}. */
  record Metadata(String name, PolicyValue<String> value) {}

  /**
   * {@code mock-response}: answers at once with a sample.
   *
   * @param contentType of the sample, absent = that of the first one
   */
  record MockResponse(
      Place place, PolicyValue<Integer> statusCode, Optional<PolicyValue<String>> contentType)
      implements ControlPolicy {}
}
