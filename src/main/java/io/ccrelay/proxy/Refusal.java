package io.ccrelay.proxy;

/** Why a request is not admitted: what the client is told and the reason token. */
public enum Refusal {
  /** The parser could not make sense of the head or its framing. */
  MALFORMED(400, "malformed-request", "the request is malformed"),
  /** RFC 9112 section 3: single blanks separate method, target and version. */
  REQUEST_LINE(400, "bad-request-line", "the request line is malformed"),
  /** RFC 9110 section 2.5. */
  VERSION(505, "http-version", "the HTTP version is not supported"),
  /** RFC 9110 section 9.1: methods are case-sensitive, the registered ones upper-case. */
  METHOD(400, "bad-method", "the method is malformed"),
  /** CONNECT and TRACE: the relay is no tunnel and reflects nothing. */
  TUNNEL(501, "method-not-supported", "the method is not supported"),
  /** RFC 3986: no normal form, or several readings of one path. */
  TARGET(400, "bad-target", "the request target is malformed or ambiguous"),
  /** RFC 9112 section 3.2: exactly one valid Host. */
  HOST(400, "bad-host", "exactly one valid Host is required"),
  /** RFC 9112 section 3.2.2: an absolute target names another host than Host. */
  HOST_MISMATCH(400, "host-mismatch", "the request target and Host name different hosts"),
  /** RFC 9110 section 5.1: a field line has no name. */
  FIELD_NAME(400, "bad-field-name", "a header field has no name"),
  /** RFC 9112 section 5.2: line folding is obsolete. */
  FOLDED_LINE(400, "folded-field", "a header field is folded over several lines"),
  /** RFC 6585 section 5. */
  TOO_MANY_FIELDS(431, "too-many-fields", "the request has too many header fields"),
  /** RFC 6585 section 5. */
  FIELDS_TOO_LARGE(431, "fields-too-large", "the header fields are too large"),
  /** RFC 9110 section 15.5.15. */
  TARGET_TOO_LONG(414, "target-too-long", "the request line is too long"),
  /** A field that must be single, because who reads the first and who the last would differ. */
  DUPLICATE_FIELD(400, "duplicate-field", "a header field that must be single is repeated"),
  /** RFC 9112 section 6.3: contradicting or repeated framing. */
  FRAMING(400, "bad-framing", "the length of the content is ambiguous"),
  /** RFC 9112 section 6.1: a transfer coding other than chunked. */
  TRANSFER_CODING(501, "transfer-coding", "the transfer coding is not supported"),
  /** RFC 9110 section 7.6.1: a field the relay relies on is nominated for removal. */
  CONNECTION_OPTION(400, "bad-connection-option", "Connection names a field that must stay"),
  /** RFC 9113 section 8.2.2: connection-specific fields have no place in HTTP/2. */
  CONNECTION_FIELD(400, "connection-field", "a connection-specific field is not allowed in HTTP/2"),
  /** RFC 9110 section 10.1.1. */
  EXPECTATION(417, "expectation", "the expectation cannot be met"),
  /** RFC 9110 section 9.3.1: content of GET and HEAD has no meaning and hides requests. */
  UNEXPECTED_CONTENT(400, "unexpected-content", "content is not allowed with this method");

  private final int status;
  private final String token;
  private final String message;

  Refusal(int status, String token, String message) {
    this.status = status;
    this.token = token;
    this.message = message;
  }

  /** The status code of the answer. */
  public int status() {
    return status;
  }

  /** The reason for log and metric. */
  public String token() {
    return token;
  }

  /** The sentence for the error body. */
  public String message() {
    return message;
  }
}
