package io.ccrelay.testing;

import io.ccrelay.cache.Bytes;
import io.ccrelay.cache.LocalFlights;
import io.ccrelay.cache.Purger;
import io.ccrelay.cache.Store;
import io.ccrelay.cache.bus.CacheDeployment;
import io.ccrelay.cache.purge.LocalPurge;
import io.ccrelay.cache.purge.LocalPurger;
import io.ccrelay.cache.purge.PurgeBook;
import io.ccrelay.cache.store.CaffeineStore;
import io.ccrelay.config.ConfigLoader;
import io.ccrelay.config.ConfigResult;
import io.ccrelay.config.RelayConfig;
import io.ccrelay.metrics.Meters;
import io.ccrelay.proxy.ApiDoor;
import io.ccrelay.proxy.KeptParts;
import io.ccrelay.proxy.ProxyParts;
import io.ccrelay.proxy.ProxySettings;
import io.ccrelay.proxy.ProxyVerticle;
import io.ccrelay.proxy.Slots;
import io.ccrelay.proxy.Traces;
import io.ccrelay.proxy.api.ApiRelay;
import io.ccrelay.proxy.transport.Connections;
import io.ccrelay.semantic.Embedder;
import io.ccrelay.semantic.SemanticCache;
import io.ccrelay.semantic.SemanticOptions;
import io.ccrelay.semantic.embedding.Embedders;
import io.ccrelay.semantic.embedding.Workers;
import io.ccrelay.semantic.guard.StandardVetoes;
import io.ccrelay.semantic.index.FlatIndex;
import io.ccrelay.upstream.KeyPools;
import io.ccrelay.upstream.http.HttpUpstream;
import io.ccrelay.upstream.http.HttpUpstreamOptions;
import io.ccrelay.upstream.http.InFlight;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * A whole relay on a free port of 127.0.0.1 with a fake clock, put together as in service. Safe for
 * use from any thread.
 */
public final class Relays implements AutoCloseable {

  private static final Bytes SCOPE_SECRET = Bytes.utf8("a secret of this test");

  public final Vertx vertx;
  public final FakeClock clock = new FakeClock();
  public final Meters meters = new Meters(new SimpleMeterRegistry());
  public final LocalFlights flights = new LocalFlights();
  public final InFlight inFlight;
  public final Connections connections = new Connections(4096);
  public final Slots slots = new Slots();
  public final Store store;

  /** The semantic cache, if the setup has an embedder. */
  public final Optional<SemanticCache> semantic;

  public final PurgeBook purges;
  public final Purger purger;
  private final AtomicReference<ProxySettings> settings = new AtomicReference<>();
  private final List<ProxyVerticle> verticles = Collections.synchronizedList(new ArrayList<>());
  private final CacheDeployment cache;

  /**
   * What a relay is made with.
   *
   * @param upstream bounds of upstream connections
   * @param around puts something around the store
   * @param silence after which a stream gets a ping
   * @param door makes the door to the HTTP APIs
   */
  public record Setup(
      String yaml,
      HttpUpstreamOptions upstream,
      UnaryOperator<Store> around,
      Duration silence,
      Function<Relays, ApiDoor.Maker> door,
      Optional<Embedder> embedder) {

    /** The same without an embedder. */
    public Setup(
        String yaml,
        HttpUpstreamOptions upstream,
        UnaryOperator<Store> around,
        Duration silence,
        Function<Relays, ApiDoor.Maker> door) {
      this(yaml, upstream, around, silence, door, Optional.empty());
    }

    /** With {@code instead} in place of the embedder that the configuration names. */
    public Setup embedding(Embedder instead) {
      return new Setup(yaml, upstream, around, silence, door, Optional.of(instead));
    }

    /** As in service, configured by {@code yaml}. */
    public static Setup of(String yaml) {
      return new Setup(
          yaml,
          HttpUpstreamOptions.DEFAULTS,
          store -> store,
          Duration.ofSeconds(10),
          _ -> ApiRelay.maker());
    }

    /** At most {@code exchanges} at a time, and {@code waiting} that wait. */
    public Setup bounded(int exchanges, int waiting) {
      var bounds =
          new HttpUpstreamOptions(
              exchanges,
              waiting,
              upstream.connectTimeout(),
              upstream.keepAlive(),
              upstream.maxHeaderBytes());
      return new Setup(yaml, bounds, around, silence, door);
    }

    /** Something around the store. */
    public Setup around(UnaryOperator<Store> wrapper) {
      return new Setup(yaml, upstream, wrapper, silence, door);
    }

    /** Another door to the HTTP APIs, made when the rest of the relay is there. */
    public Setup door(Function<Relays, ApiDoor.Maker> maker) {
      return new Setup(yaml, upstream, around, silence, maker);
    }

    /** Pings after {@code time}. */
    public Setup silent(Duration time) {
      return new Setup(yaml, upstream, around, time, door);
    }
  }

