package io.ccrelay.llm;

import io.ccrelay.cache.Entry;
import java.time.Duration;
import java.time.Instant;

/** Whether a stored answer may serve a request, by age and by what the client asks for. */
public sealed interface EntryFit {

  /**
   * It serves.
   *
   * @param stale whether it is past its freshness
   * @param refresh whether it is to be refreshed in the background
   */
  record Serves(boolean stale, boolean refresh) implements EntryFit {}

  /** It serves only if the upstream fails. */
  record Covers() implements EntryFit {}

  /** It does not serve, for a reason of RFC 9211 section 2.2. */
  record Unfit(String forward) implements EntryFit {}

  /**
   * Decides by RFC 9111 sections 4.2 and 5.2.1 and RFC 5861.
   *
   * @param options gives the stale windows
   */
  static EntryFit of(Entry entry, CacheControls controls, ResponsesOptions options, Instant now) {
    Duration ttl = entry.ttl(now);
    boolean tooOld = exceeds(entry.age(now), controls);
    if (!ttl.isPositive()) {
      return staleFit(ttl.negated(), tooOld, controls, options);
    }
    return tooOld || ttl.compareTo(minFresh(controls)) < 0
        ? new Unfit("request")
        : new Serves(false, false);
  }

  private static EntryFit staleFit(
      Duration staleness, boolean tooOld, CacheControls controls, ResponsesOptions options) {
    boolean strict = controls.maxAge().isPresent() || controls.minFresh().isPresent();
    if (!strict && within(staleness, options.staleWhileRevalidate())) {
      return new Serves(true, true);
    }
    if (!tooOld && controls.maxStale().filter(most -> staleness.compareTo(most) <= 0).isPresent()) {
      return new Serves(true, false);
    }
    Duration cover = controls.staleIfError().orElse(options.staleIfError());
    return within(staleness, cover) ? new Covers() : new Unfit("stale");
  }

  private static boolean exceeds(Duration age, CacheControls controls) {
    return controls.maxAge().filter(most -> age.compareTo(most) > 0).isPresent();
  }

  private static Duration minFresh(CacheControls controls) {
    return controls.minFresh().orElse(Duration.ZERO);
  }

  private static boolean within(Duration staleness, Duration window) {
    return window.isPositive() && staleness.compareTo(window) <= 0;
  }
}
