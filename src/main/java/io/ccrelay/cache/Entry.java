package io.ccrelay.cache;

import io.ccrelay.http.Fields;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * A stored answer: complete, immutable and self-describing.
 *
 * @param status the status code of the answer
 * @param form how the body is framed
 * @param storedAt when the answer was complete, wall clock
 * @param freshFor freshness lifetime counted from {@code storedAt}; {@link Duration#ZERO} is stale
 *     at once
 * @param staleFor how long beyond {@code freshFor} it may serve in the stale windows
 * @param fields the fields to replay; fields that describe one past exchange are not among them
 * @param tags surrogate tags to purge by
 * @param attributes what the entry was made of, for purge and statistics: {@code model}, {@code
 *     provider}, {@code scope} (hashed)...
 * @param usage tokens that a hit saves
 * @param body the content, identity-coded unless {@code fields} says otherwise
 * @param askedAt when the exchange that brought the answer began, wall clock: what was asked for
 *     before a purge is void after it
 */
public record Entry(
    int status,
    Form form,
    Instant storedAt,
    Duration freshFor,
    Duration staleFor,
    Fields fields,
    List<String> tags,
    Map<String, String> attributes,
    Usage usage,
    Bytes body,
    Instant askedAt) {

  /** How a body is framed. */
  public enum Form {
    /** One JSON document. */
    JSON,
    /** A complete stream of server-sent events. */
    EVENT_STREAM,
    /** Anything else. */
    OPAQUE
  }

  /** An entry whose answer was asked for when it was stored, as far as one can tell. */
  public Entry(
      int status,
      Form form,
      Instant storedAt,
      Duration freshFor,
      Duration staleFor,
      Fields fields,
      List<String> tags,
      Map<String, String> attributes,
      Usage usage,
      Bytes body) {
    this(
        status,
        form,
        storedAt,
        freshFor,
        staleFor,
        fields,
        tags,
        attributes,
        usage,
        body,
        storedAt);
  }

  /** Makes the collections immutable. */
  public Entry {
    tags = List.copyOf(tags);
    attributes = Map.copyOf(attributes);
  }

  /** Time since the answer was stored; never negative, whatever clocks did. */
  public Duration age(Instant now) {
    var age = Duration.between(storedAt, now);
    return age.isNegative() ? Duration.ZERO : age;
  }

  /** Remaining freshness, negative when stale. */
  public Duration ttl(Instant now) {
    return freshFor.minus(age(now));
  }

  /** Whether the entry is fresh: lifetime strictly above age (RFC 9111 section 4.2). */
  public boolean isFresh(Instant now) {
    return ttl(now).isPositive();
  }

  /** How long a store must keep the entry. */
  public Duration retention() {
    return freshFor.plus(staleFor);
  }
}
