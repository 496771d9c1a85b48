package io.ccrelay.cache.bus;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.eventbus.MessageCodec;

/** Hands calls on by reference. They never leave the process, so they have no form on the wire. */
final class LocalCodec implements MessageCodec<CacheCall<?>, CacheCall<?>> {

  private static final String NAME = "io.ccrelay.cache.call";

  /** Delivery to consumers of this process, through this codec; shared, never changed. */
  static final DeliveryOptions DELIVERY =
      new DeliveryOptions().setLocalOnly(true).setCodecName(NAME);

  /** Makes the codec known to {@code bus}, once however often it is called. */
  static void registerOn(EventBus bus) {
    try {
      bus.registerCodec(new LocalCodec());
    } catch (IllegalStateException alreadyKnown) {
      // Somebody else on this bus registered the same codec before.
    }
  }

  @Override
  public CacheCall<?> transform(CacheCall<?> call) {
    return call;
  }

  @Override
  public void encodeToWire(Buffer buffer, CacheCall<?> call) {
    throw new UnsupportedOperationException("cache calls stay in the process");
  }

  @Override
  public CacheCall<?> decodeFromWire(int position, Buffer buffer) {
    throw new UnsupportedOperationException("cache calls stay in the process");
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public byte systemCodecID() {
    return -1;
  }
}
