package io.ccrelay.launch;

import io.ccrelay.admin.AdminParts;
import io.ccrelay.admin.PolicyValues;
import io.ccrelay.admin.Readiness;
import io.ccrelay.cache.Bytes;
import io.ccrelay.cache.Cache;
import io.ccrelay.cache.ClusterReport;
import io.ccrelay.cache.Counters;
import io.ccrelay.cache.Flights;
import io.ccrelay.cache.Key;
import io.ccrelay.cache.Purger;
import io.ccrelay.cache.StatsPoll;
import io.ccrelay.cache.Store;
import io.ccrelay.metrics.Meters;
import io.ccrelay.policy.run.RunLimits;
import io.ccrelay.proxy.ApiDoor;
import io.ccrelay.proxy.Explainer;
import io.ccrelay.proxy.KeptParts;
import io.ccrelay.proxy.Preloader;
import io.ccrelay.proxy.ProxyParts;
import io.ccrelay.proxy.Slots;
import io.ccrelay.proxy.api.ApiRelay;
import io.ccrelay.proxy.policy.GatewayRoutes;
import io.ccrelay.proxy.policy.IssuedTokens;
import io.ccrelay.proxy.policy.Lanes;
import io.ccrelay.proxy.policy.PolicyParts;
import io.ccrelay.proxy.policy.SimilarPrompts;
import io.ccrelay.proxy.transport.Connections;
import io.ccrelay.semantic.SemanticCache;
import io.ccrelay.upstream.KeyPools;
import io.vertx.core.Vertx;
import io.vertx.core.internal.VertxInternal;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/** What all verticles of a relay share. Safe for use from any context. */
final class SharedParts {

  private final Vertx vertx;
  private final InstantSource clock;
  private final Flights flights;
  private final Connections connections = new Connections(Descriptors.clientConnections());
  private final Slots slots = new Slots();
  private final Lanes lanes = new Lanes();
  private final KeptParts kept = new KeptParts();
  private final KeyPools keys;
  private final Instruments instruments;
  private final UpstreamPart upstreams;
  private final SimilarAnswers similar;
  private final ApiDoor.Maker apis = ApiRelay.maker();

  /** Hides credentials in keys: random, unless the cluster agrees on another. */
  private final AtomicReference<Bytes> scopeSecret = new AtomicReference<>(randomSecret());

  SharedParts(Vertx vertx, Flights flights, InstantSource clock) {
    this.vertx = vertx;
    this.flights = flights;
    this.clock = clock;
    this.instruments = new Instruments(clock);
    this.upstreams = new UpstreamPart(vertx, meters());
    this.similar = new SimilarAnswers(vertx, clock, meters());
    this.keys = new KeyPools(clock, new SecureRandom());
    meters().show("cc.relay.flights", "Upstream calls others may share", flights::size);
    meters().show("cc.relay.client.connections", "Client connections open", connections::open);
    meters().show("cc.relay.llm.requests.active", "LLM requests under way", slots::taken);
  }

  SimilarAnswers similar() {
    return similar;
  }

  UpstreamPart upstreams() {
    return upstreams;
  }

  InstantSource clock() {
    return clock;
  }

  Flights flights() {
    return flights;
  }

  Meters meters() {
    return instruments.meters();
  }

  /** Shows how the cluster is, if there is one. */
  void show(Supplier<Optional<ClusterReport>> cluster) {
    if (cluster.get().isEmpty()) {
      return;
    }
    Supplier<ClusterReport> report = () -> cluster.get().orElseThrow();
    meters().show("cc.relay.cluster.members", "Members seen", () -> report.get().members().size());
    meters().show("cc.relay.cluster.members.needed", "Members needed", () -> report.get().needed());
    meters()
        .show(
            "cc.relay.cluster.serves",
            "1 if the cache is used, 0 if members lack or the cluster cannot be reached",
            () -> report.get().state().serves() ? 1 : 0);
    meters()
        .show(
            "cc.relay.cluster.secured",
            "1 if members prove who they are, 0 if whoever reaches the ports may join",
            () -> report.get().secured() ? 1 : 0);
  }

  /** Uses {@code secret}; whether it is another than before. */
  boolean agreeOn(Bytes secret) {
    return !scopeSecret.getAndSet(secret).equals(secret);
  }

  ProxyParts proxy(Settings settings, Supplier<Cache> cache, ApiDoor.Maker apis) {
    return new ProxyParts(
        settings,
        cache,
        upstreams::open,
        flights,
        meters(),
        clock,
        scopeSecret::get,
        connections,
        slots,
        keys,
        ProxyParts.SILENCE,
        kept,
        apis,
        similar::current,
        upstreams.traces());
  }

  /** The door to APIs without policies. */
  ApiDoor.Maker apis() {
    return apis;
  }

  PolicyParts policies(
      Settings settings,
      Supplier<Store> internal,
      Optional<Supplier<Store>> external,
      Counters counters,
      SimilarPrompts prompts) {
    var places = new PolicyPlaces(settings, ((VertxInternal) vertx).nameResolver()::resolve);
    return new PolicyParts(
        new GatewayRoutes(() -> settings.config().policies(), RunLimits.DEFAULTS),
        internal,
        external,
        counters,
        lanes,
        () -> upstreams.open(places),
        places,
        prompts,
        upstream ->
            new IssuedTokens(
                vertx, settings.config().policies().options().identity(), upstream, clock));
  }

  AdminParts admin(
      Settings settings,
      Supplier<Cache> cache,
      Supplier<Iterable<Map.Entry<Key, Bytes>>> held,
      Purger purger,
      Optional<StatsPoll> stats,
      Supplier<Readiness> readiness,
      Supplier<Optional<ClusterReport>> cluster,
      Supplier<PolicyValues> values) {
    return new AdminParts(
        settings.config().management(),
        cache,
        () -> held.get().iterator(),
        () -> new Preloader(vertx, proxy(settings, cache, apis))::preload,
        purger,
        stats,
        meters(),
        instruments.journal(),
        instruments::exposition,
        instruments::storeSeen,
        readiness,
        () -> new Explainer(vertx, proxy(settings, cache, apis))::explain,
        cluster,
        clock,
        Version.current(),
        values,
        () -> similar.current().map(SemanticCache::report));
  }

  private static Bytes randomSecret() {
    var secret = new byte[32];
    new SecureRandom().nextBytes(secret);
    return Bytes.owned(secret);
  }
}
