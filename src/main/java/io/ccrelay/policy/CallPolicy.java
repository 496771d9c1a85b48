package io.ccrelay.policy;

import java.util.List;
import java.util.Optional;

/** Statements that call, or choose whom to call. */
public sealed interface CallPolicy extends Policy {

  /** {@code set-backend-service}. */
  record SetBackendService(Place place, Target target) implements CallPolicy {}

  /** Whom to call. */
  sealed interface Target {

    /** The service at a URL. */
    record BaseUrl(PolicyValue<String> url) implements Target {}

    /** A configured backend. */
    record BackendId(PolicyValue<String> id) implements Target {}
  }

  /** HTTP versions towards a backend. */
  enum HttpVersion implements Token {
    /** HTTP/1.1. */
    ONE("1"),
    /** HTTP/2, or HTTP/1.1 if the backend does not speak it. */
    TWO_OR_ONE("2or1"),
    /** HTTP/2. */
    TWO("2");

    private final String token;

    HttpVersion(String token) {
      this.token = token;
    }

    @Override
    public String token() {
      return token;
    }
  }

  /**
   * Longest wait for the head of an answer.
   *
   * @param amount in seconds, or in milliseconds if {@code millis}
   */
  record Deadline(PolicyValue<Integer> amount, boolean millis) {}

  /**
   * {@code forward-request}: sends the request to the backend.
   *
   * @param timeout of the document; empty: that of the API, or {@link #DEFAULT_TIMEOUT} elsewhere
   * @param continueTimeout seconds to wait for {@code 100 Continue}
   * @param failOnErrorStatusCode whether an answer from 400 on is an error
   */
  record ForwardRequest(
      Place place,
      Optional<Deadline> timeout,
      Optional<PolicyValue<Integer>> continueTimeout,
      HttpVersion httpVersion,
      PolicyValue<Boolean> followRedirects,
      PolicyValue<Boolean> bufferRequestBody,
      PolicyValue<Boolean> bufferResponse,
      PolicyValue<Boolean> failOnErrorStatusCode)
      implements CallPolicy {

    /** Seconds to wait for another service than the API's own. */
    public static final int DEFAULT_TIMEOUT = 300;
  }

  /** What a call starts from. */
  enum Mode implements Token {
    /** Nothing. */
    NEW("new"),
    /** The current request. */
    COPY("copy");

    private final String token;

    Mode(String token) {
      this.token = token;
    }

    @Override
    public String token() {
      return token;
    }
  }

  /**
   * The request of a call.
   *
   * @param url required if {@code mode} is {@link Mode#NEW}
   * @param method absent = GET for a new request, that of the request for a copy
   * @param authentication one of {@link SecurityPolicy.Basic}, {@link SecurityPolicy.Certificate}
   *     and {@link SecurityPolicy.ManagedIdentity}
   */
  record Call(
      PolicyValue<Mode> mode,
      Deadline timeout,
      Optional<PolicyValue<String>> url,
      Optional<PolicyValue<String>> method,
      List<TransformPolicy.SetHeader> headers,
      Optional<TransformPolicy.SetBody> body,
      Optional<SecurityPolicy> authentication) {

    /** Seconds to wait unless the document says otherwise. */
    public static final int DEFAULT_TIMEOUT = 60;

    /** Makes the list immutable. */
    public Call {
      headers = List.copyOf(headers);
    }
  }

  /**
   * {@code send-request}: calls and keeps the answer in a variable.
   *
   * @param ignoreError whether a failure leaves null in the variable instead of ending in {@code
   *     on-error}
   */
  record SendRequest(
      Place place,
      String responseVariableName,
      PolicyValue<Boolean> ignoreError,
      PolicyValue<Boolean> bufferResponse,
      PolicyValue<Boolean> failOnErrorStatusCode,
      Call call)
      implements CallPolicy {}

  /** {@code send-one-way-request}: calls and does not wait for the answer. */
  record SendOneWayRequest(Place place, Call call) implements CallPolicy {}
}
