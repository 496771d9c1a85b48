package io.ccrelay.policy;

/** A part of a document: the moment of a request at which its statements run. */
public enum Section implements Token {
  /** Before the backend is called. */
  INBOUND("inbound"),
  /** Calls the backend. */
  BACKEND("backend"),
  /** After the backend's answer, or a stored one. */
  OUTBOUND("outbound"),
  /** After an error in any other section. */
  ON_ERROR("on-error");

  private final String token;

  Section(String token) {
    this.token = token;
  }

  @Override
  public String token() {
    return token;
  }
}
