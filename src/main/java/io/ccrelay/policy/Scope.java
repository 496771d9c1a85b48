package io.ccrelay.policy;

/** What a document applies to, widest first. */
public enum Scope implements Token {
  /** Every API. */
  GLOBAL("global"),
  /** The APIs of a product, for callers who subscribed to it. */
  PRODUCT("product"),
  /** One API. */
  API("api"),
  /** One operation of an API. */
  OPERATION("operation");

  private final String token;

  Scope(String token) {
    this.token = token;
  }

  @Override
  public String token() {
    return token;
  }
}
