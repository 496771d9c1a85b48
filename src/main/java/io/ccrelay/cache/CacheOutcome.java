package io.ccrelay.cache;

/** How a request was answered, as {@code X-CC-Relay-Cache}, log and metric name it. */
public enum CacheOutcome {
  /** From a fresh entry. */
  HIT("hit"),
  /** From upstream, after a look-up that found nothing usable. */
  MISS("miss"),
  /** From an entry past its freshness, within a stale window. */
  STALE("stale"),
  /** From an equal request's upstream call. */
  COALESCED("coalesced"),
  /** From the entry of a similar request. */
  SEMANTIC("semantic"),
  /** Without asking the cache. */
  BYPASS("bypass");

  private final String token;

  CacheOutcome(String token) {
    this.token = token;
  }

  /** The token on the wire. */
  public String token() {
    return token;
  }
}
