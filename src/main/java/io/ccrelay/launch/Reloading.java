package io.ccrelay.launch;

import io.ccrelay.config.ConfigResult;
import io.ccrelay.config.RelayConfig;
import io.vertx.core.Vertx;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes over every change of the configuration file. A file that cannot run leaves everything as it
 * was and is reported. Called on one context.
 */
public final class Reloading implements Consumer<ConfigResult> {

  private static final Logger LOG = LoggerFactory.getLogger(Reloading.class);

  private static final Logger AUDIT = LoggerFactory.getLogger("audit");

  private final Vertx vertx;
  private final RelayServer server;
  private final UnaryOperator<RelayConfig> overrides;

  /**
   * Reloads {@code server}.
   *
   * @param overrides what the command line says whatever the file says
   */
  public Reloading(Vertx vertx, RelayServer server, UnaryOperator<RelayConfig> overrides) {
    this.vertx = vertx;
    this.server = server;
    this.overrides = overrides;
  }

  @Override
  public void accept(ConfigResult result) {
    switch (result) {
      case ConfigResult.Loaded(var config, var warnings) -> {
        warnings.forEach(warning -> LOG.warn("{}", warning));
        use(overrides.apply(config));
      }
      case ConfigResult.Invalid(var problems) -> {
        problems.forEach(problem -> LOG.error("{}", problem));
        LOG.error("configuration not reloaded, the running one stays: {} errors", problems.size());
        server.meters().reloaded(false);
        audit("refused");
      }
    }
  }

  /** Who changed the file, the relay cannot know. */
  private static void audit(String result) {
    AUDIT
        .atInfo()
        .addKeyValue("action", "config.reload")
        .addKeyValue("caller", "file")
        .addKeyValue("result", result)
        .log("the configuration file changed");
  }

  private void use(RelayConfig next) {
    Redaction.protect(Secrets.of(next));
    LoggingOptions former = server.config().logging();
    server.reload(next);
    audit("used");
    if (!next.logging().equals(former)) {
      vertx
          .executeBlocking(() -> {
            LogSetup.apply(next.logging());
            return next.logging();
          })
          .onSuccess(logging -> LOG.info("logging changed: level {}", logging.level()))
          .onFailure(failure -> LOG.error("logging not changed: {}", failure.getMessage()));
    }
  }
}
