package io.ccrelay.cache;

/**
 * An address of {@code cache.olric}: a host and perhaps a port. Any text is one: what follows the
 * last colon and is not a port counts as none given.
 *
 * @param host name or address without brackets, may be empty
 * @param port 0 = not given
 */
public record ClusterAddress(String host, int port) {

  /** Where clients ask when no port is given. */
  public static final int DEFAULT_CLIENT_PORT = 3320;

  /** The membership port lies this far above the client port, as in the original. */
  public static final int MEMBERSHIP_OFFSET = 2;

  /** The highest port there is. */
  public static final int HIGHEST_PORT = 65_535;

  /** Checks the port. */
  public ClusterAddress {
    if (port < 0 || port > HIGHEST_PORT) {
      throw new IllegalArgumentException("port: " + port + " (expected: 0 to 65535)");
    }
  }

  /**
   * Reads {@code host}, {@code host:port}, {@code [::1]:3320}, {@code ::1}, {@code :} or nothing.
   */
  public static ClusterAddress parse(String text) {
    if (text.startsWith("[")) {
      int close = text.indexOf(']');
      if (close > 0) {
        String rest = text.substring(close + 1);
        return new ClusterAddress(
            text.substring(1, close), rest.startsWith(":") ? portOf(rest.substring(1)) : 0);
      }
    }
    int colon = text.indexOf(':');
    boolean single = colon >= 0 && colon == text.lastIndexOf(':');
    return single
        ? new ClusterAddress(text.substring(0, colon), portOf(text.substring(colon + 1)))
        : new ClusterAddress(text, 0);
  }

  /** The port of the client endpoint. */
  public int clientPort() {
    return port == 0 ? DEFAULT_CLIENT_PORT : port;
  }

  /** The port of the membership protocol; above {@link #HIGHEST_PORT} if there is none. */
  public int membershipPort() {
    return clientPort() + MEMBERSHIP_OFFSET;
  }

  private static int portOf(String digits) {
    if (!digits.matches("[0-9]{1,5}")) {
      return 0;
    }
    int port = Integer.parseInt(digits);
    return port > HIGHEST_PORT ? 0 : port;
  }
}
