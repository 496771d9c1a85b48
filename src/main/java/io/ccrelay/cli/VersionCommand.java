package io.ccrelay.cli;

import io.ccrelay.launch.Version;
import picocli.CommandLine.Command;

/** {@code version}: on standard error, as the original does; {@code --version} is for scripts. */
@Command(name = "version", description = "Print the version on standard error.")
final class VersionCommand implements Runnable {

  private final Surroundings surroundings;

  VersionCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public void run() {
    surroundings.say("cc-relay " + Version.current());
  }
}
