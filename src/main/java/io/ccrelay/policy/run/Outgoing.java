package io.ccrelay.policy.run;

import io.ccrelay.cache.Bytes;
import io.ccrelay.http.Fields;
import io.ccrelay.policy.CertificateEntity;
import io.ccrelay.policy.expression.Url;
import java.time.Duration;
import java.util.Optional;

/**
 * A call to be made.
 *
 * @param body what to send; empty: nothing, or the client's body if {@code clientsBody}
 * @param clientsBody whether the client's body is passed on as it arrives
 * @param timeout longest wait for the head of the answer
 * @param manner how
 */
public record Outgoing(
    String method,
    Url url,
    Fields fields,
    Optional<Bytes> body,
    boolean clientsBody,
    Duration timeout,
    Manner manner) {

  /** The same with other fields. */
  Outgoing with(Fields others) {
    return new Outgoing(method, url, others, body, clientsBody, timeout, manner);
  }

  /** The same with {@code content}. */
  Outgoing with(Optional<Bytes> content) {
    return new Outgoing(method, url, fields, content, clientsBody, timeout, manner);
  }

  /** The same with a proof of who the relay is. */
  Outgoing with(CertificateEntity identity) {
    var other = new Manner(manner.followRedirects(), manner.http2(), Optional.of(identity));
    return new Outgoing(method, url, fields, body, clientsBody, timeout, other);
  }

  /**
   * How a call is made.
   *
   * @param followRedirects whether redirects are followed
   * @param http2 whether HTTP/2 is offered to services that speak TLS
   * @param identity a certificate with its key, shown if the service asks
   */
  public record Manner(
      boolean followRedirects, boolean http2, Optional<CertificateEntity> identity) {

    /** Redirects are answers, HTTP/1.1, no certificate. */
    public static final Manner PLAIN = new Manner(false, false, Optional.empty());
  }
}
