package io.ccrelay.cli;

import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The flag that names the configuration, for commands that only read it. */
final class ConfigOption {

  @Option(
      names = {"--config", "-conf"},
      paramLabel = "FILE",
      description = "Configuration file, YAML or TOML.")
  private @Nullable Path config;

  /** The file named here, or before the command. */
  Optional<Path> or(ServeOptions root) {
    return Optional.ofNullable(config).or(root::config);
  }
}
