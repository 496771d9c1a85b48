package io.ccrelay.config;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Where a listener binds, read as Go's {@code net.SplitHostPort} does.
 *
 * @param host name or address without brackets; empty = all interfaces
 * @param port 0 = any free port
 */
record HostPort(String host, int port) {

  private static final Pattern FORM =
      Pattern.compile("(?:\\[([^\\[\\]\\s]*)\\]|([^\\[\\]:\\s]*)):([0-9]{1,5})");

  /** {@code text} as {@code host:port}, {@code :port} or {@code [address]:port}. */
  static Optional<HostPort> parse(String text) {
    var form = FORM.matcher(text);
    if (!form.matches()) {
      return Optional.empty();
    }
    String host = form.group(1) == null ? form.group(2) : form.group(1);
    int port = Integer.parseInt(form.group(3));
    return port > 65_535 ? Optional.empty() : Optional.of(new HostPort(host, port));
  }

  /** Whether only this machine can reach it. */
  boolean loopback() {
    return host.toLowerCase(Locale.ROOT).equals("localhost")
        || host.matches("127(\\.[0-9]{1,3}){3}")
        || host.equals("::1");
  }

  /** The setting {@code key} of {@code section}. */
  static HostPort read(Section section, String key, HostPort fallback) {
    String text = section.text(key, "");
    if (text.isEmpty()) {
      return fallback;
    }
    Optional<HostPort> address = parse(text);
    if (address.isEmpty()) {
      section.problem(
          key,
          "must be host:port with a port from 0 to 65535, such as 127.0.0.1:%d or :%d"
              .formatted(fallback.port, fallback.port));
    }
    return address.orElse(fallback);
  }
}
