package io.ccrelay.cli;

import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code validate} and {@code config validate}. */
@Command(
    name = "validate",
    description = "Check the configuration; every problem is printed as file:line:column.")
final class ValidateCommand implements Callable<Integer> {

  @Mixin private final ConfigOption options = new ConfigOption();

  private final Surroundings surroundings;
  private final RootCommand root;

  ValidateCommand(Surroundings surroundings, RootCommand root) {
    this.surroundings = surroundings;
    this.root = root;
  }

  @Override
  public Integer call() {
    Optional<LoadedConfig> loaded =
        LoadedConfig.load(options.or(root.options), surroundings).map(it -> it.warn(surroundings));
    loaded.ifPresent(it -> surroundings.say("valid: " + it.source()));
    return loaded.isPresent() ? 0 : 1;
  }
}
