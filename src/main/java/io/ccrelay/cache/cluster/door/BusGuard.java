package io.ccrelay.cache.cluster.door;

import io.vertx.core.transport.Transport;
import org.jspecify.annotations.Nullable;

/**
 * The transport of a member's Vert.x instance: the native one where there is one, with a guard at
 * the port of the event bus.
 *
 * @param plain does all but guard
 * @param implementation the guarded one
 */
public record BusGuard(Transport plain, io.vertx.core.spi.transport.Transport implementation)
    implements Transport {

  /**
   * A guard of the event bus at {@code port}.
   *
   * @param tls whether members speak TLS there
   */
  public static BusGuard at(int port, boolean tls, Strangers strangers) {
    Transport best = Transport.nativeTransport();
    Transport plain = best != null && best.available() ? best : Transport.NIO;
    return new BusGuard(plain, new GuardedTransport(plain.implementation(), port, tls, strangers));
  }

  @Override
  public String name() {
    return plain.name();
  }

  @Override
  public boolean available() {
    return plain.available();
  }

  @Override
  public @Nullable Throwable unavailabilityCause() {
    return plain.unavailabilityCause();
  }
}
