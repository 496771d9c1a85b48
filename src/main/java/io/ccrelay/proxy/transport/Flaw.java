package io.ccrelay.proxy.transport;

/** What {@link StrictRequestDecoder} refuses in the head of an HTTP/1 request. */
public enum Flaw {
  /** Separators other than single blanks (RFC 9112 section 3). */
  REQUEST_LINE,
  /** A version other than HTTP/1.1 and HTTP/1.0. */
  VERSION,
  /** A field line without a name (RFC 9110 section 5.1). */
  FIELD_NAME,
  /** A field line continued on the next line (RFC 9112 section 5.2). */
  FOLDED_LINE,
  /** More than {@link StrictRequestDecoder#MAX_FIELDS} field lines. */
  TOO_MANY_FIELDS
}
