package io.ccrelay.cache.cluster.group;

import io.ccrelay.cache.CacheOptions;
import io.vertx.core.eventbus.EventBusOptions;
import java.util.Optional;
import javax.net.ssl.SSLContext;

/** Proof of membership. */
public record MemberTls(SSLContext context) {

  /** What {@code options} ask for. */
  public static Optional<MemberTls> of(CacheOptions options) {
    return Optional.empty();
  }

  /** Puts it on the event bus. */
  public void applyTo(EventBusOptions bus) {
    bus.setSsl(true);
  }
}
