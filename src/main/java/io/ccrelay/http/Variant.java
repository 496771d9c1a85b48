package io.ccrelay.http;

import java.time.Instant;

/**
 * A stored response and what was worked out about it once. Immutable; safe for use from any
 * context.
 *
 * @param response the stored response
 * @param freshness how long it is fresh
 * @param vary what selects it
 * @param selector its own selecting fields, normalised
 * @param date when it was made
 */
public record Variant(
    StoredResponse response, Freshness freshness, Vary vary, String selector, Instant date) {

  /** The variant that {@code response} is. */
  public static Variant of(StoredResponse response, HttpCacheOptions options) {
    var vary = Vary.of(response.fields());
    return new Variant(
        response,
        Freshness.of(response, options),
        vary,
        vary.selector(response.selecting()),
        response.date());
  }

  /** The directives in force. */
  public CacheControl directives() {
    return freshness.directives();
  }

  /**
   * Whether every use needs the origin's consent: it said so, was contradicted since, or gave
   * nothing to tell freshness from.
   */
  public boolean needsValidation() {
    return response.suspect()
        || directives().noCache()
        || freshness.basis() == Freshness.Basis.NONE;
  }

  /** Whether it may serve stale if somebody permits (RFC 9111 section 4.2.4). */
  public boolean mayServeStale() {
    return !needsValidation() && !directives().forbidsStale();
  }

  /**
   * Whether it holds all that {@code request} asks for; a stored part holds only ranges that lie
   * inside.
   */
  public boolean covers(CacheRequest request) {
    return response.part().isEmpty()
        || (response.part().filter(part -> RangePlan.isWithin(part, request)).isPresent()
            && Conditions.rangeApplies(request, response));
  }

  /**
   * The fields of an answer from the store (RFC 9111 sections 4 and 5.2.2.4).
   *
   * @param validated whether the origin was asked for this very answer
   */
  public Fields replay(Instant now, boolean validated) {
    var unwanted = directives().noCacheFields();
    var fields =
        validated || unwanted.isEmpty()
            ? response.fields()
            : response.fields().without(line -> unwanted.contains(ListMembers.lower(line.name())));
    return Age.stamp(fields, freshness.age(now));
  }
}
