package io.ccrelay.http;

/** Why a request was forwarded (RFC 9211 section 2.2). */
public enum ForwardReason {
  /** The cache was configured not to handle the request. */
  BYPASS("bypass"),
  /** The method demands it. */
  METHOD("method"),
  /** Nothing is stored for the URI. */
  URI_MISS("uri-miss"),
  /** Something is stored for the URI, but selected by other request fields. */
  VARY_MISS("vary-miss"),
  /** Nothing usable is stored, for whatever reason. */
  MISS("miss"),
  /** A fresh response is stored, but the request forbade its use. */
  REQUEST("request"),
  /** The stored response is stale. */
  STALE("stale"),
  /** The stored response is partial and lacks what was asked for. */
  PARTIAL("partial");

  private final String token;

  ForwardReason(String token) {
    this.token = token;
  }

  /** The token on the wire, in logs and metrics. */
  public String token() {
    return token;
  }
}
