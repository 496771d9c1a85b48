package io.ccrelay.launch;

import java.lang.management.ManagementFactory;

/** File descriptors of this process: a listener that runs out of them accepts nothing any more. */
final class Descriptors {

  private static final int WHERE_UNKNOWN = 1024;
  private static final int MOST = 100_000;

  private Descriptors() {}

  /** Half of the limit: each client connection may need one to an upstream. */
  static int clientConnections() {
    long limit =
        ManagementFactory.getOperatingSystemMXBean()
                instanceof com.sun.management.UnixOperatingSystemMXBean system
            ? system.getMaxFileDescriptorCount()
            : WHERE_UNKNOWN;
    return Math.clamp(limit / 2, 16, MOST);
  }
}
