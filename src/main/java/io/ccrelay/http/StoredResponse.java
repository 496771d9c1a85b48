package io.ccrelay.http;

import java.time.Instant;
import java.util.Optional;

/**
 * A response as a cache holds it, without its content. Immutable; safe for use from any context.
 *
 * @param status the status code
 * @param fields the stored fields, as {@link StorePlan} left them
 * @param selecting the request fields that {@code Vary} named, as received
 * @param requestTime when the request was sent, wall clock
 * @param responseTime when the head of the response arrived, wall clock
 * @param length bytes of content held
 * @param part which part the content is, empty for the whole
 * @param suspect whether it must be validated before any further use
 */
public record StoredResponse(
    int status,
    Fields fields,
    Fields selecting,
    Instant requestTime,
    Instant responseTime,
    long length,
    Optional<ContentRange> part,
    boolean suspect) {

  /** Length of content that has not arrived yet. */
  public static final long UNKNOWN = -1;

  /** The entity tag, if there is a valid one. */
  public Optional<EntityTag> tag() {
    return fields.first("ETag").flatMap(EntityTag::parse);
  }

  /** {@code Last-Modified} as received, if it is a date. */
  public Optional<String> lastModified() {
    return fields
        .first("Last-Modified")
        .filter(text -> HttpDate.parse(text, responseTime).isPresent());
  }

  /** Whether the origin can be asked if this is still current. */
  public boolean hasValidator() {
    return tag().isPresent() || lastModified().isPresent();
  }

  /** {@code Date}, or the time of receipt where that is absent or invalid. */
  public Instant date() {
    return instant("Date").orElse(responseTime);
  }

  /** The instant in the field {@code name}. */
  Optional<Instant> instant(String name) {
    return fields.first(name).flatMap(text -> HttpDate.parse(text, responseTime));
  }

  /**
   * Whether the content is complete: as long as {@code Content-Length} and {@code Content-Range}
   * say (RFC 9111 section 3.3).
   */
  public boolean isComplete() {
    boolean asAnnounced =
        fields.all("Content-Length").stream().allMatch(Long.toString(length)::equals);
    return length >= 0 && asAnnounced && part.map(ContentRange::length).orElse(length) == length;
  }

  /** The same with {@code arrived} bytes of content. */
  public StoredResponse withLength(long arrived) {
    return new StoredResponse(
        status, fields, selecting, requestTime, responseTime, arrived, part, suspect);
  }

  /** The same, to be validated before any further use. */
  public StoredResponse asSuspect() {
    return new StoredResponse(
        status, fields, selecting, requestTime, responseTime, length, part, true);
  }
}
