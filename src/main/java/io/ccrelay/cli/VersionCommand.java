package io.ccrelay.cli;

import io.ccrelay.launch.Version;
import io.vertx.core.json.JsonObject;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code version}: on standard error, as the original does; {@code --version} is for scripts. */
@Command(
    name = "version",
    footerHeading = "%nExamples:%n",
    footer = {"  cc-relay version", "  cc-relay version --json"},
    description = "Print the version on standard error.")
final class VersionCommand implements Runnable {

  @Option(names = "--json", description = "Print it as JSON, on standard output.")
  private boolean json;

  private final Surroundings surroundings;

  VersionCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public void run() {
    if (json) {
      var versions =
          new JsonObject()
              .put("version", Version.current())
              .put("java", Runtime.version().toString());
      surroundings.out().println(versions.encode());
      return;
    }
    surroundings.say("cc-relay " + Version.current());
  }
}
