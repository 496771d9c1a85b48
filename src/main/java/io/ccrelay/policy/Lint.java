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
  UNREACHABLE("unreachable", "never runs: a statement before it always ends the request"),
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
  DURATION_ZERO("duration-zero", "nothing is stored for 0 seconds");

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
