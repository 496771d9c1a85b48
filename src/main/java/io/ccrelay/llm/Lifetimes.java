package io.ccrelay.llm;

import java.time.Duration;

/** How long an answer is fresh and how long it may serve beyond. */
public final class Lifetimes {

  private Lifetimes() {}

  /**
   * Freshness lifetime: what the client asks for, else the configured one of its kind; capped by
   * {@code max_ttl} either way.
   */
  public static Duration fresh(
      ResponsesOptions options, Route route, ChatRequest request, CacheControls controls) {
    boolean deterministic =
        route.deterministic() || request.temperature().filter(t -> t == 0.0).isPresent();
    Duration configured = deterministic ? options.ttlDeterministic() : options.ttl();
    Duration wanted = controls.ttl().orElse(configured);
    return wanted.compareTo(options.maxTtl()) > 0 ? options.maxTtl() : wanted;
  }

  /** Time beyond freshness in which the answer may be sent under the stale windows. */
  public static Duration stale(ResponsesOptions options) {
    Duration revalidate = options.staleWhileRevalidate();
    Duration error = options.staleIfError();
    return revalidate.compareTo(error) > 0 ? revalidate : error;
  }
}
