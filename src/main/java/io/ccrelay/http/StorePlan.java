package io.ccrelay.http;

/** Whether a response is stored (RFC 9111 section 3). */
public sealed interface StorePlan {

  /**
   * It is stored once its content is complete.
   *
   * @param variant what to store, its length still unknown
   */
  record Keep(Variant variant) implements StorePlan {}

  /**
   * It is passed on only.
   *
   * @param reason why
   */
  record Pass(Reason reason) implements StorePlan {}

  /** Why a response is not stored. */
  enum Reason {
    /** The method leaves nothing to store. */
    METHOD("method"),
    /** The response is not final. */
    INTERIM("interim"),
    /** A 304: it updates, it is no entry. */
    NOT_MODIFIED("not-modified"),
    /** A part whose place in the whole is unknown. */
    PARTIAL("partial"),
    /** The status answers a condition or range of this request only. */
    CONDITIONAL("conditional"),
    /** The request says {@code no-store}. */
    REQUEST_NO_STORE("request-no-store"),
    /** The response says {@code no-store}. */
    NO_STORE("no-store"),
    /** {@code must-understand} with a status this cache has no rules for. */
    NOT_UNDERSTOOD("not-understood"),
    /** The response is for one user. */
    PRIVATE("private"),
    /** The request had credentials and the response does not say it may be shared. */
    CREDENTIALS("credentials"),
    /** {@code Vary: *}. */
    VARY_ANY("vary-any"),
    /** The operator refuses responses that set cookies. */
    SET_COOKIE("set-cookie"),
    /** Neither explicit freshness nor a status that is cacheable without. */
    NO_FRESHNESS("no-freshness"),
    /** It could never be used again without a validator, and has none. */
    NO_VALIDATOR("no-validator");

    private final String token;

    Reason(String token) {
      this.token = token;
    }

    /** The token in {@code Cache-Status}, logs and metrics. */
    public String token() {
      return token;
    }
  }

  /** What becomes of {@code exchange}. */
  static StorePlan of(Exchange exchange, HttpCacheOptions options) {
    return StoreRules.plan(exchange, options);
  }

  /**
   * What becomes of a stored response that a 304 or HEAD has changed: the directives it carries now
   * may forbid to keep it.
   */
  static StorePlan ofUpdated(
      StoredResponse response, CacheRequest request, HttpCacheOptions options) {
    return StoreRules.again(response, request, options);
  }
}
