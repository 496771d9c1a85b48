package io.ccrelay.metrics;

import io.ccrelay.cache.Bytes;
import io.ccrelay.cache.CacheOutcome;
import io.ccrelay.cache.Key;
import io.ccrelay.cache.Usage;
import java.util.HexFormat;
import java.util.Optional;

/**
 * How one request was answered: what the meters count, the access log writes and the dashboard
 * shows. Holds nothing of the request's content and no credential.
 *
 * @param route a name from a closed set, such as {@code messages}
 * @param outcome how it was answered
 * @param status the status code sent, 499 for a client that left
 * @param nanos from the request's head to the answer's end
 * @param model the model asked for, empty where there is none
 * @param key where its answer is stored, absent where nothing was looked up
 * @param scope a digest of who may see the answer, empty where nothing was looked up
 * @param reason our own reason token, empty = none
 * @param saved tokens that were not bought
 */
public record Answered(
    String route,
    CacheOutcome outcome,
    int status,
    long nanos,
    String model,
    Optional<Key> key,
    Bytes scope,
    String reason,
    Usage saved) {

  /** An answer of a route without models and keys. */
  public static Answered of(String route, CacheOutcome outcome, int status, long nanos) {
    return new Answered(
        route, outcome, status, nanos, "", Optional.empty(), Bytes.empty(), "", Usage.NONE);
  }

  /** The same answer, given once more after {@code nanos} nanoseconds. */
  public Answered again(long nanos) {
    return new Answered(route, outcome, status, nanos, model, key, scope, reason, saved);
  }

  /** The digits that name the scope in attributes of entries and in purges; empty without one. */
  public String scopeLabel() {
    return scope.isEmpty()
        ? ""
        : HexFormat.of().formatHex(scope.slice(0, Math.min(6, scope.size())).toArray());
  }

  /** Whether no upstream was asked for this answer. */
  public boolean avoided() {
    return switch (outcome) {
      case HIT, STALE, COALESCED, SEMANTIC -> true;
      case MISS, BYPASS -> false;
    };
  }
}
