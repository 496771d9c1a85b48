package io.ccrelay.policy;

/** What is probably not meant although it runs. */
public enum Lint implements Token {
  /** A policy this version does not have, skipped because the configuration says so. */
  UNKNOWN_POLICY("unknown-policy", "is not supported and is skipped"),
  /** Nothing is ever stored. */
  LOOKUP_WITHOUT_STORE("lookup-without-store", "nothing is stored for it: cache-store is missing"),
  /** What is stored is never read. */
  STORE_WITHOUT_LOOKUP("store-without-lookup", "nothing is stored: cache-lookup is missing"),
  /** Statements that never run. */
  UNREACHABLE("unreachable", "never runs: what stands before it always ends, or is always chosen"),
  /** Answers to other questions may be given. */
  LOOSE_THRESHOLD("loose-threshold", "a distance over 0.2 gives answers to other questions"),
  /** The reference allows one in a section. */
  REPEATED("repeated", "stands more than once in this section"),
  /** One caller may see what is stored for another. */
  SHARED_PRIVATE(
      "shared-private", "stores answers to authorized requests without varying by Authorization"),
  /** All callers share answers. */
  SEMANTIC_WITHOUT_VARY("semantic-without-vary-by", "all callers share answers: no vary-by"),
  /** Nothing protects the backend when the cache is empty or down. */
  NO_LIMIT_AFTER_LOOKUP(
      "no-limit-after-lookup", "nothing limits calls to the backend while the cache is down"),
  /** The backend is never called. */
  NO_FORWARD("no-forward-request", "the backend is never called: no forward-request"),
  /** A value that is never read back. */
  DURATION_ZERO("duration-zero", "nothing is stored for 0 seconds"),
  /** All who want a value wait for it whenever it is gone. */
  NO_EARLY_REFRESH(
      "no-early-refresh", "refresh-after is not before expires-after: nobody gets a stale value"),
  /** The request is sent on without its body. */
  BODY_CONSUMED(
      "body-consumed", "the backend gets no body: As without preserveContent: true leaves nothing"),
  /** The request is not sent on as it arrives. */
  BODY_HELD("body-held", "the whole request is held in memory before it is sent on"),
  /** Nobody is limited. */
  LIMIT_WITHOUT_SUBSCRIPTION(
      "limit-without-subscription", "callers without a subscription are not counted"),
  /** One caller may get the answer to another query. */
  UNDECLARED_QUERY(
      "undeclared-query", "query parameters that nothing names do not separate answers"),
  /** Every look-up is a miss. */
  NO_EXTERNAL_CACHE("no-external-cache", "nothing is stored: there is no external cache");

  private final String token;
  private final String advice;

  Lint(String token, String advice) {
    this.token = token;
    this.advice = advice;
  }

  @Override
  public String token() {
    return token;
  }

  /** What it means, for people. */
  public String advice() {
    return advice;
  }
}
