package io.ccrelay.upstream;

import java.util.Optional;

/**
 * How a service that speaks TLS is met. Immutable.
 *
 * @param trust PEM file of the authorities that may vouch for it; empty = those of the platform
 * @param serverName the name its certificate must carry and that it is asked for (RFC 6066 section
 *     3); empty = the host of its URL
 * @param verified whether it must prove who it is at all
 * @param http2 whether HTTP/2 is offered (RFC 7301); which of the two it is, the service decides
 */
public record BackendTls(
    Optional<String> trust, Optional<String> serverName, boolean verified, boolean http2) {

  /** The platform's authorities, the host of the URL, HTTP/1.1. */
  public static final BackendTls DEFAULTS =
      new BackendTls(Optional.empty(), Optional.empty(), true, false);
}
