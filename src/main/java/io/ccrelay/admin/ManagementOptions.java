package io.ccrelay.admin;

/**
 * The {@code management} section.
 *
 * @param enabled false when {@code listen} is empty
 * @param host where to listen
 * @param port where to listen, 0 = any free port
 * @param token bearer token, required beyond loopback; empty = none
 */
public record ManagementOptions(boolean enabled, String host, int port, String token) {

  /** 127.0.0.1:9090 without a token. */
  public static final ManagementOptions DEFAULTS =
      new ManagementOptions(true, "127.0.0.1", 9090, "");

  @Override
  public String toString() {
    return "ManagementOptions(" + host + ":" + port + ")";
  }
}