  private Relays(Setup setup) {
    int loops = 2;
    RelayConfig config = parse(setup.yaml());
    vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(loops));
    inFlight = new InFlight(setup.upstream());
    store = setup.around().apply(new CaffeineStore(config.cache().local(), clock::nanos));
    purges = new PurgeBook(store);
    purges.onNews(flights::supersedeAll);
    purger = new LocalPurger(new LocalPurge(vertx, purges, store), clock);
    cache = Await.result(CacheDeployment.deploy(vertx, store, purges));
    settings.set(settings(1, config));
    semantic = setup.embedder().map(embedder -> similar(config.semantic(), embedder));
    var parts =
        new ProxyParts(
            settings::get,
            () -> cache.client(config.cache().deadline(), r -> meters.cacheFailure(r.token())),
            () -> new HttpUpstream(vertx, setup.upstream(), inFlight),
            flights,
            meters,
            clock,
            () -> SCOPE_SECRET,
            connections,
            slots,
            new KeyPools(clock, new Random(1)),
            setup.silence(),
            new KeptParts(),
            setup.door().apply(this),
            () -> semantic,
            Traces.NONE);
    Await.result(
        vertx.deployVerticle(
            () -> {
              var verticle = new ProxyVerticle(parts);
              verticles.add(verticle);
              return verticle;
            },
            new DeploymentOptions().setInstances(loops)));
  }

  /** A relay configured by {@code yaml} beside a free port, with two event loops. */
  public static Relays start(String yaml) {
    return start(Setup.of(yaml));
  }

  /** The same, made as {@code setup} says. */
  public static Relays start(Setup setup) {
    return new Relays(setup);
  }

  /**
   * Configuration of a relay before {@code upstream} for both dialects; {@code more} is appended.
   */
  public static String before(FakeUpstream upstream, String... more) {
    return before(upstream.origin(), more);
  }

  /** The same before whatever answers at {@code origin}. */
  public static String before(String origin, String... more) {
    return """
    server: {listen: "127.0.0.1:0"}
    providers:
      - {name: a, type: anthropic, enabled: true, base_url: "%s"}
      - {name: o, type: openai, enabled: true, base_url: "%s"}
    """
            .formatted(origin, origin)
        + String.join("\n", more);
  }

  /** Replaces the running settings as a reload does. */
  public void reload(String yaml) {
    settings.updateAndGet(old -> settings(old.generation() + 1, parse(yaml)));
  }

  /** Waits until nothing is under way: no request, no flight, no exchange with an upstream. */
  public void awaitIdle() {
    Waiting.until(
        () -> inFlight.inUse() == 0 && flights.size() == 0 && slots.taken() == 0,
        () ->
            "idle; exchanges %d, flights %d, requests %d"
                .formatted(inFlight.inUse(), flights.size(), slots.taken()));
  }

  /** A view of the store from the current context. */
  public Store storeView() {
    return cache.store(Duration.ofSeconds(5));
  }

  /** Where it listens. */
  public int port() {
    return verticles.getFirst().actualPort();
  }

  /** {@code http://127.0.0.1:port}. */
  public String origin() {
    return "http://127.0.0.1:" + port();
  }

  private SemanticCache similar(SemanticOptions options, Embedder embedder) {
    var parts =
        new SemanticCache.Parts(
            embedder,
            new FlatIndex(
                new FlatIndex.Bounds(
                    options.index().entries(),
                    options.index().perPartition(),
                    options.index().perScope())),
            new StandardVetoes(),
            new Workers(vertx, 1, 64, Duration.ofSeconds(10)),
            Embedders.measure(vertx, options, embedder, new StandardVetoes()),
            clock,
            new SplittableRandom(1));
    return new SemanticCache(options, parts);
  }

  private static RelayConfig parse(String yaml) {
    return switch (ConfigLoader.parse("test.yaml", yaml, name -> null)) {
      case ConfigResult.Loaded(RelayConfig config, var warnings) -> config;
      case ConfigResult.Invalid(var problems) -> throw new AssertionError(problems.toString());
    };
  }

  private static ProxySettings settings(long generation, RelayConfig config) {
    return new ProxySettings(
        generation,
        config.server(),
        config.providers(),
        config.routing(),
        config.responses(),
        config.apis());
  }

  @Override
  public void close() {
    Await.result(vertx.close());
  }
}
