package io.ccrelay.config;

import io.ccrelay.admin.ManagementOptions;

/** Reads {@code management}. */
final class ManagementSection {

  private static final ManagementOptions DEFAULTS = ManagementOptions.DEFAULTS;

  private ManagementSection() {}

  static ManagementOptions read(Section management) {
    boolean off = management.text("listen").filter(String::isEmpty).isPresent();
    var listen =
        HostPort.read(management, "listen", new HostPort(DEFAULTS.host(), DEFAULTS.port()));
    String token = management.text("token", "");
    management.finish(UnknownKeys.REFUSED);
    if (!off && !listen.loopback() && token.isEmpty()) {
      management.problem(
          "token",
          "is required because management.listen is not on loopback"
              + management.becauseUnset("token"));
    }
    return new ManagementOptions(!off, listen.host(), listen.port(), token);
  }
}
