package io.ccrelay.proxy.api;

import io.ccrelay.upstream.Origin;
import io.ccrelay.upstream.Upstream;
import io.ccrelay.upstream.UpstreamException.Kind;
import java.time.Duration;
import java.time.Instant;

/**
 * One service and what is known of its health from the requests it got. Confined to one context.
 */
final class Backend {

  /** How long a service that failed is asked only if no other is left. */
  static final Duration REST = Duration.ofSeconds(10);

  /** Failures in a row, other than finding no connection, that make a service rest. */
  static final int TOLERATED = 3;

  private final String origin;
  private final String path;
  private int failures;
  private Instant restingUntil = Instant.MIN;

  Backend(String url) {
    this.origin = Origin.parse(url).orElseThrow().toString();
    this.path = Backends.path(url);
  }

  String origin() {
    return origin;
  }

  boolean isResting(Instant now) {
    return now.isBefore(restingUntil);
  }

  /** {@code request} with the address of this service. */
  Upstream.Request addressed(Upstream.Request request) {
    return new Upstream.Request(
        request.method(),
        origin,
        path + request.target(),
        request.fields(),
        request.body(),
        request.deadlines());
  }

  void answered() {
    failures = 0;
    restingUntil = Instant.MIN;
  }

  void failed(Kind kind, Instant now) {
    switch (kind) {
      case CONNECT, CONNECT_TIMEOUT -> rest(now);
      case FIRST_BYTE_TIMEOUT, BROKEN, STALLED, TOTAL_TIMEOUT -> {
        if (++failures >= TOLERATED) {
          rest(now);
        }
      }
      case BUSY, KEYS_EXHAUSTED, UNSENDABLE, CLIENT_GONE -> {}
    }
  }

  private void rest(Instant now) {
    failures = 0;
    restingUntil = now.plus(REST);
  }
}
