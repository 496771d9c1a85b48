package io.ccrelay.cli;

import io.ccrelay.cache.CacheOptions;
import io.ccrelay.config.ConfigResult;
import io.ccrelay.config.ConfigWatch;
import io.ccrelay.config.RelayConfig;
import io.ccrelay.launch.LogSetup;
import io.ccrelay.launch.LoggingOptions;
import io.ccrelay.launch.Platform;
import io.ccrelay.launch.Redaction;
import io.ccrelay.launch.RelayServer;
import io.ccrelay.launch.Reloading;
import io.ccrelay.launch.Secrets;
import io.ccrelay.launch.StartOptions;
import io.ccrelay.launch.StopSignals;
import io.ccrelay.launch.Version;
import io.ccrelay.launch.VertxFactory;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The way of a serving process: configuration, log, start, watch, wait for a signal, drain. */
final class Serving {

  private static final Logger LOG = LoggerFactory.getLogger(Serving.class);
  private static final Duration LONGEST_START = Duration.ofSeconds(60);

  private final Surroundings surroundings;
  private final ServeOptions options;

  Serving(Surroundings surroundings, ServeOptions options) {
    this.surroundings =
        options.cluster() ? surroundings.with("CC_RELAY_CLUSTER", "true") : surroundings;
    this.options = options;
  }

  /** Serves until told to stop; the exit code. */
  int run() throws IOException, InterruptedException {
    Optional<LoadedConfig> loaded =
        LoadedConfig.load(options.config(), surroundings).map(it -> it.warn(surroundings));
    if (loaded.isEmpty()) {
      return 1;
    }
    sayIfWithoutEffect(loaded.get().config());
    RelayConfig config = overridden(loaded.get().config());
    Redaction.protect(Secrets.of(config));
    LogSetup.apply(config.logging());
    Optional<Platform> platform = platform(config);
    if (platform.isEmpty()) {
      return 1;
    }
    var asked = new CountDownLatch(1);
    StopSignals.handle(asked::countDown);
    try {
      RelayServer server =
          Waiting.on(RelayServer.start(platform.get(), config, startOptions()), LONGEST_START);
      serve(platform.get().vertx(), server, loaded.get(), asked);
      return 0;
    } catch (ExecutionException failure) {
      surroundings.say("error: " + Failures.oneLine(Failures.cause(failure)));
      return 1;
    } finally {
      platform.get().close();
    }
  }

  private Optional<Platform> platform(RelayConfig config) throws InterruptedException {
    try {
      return Optional.of(Platform.open(config.cache(), InstantSource.system()));
    } catch (IOException failure) {
      surroundings.say("error: " + Failures.oneLine(failure));
      return Optional.empty();
    }
  }

  /** Serves until {@code asked}, which may have come while ports were opened already. */
  private void serve(Vertx vertx, RelayServer server, LoadedConfig loaded, CountDownLatch asked)
      throws InterruptedException {
    LOG.info(
        "cc-relay {} listens on {}:{}, management {}, configuration: {}",
        Version.current(),
        server.config().server().host(),
        server.port(),
        server.managementPort().isPresent() ? server.managementPort().getAsInt() : "off",
        loaded.source());
    Optional<ConfigWatch> watch = loaded.file().map(_ -> watch(vertx, server, loaded));
    watch.ifPresent(ConfigWatch::start);
    asked.await();
    var stopped = new CountDownLatch(1);
    server.stop().onComplete(_ -> stopped.countDown());
    stopped.await();
    watch.ifPresent(ConfigWatch::close);
    LOG.info("stopped");
  }

  private ConfigWatch watch(Vertx vertx, RelayServer server, LoadedConfig loaded) {
    return new ConfigWatch(
        vertx,
        loaded.file().orElseThrow(),
        surroundings.environment(),
        ConfigWatch.INTERVAL,
        new ConfigResult.Loaded(loaded.config(), loaded.warnings()),
        new Reloading(vertx, server, this::overridden));
  }

  /** What the command line says whatever the file says. */
  private RelayConfig overridden(RelayConfig config) {
    LoggingOptions logging = config.logging();
    var said =
        new LoggingOptions(
            options.logLevel().orElse(logging.level()),
            options.logFormat().orElse(logging.format()),
            logging.output(),
            logging.pretty(),
            logging.access());
    return new RelayConfig(
        config.server(),
        config.providers(),
        config.routing(),
        config.cache(),
        config.responses(),
        config.management(),
        said,
        config.apis(),
        config.policies(),
        config.externalCache(),
        config.semantic(),
        config.tracing(),
        config.cassette());
  }

  private void sayIfWithoutEffect(RelayConfig config) {
    if (options.cluster() && config.cache().mode() != CacheOptions.Mode.HA) {
      surroundings.say("warning: -cluster has no effect unless cache.mode is ha");
    }
  }

  private StartOptions startOptions() {
    return new StartOptions(
        options.instances().orElse(VertxFactory.eventLoops()),
        StopDelay.of(surroundings.environment()),
        InstantSource.system());
  }
}
