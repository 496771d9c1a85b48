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
 * @param identity how the relay proves who it is, if the service asks
 */
public record BackendTls(
    Optional<String> trust,
    Optional<String> serverName,
    boolean verified,
    boolean http2,
    Optional<Identity> identity) {

  /** The platform's authorities, the host of the URL, HTTP/1.1. */
  public static final BackendTls DEFAULTS =
      new BackendTls(Optional.empty(), Optional.empty(), true, false);

  /** Without a proof of who the relay is. */
  public BackendTls(
      Optional<String> trust, Optional<String> serverName, boolean verified, boolean http2) {
    this(trust, serverName, verified, http2, Optional.empty());
  }

  /** The same with a proof of who the relay is, and with HTTP/2 offered if {@code offered}. */
  public BackendTls with(Optional<Identity> proof, boolean offered) {
    return new BackendTls(trust, serverName, verified, http2 || offered, proof.or(() -> identity));
  }

  /**
   * A certificate with its key.
   *
   * @param certificate PEM, followed by those that vouch for it
   * @param key PEM, PKCS #8
   */
  public record Identity(String certificate, String key) {

    /** Without the key. */
    @Override
    public String toString() {
      return "Identity";
    }
  }
}
