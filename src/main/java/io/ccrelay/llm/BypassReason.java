package io.ccrelay.llm;

/** Why a request neither reads nor writes the cache. */
public enum BypassReason {
  /** {@code cache.responses.enabled: false}, in general or by a rule. */
  DISABLED("cache-off"),
  /** A stream, and {@code cache.responses.streaming} is off. */
  STREAMING("streaming-off"),
  /** The client asked for neither. */
  CLIENT("client"),
  /** There is no body. */
  EMPTY_BODY("empty-body"),
  /** The body is not JSON, or not UTF-8. */
  MALFORMED("malformed"),
  /** The body is JSON, but not an object. */
  NOT_AN_OBJECT("not-an-object"),
  /** An object has a member twice: readers differ in which one counts. */
  DUPLICATE_KEY("duplicate-key"),
  /** The body is nested too deeply. */
  TOO_DEEP("too-deep"),
  /** The body would take too long to bring into canonical form. */
  TOO_COMPLEX("too-complex"),
  /** A member the relay depends on has the wrong type. */
  WRONG_TYPE("wrong-type"),
  /** The body is compressed. */
  ENCODED("encoded-body"),
  /** The request uses state that the service keeps: containers, conversations, background work. */
  SERVER_STATE("server-state"),
  /** The request lets the service call tools that may have side effects. */
  SERVER_TOOLS("server-tools");

  private final String token;

  BypassReason(String token) {
    this.token = token;
  }

  /** The token in {@code Cache-Status}, log and metric. */
  public String token() {
    return token;
  }
}
