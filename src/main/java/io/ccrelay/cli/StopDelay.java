package io.ccrelay.cli;

import java.time.Duration;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * How long a relay that was told to stop goes on accepting. Kubernetes removes an endpoint while
 * the process is being told, so 5 s there; nothing elsewhere.
 */
final class StopDelay {

  /** Overrides it, in seconds. */
  static final String VARIABLE = "CC_RELAY_STOP_DELAY_SECONDS";

  private static final Duration LONGEST = Duration.ofMinutes(5);

  private StopDelay() {}

  static Duration of(UnaryOperator<@Nullable String> environment) {
    @Nullable String said = environment.apply(VARIABLE);
    if (said == null || said.isBlank()) {
      boolean kubernetes = environment.apply("KUBERNETES_SERVICE_HOST") != null;
      return kubernetes ? Duration.ofSeconds(5) : Duration.ZERO;
    }
    try {
      var delay = Duration.ofSeconds(Long.parseLong(said.strip()));
      if (!delay.isNegative() && delay.compareTo(LONGEST) <= 0) {
        return delay;
      }
    } catch (NumberFormatException notANumber) {
      // told below
    }
    throw new IllegalArgumentException(
        VARIABLE
            + ": "
            + said
            + " (expected: whole seconds from 0 to "
            + LONGEST.toSeconds()
            + ")");
  }
}
