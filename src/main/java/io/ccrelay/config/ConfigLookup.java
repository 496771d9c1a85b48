package io.ccrelay.config;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Finds the configuration file. */
public final class ConfigLookup {

  /** The environment variable that names the file. */
  public static final String VARIABLE = "CC_RELAY_CONFIG";

  private ConfigLookup() {}

  /**
   * The file to load: {@code explicit}, else the one {@link #VARIABLE} names (these two whether
   * they exist or not, so that a wrong name is reported), else the first that exists of {@code
   * config.yaml}, {@code config.toml}, {@code conf/cc-relay.yaml} in the working directory and
   * {@code .config/cc-relay/config.yaml}, {@code .config/cc-relay/config.toml} in the home
   * directory. Empty: the defaults apply.
   *
   * @param explicit the file of the command line
   * @param environment gives null for unset variables
   */
  public static Optional<Path> find(
      Optional<Path> explicit,
      UnaryOperator<@Nullable String> environment,
      Path workingDirectory,
      Path home) {
    if (explicit.isPresent()) {
      return explicit.map(workingDirectory::resolve);
    }
    @Nullable String named = environment.apply(VARIABLE);
    if (named != null && !named.isBlank()) {
      return Optional.of(workingDirectory.resolve(named.strip()));
    }
    Path user = home.resolve(".config").resolve("cc-relay");
    return Stream.of(
            workingDirectory.resolve("config.yaml"),
            workingDirectory.resolve("config.toml"),
            workingDirectory.resolve("conf").resolve("cc-relay.yaml"),
            user.resolve("config.yaml"),
            user.resolve("config.toml"))
        .filter(Files::isRegularFile)
        .findFirst();
  }
}
