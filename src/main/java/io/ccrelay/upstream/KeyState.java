package io.ccrelay.upstream;

import io.ccrelay.http.DeltaSeconds;
import io.ccrelay.http.Fields;
import io.ccrelay.http.HttpDate;
import io.ccrelay.upstream.ProviderOptions.KeyOptions;
import java.time.Duration;
import java.time.Instant;

/**
 * What is known of the use of one key. Immutable: each method gives the next state.
 *
 * @param permits requests that the configured {@code rpm_limit} allows now; a bucket that holds a
 *     minute's worth and fills evenly
 * @param filled when {@code permits} was computed
 * @param requests the provider's limit of requests
 * @param input the provider's limit of input tokens
 * @param output the provider's limit of output tokens
 * @param rest until when the key is not used, because the provider said 429
 */
record KeyState(
    double permits,
    Instant filled,
    KeyWindow requests,
    KeyWindow input,
    KeyWindow output,
    Instant rest) {

  /** Rest after a 429 that does not say how long, as the original cc-relay has it. */
  private static final Duration REST = Duration.ofMinutes(1);

  /** Longest rest whatever a provider asks for: a wrong one must not switch a key off. */
  private static final Duration LONGEST_REST = Duration.ofMinutes(10);

  private static final Duration SHORTEST_REST = Duration.ofSeconds(1);

  /** A key that was never used. */
  static KeyState unused(KeyOptions key, Instant now) {
    return new KeyState(
        key.rpmLimit(), now, KeyWindow.UNKNOWN, KeyWindow.UNKNOWN, KeyWindow.UNKNOWN, Instant.MIN);
  }

  /** This state as time has made it by {@code now}. */
  KeyState at(KeyOptions key, Instant now) {
    double seconds = Math.max(0, Duration.between(filled, now).toMillis() / 1000.0);
    double full = Math.min(key.rpmLimit(), permits + seconds * key.rpmLimit() / 60);
    return new KeyState(full, now, requests.at(now), input.at(now), output.at(now), rest);
  }

  /** Whether a request may use the key; the state must be one {@linkplain #at at} that moment. */
  boolean isAvailable(KeyOptions key) {
    return !rest.isAfter(filled)
        && !requests.isExhausted()
        && (key.rpmLimit() == 0 || permits >= 1);
  }

  /** When {@link #isAvailable} holds next if nothing else happens. */
  Instant availableAt(KeyOptions key) {
    Instant next = rest.isAfter(filled) ? rest : filled;
    if (requests.isExhausted() && requests.reset().isAfter(next)) {
      next = requests.reset();
    }
    if (key.rpmLimit() > 0 && permits < 1) {
      long millis = (long) Math.ceil((1 - permits) * 60_000 / key.rpmLimit());
      Instant filledUp = filled.plusMillis(millis);
      next = filledUp.isAfter(next) ? filledUp : next;
    }
    return next;
  }

  /**
   * How free the key is, 0 to 1: the mean of what is left of its requests and of its tokens, a
   * limit nobody told being no limit.
   */
  double freedom(KeyOptions key) {
    double configured = key.rpmLimit() == 0 ? 1 : Math.min(1, permits / key.rpmLimit());
    double calls = Math.min(configured, requests.share());
    return (calls + Math.min(input.share(), output.share())) / 2;
  }

  /** After a request was given the key. */
  KeyState taken() {
    return new KeyState(Math.max(0, permits - 1), filled, requests.taken(), input, output, rest);
  }

  /** After the provider answered a request that used the key. */
  KeyState heard(int status, Fields answer, Instant now) {
    return new KeyState(
        permits,
        filled,
        requests.heard(answer, "requests", now),
        input.heard(answer, "input-tokens", now),
        output.heard(answer, "output-tokens", now),
        status == 429 ? now.plus(restAfter(answer, now)) : rest);
  }

  /** RFC 9110 section 10.2.3: seconds or a date. */
  private static Duration restAfter(Fields answer, Instant now) {
    Duration asked =
        answer
            .first("retry-after")
            .flatMap(value ->
                DeltaSeconds.parse(value)
                    .or(() -> HttpDate.parse(value, now).map(at -> Duration.between(now, at))))
            .orElse(REST);
    Duration least = asked.compareTo(SHORTEST_REST) < 0 ? SHORTEST_REST : asked;
    return least.compareTo(LONGEST_REST) > 0 ? LONGEST_REST : least;
  }
}
