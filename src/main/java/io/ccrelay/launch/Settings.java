package io.ccrelay.launch;

import io.ccrelay.config.RelayConfig;
import io.ccrelay.proxy.ProxySettings;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/** The settings in use, replaced as a whole. Safe for use from any context. */
final class Settings implements Supplier<ProxySettings> {

  private final AtomicReference<RelayConfig> config;
  private final AtomicReference<ProxySettings> current;

  Settings(RelayConfig config) {
    this.config = new AtomicReference<>(config);
    this.current = new AtomicReference<>(of(config, 0));
  }

  @Override
  public ProxySettings get() {
    return current.get();
  }

  /** The configuration in use. */
  RelayConfig config() {
    return config.get();
  }

  void replace(RelayConfig next) {
    config.set(next);
    current.updateAndGet(former -> of(next, former.generation() + 1));
  }

  /** Has every request that begins from now on understood anew. */
  void renew() {
    current.updateAndGet(former -> of(config.get(), former.generation() + 1));
  }

  private static ProxySettings of(RelayConfig config, long generation) {
    return new ProxySettings(
        generation,
        config.server(),
        config.providers(),
        config.routing(),
        config.responses(),
        config.apis());
  }
}
