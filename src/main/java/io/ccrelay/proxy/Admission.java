package io.ccrelay.proxy;

import io.ccrelay.http.Fields;
import io.vertx.core.http.HttpVersion;

/**
 * Whether a request may be looked at: the decision about its head, taken before any routing. The
 * rules are those of RFC 9110, 9112 and 9113 read strictly: whatever another implementation could
 * read differently is refused.
 */
public sealed interface Admission {

  /**
   * A request with one reading.
   *
   * @param path its path in the one normal form, percent-encoded as received
   * @param query what follows the question mark, empty if nothing does
   * @param authority its host and port as received, empty for HTTP/1.0 without Host
   * @param fields its end-to-end fields: without Host, framing, expectation, hop-by-hop fields and
   *     those that Connection nominates (RFC 9110 section 7.6.1)
   */
  record Admitted(String path, String query, String authority, Fields fields) implements Admission {

    /** The same request with other end-to-end fields. */
    public Admitted with(Fields others) {
      return new Admitted(path, query, authority, others);
    }

    /** Path and query as they stand in a request line. */
    public String target() {
      return query.isEmpty() ? path : path + '?' + query;
    }
  }

  /** A request that is answered with {@code reason} and not looked at any further. */
  record Refused(Refusal reason) implements Admission {

    /** The status code of the answer. */
    public int status() {
      return reason.status();
    }

    /** The reason for log and metric. */
    public String token() {
      return reason.token();
    }

    /** The sentence for the error body. */
    public String message() {
      return reason.message();
    }
  }

  /**
   * Decides about a head.
   *
   * @param method as received
   * @param target the request target as received, for HTTP/2 the value of {@code :path}
   * @param version its protocol
   * @param fields all field lines in order; for HTTP/2 with the authority as {@code host}
   */
  static Admission of(String method, String target, HttpVersion version, Fields fields) {
    return HeadRules.decide(method, target, version, fields);
  }
}
