package io.ccrelay.http;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What a cache does with a request, given what it holds (RFC 9111 section 4). */
public sealed interface CachePlan {

  /**
   * Answer from the store.
   *
   * @param variant the response selected
   * @param ttl its remaining freshness, negative when the request accepts it stale
   */
  record Serve(Variant variant, Duration ttl) implements CachePlan {}

  /**
   * Answer from the store, stale, and validate in the background (RFC 5861 section 3).
   *
   * @param variant the response selected
   * @param ttl how long ago it expired, as a negative span or zero
   */
  record ServeWhileRevalidating(Variant variant, Duration ttl) implements CachePlan {}

  /**
   * Ask the origin whether something stored is current.
   *
   * @param selected what the request selects; empty if only other variants can be confirmed
   * @param candidates everything stored under the key, for {@link Update#select}
   * @param reason why the store does not answer
   * @param fields the fields to send: those of the request with the validators
   */
  record Validate(
      Optional<Variant> selected, List<Variant> candidates, ForwardReason reason, Fields fields)
      implements CachePlan {}

  /**
   * Forward the request as it is.
   *
   * @param reason why the store does not answer
   */
  record Forward(ForwardReason reason) implements CachePlan {}

  /** Answer 504: the client wants nothing but what is stored, and that cannot serve. */
  record Refuse() implements CachePlan {}

  /** The plan for {@code request}, given all responses {@code stored} under its key. */
  static CachePlan of(
      CacheRequest request, Variants stored, Instant now, HttpCacheOptions options) {
    return new CacheRules(request, stored, now, options).plan();
  }
}
