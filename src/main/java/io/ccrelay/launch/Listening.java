package io.ccrelay.launch;

import io.vertx.core.Future;
import java.io.IOException;
import java.nio.channels.UnresolvedAddressException;

/** Failures to open a listener, told so that a user knows what to change. */
final class Listening {

  private Listening() {}

  /** A failure that names the setting and the address, if {@code cause} is one of the network. */
  static <T> Future<T> failed(String setting, String host, int port, Throwable cause) {
    if (!(cause instanceof IOException) && !(cause instanceof UnresolvedAddressException)) {
      return Future.failedFuture(cause);
    }
    String address = (host.isEmpty() ? "*" : host) + ":" + port;
    return Future.failedFuture(
        new IOException(setting + ": cannot listen on " + address + ": " + reason(cause), cause));
  }

  private static String reason(Throwable cause) {
    String message = String.valueOf(cause.getMessage());
    int failed = message.indexOf("failed: ");
    return failed < 0 ? message : message.substring(failed + "failed: ".length());
  }
}
