package io.ccrelay.llm;

/** Why an answer is passed on without being stored. */
public enum PassReason {
  /** The status is not 200. */
  STATUS("status"),
  /** The media type is not the one the wire form has. */
  CONTENT_TYPE("content-type"),
  /** The body has a content coding, so that it cannot be read here. */
  ENCODED("encoded"),
  /** The service forbids storing. */
  NO_STORE("no-store"),
  /** The answer varies in ways no request field shows. */
  VARY("vary"),
  /** The body ended with the connection: nobody can tell whether it is whole. */
  CLOSE_DELIMITED("close-delimited"),
  /** The body is above the size that is stored. */
  TOO_LARGE("too-large"),
  /** The body is not what its media type says. */
  UNREADABLE("unreadable"),
  /** The stream ended without its terminal event. */
  INCOMPLETE("incomplete"),
  /** An error in the clothes of a success. */
  ERROR("error"),
  /** Nothing was answered. */
  EMPTY("empty"),
  /** The model declined. */
  REFUSAL("refusal"),
  /** The answer was cut at a limit of tokens. */
  TRUNCATED("truncated"),
  /** The turn is to be continued by the client. */
  PAUSED("paused"),
  /** The service suppressed content. */
  FILTERED("content-filter"),
  /** The answer calls tools and the configuration does not store those. */
  TOOL_USE("tool-use"),
  /** The arguments of a tool call are not JSON. */
  TOOL_INPUT("tool-input"),
  /** The answer refers to state kept by the service. */
  SERVER_STATE("server-state"),
  /** The reason the model stopped for is missing or unknown. */
  STOP_REASON("stop-reason");

  private final String token;

  PassReason(String token) {
    this.token = token;
  }

  /** The token in {@code Cache-Status}, log and metric. */
  public String token() {
    return token;
  }
}
