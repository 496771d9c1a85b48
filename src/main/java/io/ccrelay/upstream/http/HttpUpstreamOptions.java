package io.ccrelay.upstream.http;

import java.time.Duration;

/**
 * Bounds of the connections to upstreams.
 *
 * @param maxExchanges exchanges in flight to one origin, over the whole process
 * @param maxWaiting exchanges waiting for a place to one origin, over the whole process
 * @param connectTimeout longest wait of the TCP and TLS handshake
 * @param keepAlive how long an unused connection is kept; whole seconds
 * @param maxHeaderBytes largest header section of an answer
 */
public record HttpUpstreamOptions(
    int maxExchanges,
    int maxWaiting,
    Duration connectTimeout,
    Duration keepAlive,
    int maxHeaderBytes) {

  /** 256 exchanges and 1000 waiting to an origin, 3 s to connect, 30 s kept, 32 KiB of header. */
  public static final HttpUpstreamOptions DEFAULTS =
      new HttpUpstreamOptions(256, 1000, Duration.ofSeconds(3), Duration.ofSeconds(30), 32 << 10);

  /** Checks the ranges. */
  public HttpUpstreamOptions {
    require(maxExchanges >= 1, "maxExchanges", maxExchanges, ">= 1");
    require(maxWaiting >= 0, "maxWaiting", maxWaiting, ">= 0");
    require(connectTimeout.toMillis() >= 1, "connectTimeout", connectTimeout, ">= 1ms");
    require(keepAlive.toSeconds() >= 1, "keepAlive", keepAlive, ">= 1s");
    require(maxHeaderBytes >= 1024, "maxHeaderBytes", maxHeaderBytes, ">= 1024");
  }

  private static void require(boolean holds, String name, Object value, String expected) {
    if (!holds) {
      throw new IllegalArgumentException(name + ": " + value + " (expected: " + expected + ")");
    }
  }
}
