package io.ccrelay.upstream;

import io.ccrelay.http.Fields;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;

/**
 * What a provider said of one of a key's limits: how much there is in a period, how much of it is
 * left, and when it is all there again. Immutable.
 *
 * @param limit amount a period, 0 = unknown
 * @param remaining what is left of it
 * @param reset when {@code remaining} is {@code limit} again
 */
record KeyWindow(long limit, long remaining, Instant reset) {

  /** Nothing was said. */
  static final KeyWindow UNKNOWN = new KeyWindow(0, 0, Instant.MIN);

  /** A provider cannot keep a key from use for longer by what it says of limits. */
  private static final Duration LONGEST = Duration.ofHours(1);

  /**
   * The window that {@code anthropic-ratelimit-<name>-limit}, {@code -remaining} and {@code -reset}
   * (RFC 3339) tell of, or this one where one of them is missing or unreadable.
   */
  KeyWindow heard(Fields answer, String name, Instant now) {
    String prefix = "anthropic-ratelimit-" + name;
    Optional<Long> heardLimit = answer.first(prefix + "-limit").flatMap(KeyWindow::amount);
    Optional<Long> heardRest = answer.first(prefix + "-remaining").flatMap(KeyWindow::amount);
    Optional<Instant> heardReset = answer.first(prefix + "-reset").flatMap(KeyWindow::instant);
    if (heardLimit.isEmpty() || heardRest.isEmpty() || heardReset.isEmpty()) {
      return this;
    }
    Instant latest = now.plus(LONGEST);
    Instant sane = heardReset.get().isAfter(latest) ? latest : heardReset.get();
    return new KeyWindow(heardLimit.get(), heardRest.get(), sane);
  }

  /** This window at {@code now}: full again after its reset. */
  KeyWindow at(Instant now) {
    return remaining < limit && !reset.isAfter(now) ? new KeyWindow(limit, limit, reset) : this;
  }

  /** This window after one more unit was used. */
  KeyWindow taken() {
    return remaining > 0 ? new KeyWindow(limit, remaining - 1, reset) : this;
  }

  boolean isExhausted() {
    return limit > 0 && remaining == 0;
  }

  /** What is left as a part of the whole, 0 to 1; 1 where nothing is known. */
  double share() {
    return limit == 0 ? 1 : Math.min(1, (double) remaining / limit);
  }

  private static Optional<Long> amount(String text) {
    boolean number =
        !text.isEmpty() && text.length() <= 15 && text.chars().allMatch(c -> c >= '0' && c <= '9');
    return number ? Optional.of(Long.parseLong(text)) : Optional.empty();
  }

  private static Optional<Instant> instant(String text) {
    try {
      return Optional.of(OffsetDateTime.parse(text).toInstant());
    } catch (DateTimeException notRfc3339) {
      return Optional.empty();
    }
  }
}
