package io.ccrelay.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code demo}. */
@Command(
    name = "demo",
    description = "Show the relay at work between a simulated provider and its clients.")
final class DemoCommand implements Callable<Integer> {

  @Option(names = "--once", description = "Exit after the table.")
  private boolean once;

  private final Surroundings surroundings;

  DemoCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() {
    surroundings.say("not yet: " + once);
    return 1;
  }
}
