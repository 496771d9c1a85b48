package io.ccrelay.cli;

import io.ccrelay.proxy.ServerOptions;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code status}: asks the relay that the configuration describes; also a health check. */
@Command(name = "status", description = "Tell whether the relay of the configuration answers.")
final class StatusCommand implements Callable<Integer> {

  @Mixin private final ConfigOption options = new ConfigOption();

  private final Surroundings surroundings;
  private final RootCommand root;

  StatusCommand(Surroundings surroundings, RootCommand root) {
    this.surroundings = surroundings;
    this.root = root;
  }

  @Override
  public Integer call() {
    Optional<LoadedConfig> loaded = LoadedConfig.load(options.or(root.options), surroundings);
    return loaded.isPresent() ? ask(loaded.get().config().server()) : 1;
  }

  private int ask(ServerOptions server) {
    String place = HealthQuestion.hostOf(server) + ":" + server.port();
    try {
      int status = HealthQuestion.ask(server);
      surroundings.say(
          status == 200 ? "running: " + place : "not healthy: " + place + " said " + status);
      return status == 200 ? 0 : 1;
    } catch (IOException | GeneralSecurityException failure) {
      surroundings.say("not running: " + place + ": " + Failures.oneLine(failure));
      return 1;
    }
  }
}
