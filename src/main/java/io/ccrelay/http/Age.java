package io.ccrelay.http;

import java.time.Duration;
import java.time.Instant;

/** How old a response is (RFC 9111 section 4.2.3). Safe for use from any context. */
public final class Age {

  private Age() {}

  /** The age the response arrived with: the larger of what the terms of the RFC yield. */
  public static Duration initial(StoredResponse response) {
    Duration corrected = value(response.fields()).plus(delay(response));
    Duration apparent =
        response
            .instant("Date")
            .map(date -> notNegative(Duration.between(date, response.responseTime())))
            .orElse(Duration.ZERO);
    return corrected.compareTo(apparent) > 0 ? corrected : apparent;
  }

  /** The age at {@code now} of a response that arrived with {@code initial}; never negative. */
  public static Duration current(Duration initial, Instant responseTime, Instant now) {
    return initial.plus(notNegative(Duration.between(responseTime, now)));
  }

  /** The first member of the first {@code Age} line, zero if that is no number. */
  static Duration value(Fields fields) {
    return fields
        .first("Age")
        .flatMap(line -> ListMembers.of(line).stream().findFirst())
        .flatMap(DeltaSeconds::parse)
        .orElse(Duration.ZERO);
  }

  /** {@code fields} with exactly one {@code Age}, in whole seconds. */
  public static Fields stamp(Fields fields, Duration age) {
    return fields.with("Age", Long.toString(DeltaSeconds.atMost(age.toSeconds()).toSeconds()));
  }

  /**
   * The last instant at which an age and a remaining freshness, told in whole seconds and compared
   * with whole seconds, are what they are at {@code now}.
   */
  public static Instant toldUntil(Instant now, Duration age, Duration ttl) {
    int grows = age.toNanosPart() == 0 ? 0 : 999_999_999 - age.toNanosPart();
    int shrinks = Math.max(0, ttl.toNanosPart() - 1);
    return now.plusNanos(Math.min(grows, shrinks));
  }

  private static Duration delay(StoredResponse response) {
    return notNegative(Duration.between(response.requestTime(), response.responseTime()));
  }

  private static Duration notNegative(Duration span) {
    return span.isNegative() ? Duration.ZERO : span;
  }
}
