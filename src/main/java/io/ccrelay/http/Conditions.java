package io.ccrelay.http;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * The conditions of a client against a stored response (RFC 9110 section 13, RFC 9111 section
 * 4.3.2). Safe for use from any context.
 */
public final class Conditions {

  private static final Set<String> IN_NOT_MODIFIED =
      Set.of(
          "age",
          "cache-control",
          "cache-status",
          "content-location",
          "date",
          "etag",
          "expires",
          "vary");

  private Conditions() {}

  /** Whether the client already has what {@code response} holds, so that 304 answers it. */
  public static boolean isNotModified(CacheRequest request, StoredResponse response) {
    if (response.status() != 200 && response.status() != 206) {
      return false;
    }
    var fields = request.fields();
    return fields.has("If-None-Match")
        ? matches(fields, response)
        : modifiedSince(fields, response.responseTime())
            .filter(since -> !lastChange(response).isAfter(since))
            .isPresent();
  }

  /**
   * The fields of a 304, given those that the 200 would have had (RFC 9110 section 15.4.5); {@code
   * Last-Modified} only where no entity tag does its work.
   */
  public static Fields notModified(Fields full) {
    boolean tagged = full.has("ETag");
    return full.without(line -> !isKept(ListMembers.lower(line.name()), tagged));
  }

  /** Whether {@code If-Range} is absent or holds, by strong comparison (RFC 9110 13.1.5). */
  public static boolean rangeApplies(CacheRequest request, StoredResponse response) {
    var condition = request.fields().first("If-Range");
    if (condition.isEmpty()) {
      return true;
    }
    var tag = EntityTag.parse(condition.get());
    return tag.isPresent()
        ? response.tag().filter(tag.get()::equalsStrongly).isPresent()
        : response.lastModified().equals(condition) && isStrongDate(response);
  }

  /** Changed at least a second before it was sent (RFC 9110 section 8.8.2.2). */
  private static boolean isStrongDate(StoredResponse response) {
    return response
        .instant("Last-Modified")
        .flatMap(modified ->
            response
                .instant("Date")
                .filter(date -> Duration.between(modified, date).toSeconds() >= 1))
        .isPresent();
  }

  private static boolean matches(Fields fields, StoredResponse response) {
    String condition = fields.joined("If-None-Match").orElse("");
    return ListMembers.of(condition).contains("*")
        || response
            .tag()
            .filter(own -> EntityTag.list(condition).stream().anyMatch(own::equalsWeakly))
            .isPresent();
  }

  private static Optional<Instant> modifiedSince(Fields fields, Instant now) {
    var lines = fields.all("If-Modified-Since");
    return lines.size() == 1 ? HttpDate.parse(lines.getFirst(), now) : Optional.empty();
  }

  private static Instant lastChange(StoredResponse response) {
    return response.instant("Last-Modified").orElseGet(response::date);
  }

  private static boolean isKept(String name, boolean tagged) {
    return IN_NOT_MODIFIED.contains(name)
        || name.endsWith("-cache-control")
        || (name.equals("last-modified") && !tagged);
  }
}
