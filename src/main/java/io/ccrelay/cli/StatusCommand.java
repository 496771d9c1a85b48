package io.ccrelay.cli;

import io.ccrelay.proxy.ServerOptions;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code status}: asks the relay that the configuration describes; also a health check. */
@Command(
    name = "status",
    footerHeading = "%nExamples:%n",
    footer = {"  cc-relay status", "  cc-relay status --config relay.yaml --json"},
    description = "Tell whether the relay of the configuration answers.")
final class StatusCommand implements Callable<Integer> {

  @Mixin private final ConfigOption options = new ConfigOption();

  @Option(names = "--json", description = "Print what was found as JSON, on standard output.")
  private boolean json;

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
      tell(
          new JsonObject().put("address", place).put("running", true).put("status", status),
          status == 200 ? "running: " + place : "not healthy: " + place + " said " + status);
      return status == 200 ? 0 : 1;
    } catch (IOException | GeneralSecurityException failure) {
      String why = Failures.oneLine(failure);
      tell(
          new JsonObject().put("address", place).put("running", false).put("why", why),
          "not running: " + place + ": " + why);
      return 1;
    }
  }

  private void tell(JsonObject found, String line) {
    if (json) {
      surroundings.out().println(found.encode());
    } else {
      surroundings.say(line);
    }
  }
}
