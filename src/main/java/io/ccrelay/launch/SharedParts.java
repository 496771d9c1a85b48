package io.ccrelay.launch;

import io.ccrelay.admin.AdminParts;
import io.ccrelay.admin.Readiness;
import io.ccrelay.cache.Bytes;
import io.ccrelay.cache.Cache;
import io.ccrelay.cache.Counters;
import io.ccrelay.cache.Flights;
import io.ccrelay.cache.LocalFlights;
import io.ccrelay.cache.Store;
import io.ccrelay.cache.store.LocalCounters;
import io.ccrelay.metrics.Meters;
import io.ccrelay.policy.run.RunLimits;
import io.ccrelay.proxy.ProxyParts;
import io.ccrelay.proxy.Slots;
import io.ccrelay.proxy.policy.GatewayRoutes;
import io.ccrelay.proxy.policy.IssuedTokens;
import io.ccrelay.proxy.policy.Lanes;
import io.ccrelay.proxy.policy.PolicyDoor;
import io.ccrelay.proxy.policy.PolicyParts;
import io.ccrelay.proxy.transport.Connections;
import io.ccrelay.upstream.http.HttpUpstream;
import io.ccrelay.upstream.http.HttpUpstreamOptions;
import io.ccrelay.upstream.http.InFlight;
import io.vertx.core.Vertx;
import io.vertx.core.internal.VertxInternal;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Supplier;

/** What all verticles of a relay share. Safe for use from any context. */
final class SharedParts {

  private final Vertx vertx;
  private final InstantSource clock;
  private final Flights flights = new LocalFlights();
  private final InFlight inFlight = new InFlight(HttpUpstreamOptions.DEFAULTS);
  private final Connections connections = new Connections(Descriptors.clientConnections());
  private final Slots slots = new Slots();
  private final Counters counters = new LocalCounters(System::nanoTime);
  private final Lanes lanes = new Lanes();
  private final Instruments instruments = new Instruments();

  /** Entries live as long as the process, and so does the key that hides credentials in them. */
  private final Bytes scopeSecret = randomSecret();

  SharedParts(Vertx vertx, InstantSource clock) {
    this.vertx = vertx;
    this.clock = clock;
    meters().show("cc.relay.flights", "Upstream calls others may share", flights::size);
    meters().show("cc.relay.upstream.connections", "Upstream exchanges in use", inFlight::inUse);
    meters().show("cc.relay.client.connections", "Client connections open", connections::open);
    meters().show("cc.relay.llm.requests.active", "LLM requests under way", slots::taken);
  }

  Meters meters() {
    return instruments.meters();
  }

  ProxyParts proxy(Settings settings, Supplier<Cache> cache, PolicyParts policies) {
    return new ProxyParts(
        settings,
        cache,
        () -> new HttpUpstream(vertx, HttpUpstreamOptions.DEFAULTS, inFlight),
        flights,
        meters(),
        clock,
        scopeSecret,
        connections,
        slots,
        PolicyDoor.maker(policies));
  }

  PolicyParts policies(
      Settings settings, Supplier<Store> internal, Optional<Supplier<Store>> external) {
    var places = new PolicyPlaces(settings, ((VertxInternal) vertx).nameResolver()::resolve);
    return new PolicyParts(
        new GatewayRoutes(() -> settings.config().policies(), RunLimits.DEFAULTS),
        internal,
        external,
        counters,
        lanes,
        () -> new HttpUpstream(vertx, HttpUpstreamOptions.DEFAULTS, inFlight, places),
        places,
        upstream ->
            new IssuedTokens(
                vertx, settings.config().policies().options().identity(), upstream, clock));
  }

  AdminParts admin(Settings settings, Supplier<Cache> cache, Supplier<Readiness> readiness) {
    return new AdminParts(
        settings.config().management(),
        cache,
        meters(),
        instruments::exposition,
        instruments::storeSeen,
        readiness,
        clock,
        Version.current());
  }

  private static Bytes randomSecret() {
    var secret = new byte[32];
    new SecureRandom().nextBytes(secret);
    return Bytes.owned(secret);
  }
}
