package io.ccrelay.cli;

import io.ccrelay.config.ConfigLoader;
import io.ccrelay.config.ConfigLookup;
import io.ccrelay.config.ConfigResult;
import io.ccrelay.config.Problem;
import io.ccrelay.config.RelayConfig;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The configuration a command works with.
 *
 * @param file where it was read; empty: the defaults
 * @param config checked
 * @param warnings what is probably not meant
 */
record LoadedConfig(Optional<Path> file, RelayConfig config, List<Problem> warnings) {

  /** Finds and reads the configuration; empty, with every problem said, if it cannot run. */
  static Optional<LoadedConfig> load(Optional<Path> explicit, Surroundings surroundings) {
    Optional<Path> file = find(explicit, surroundings);
    if (file.isEmpty()) {
      return Optional.of(new LoadedConfig(file, ConfigLoader.defaults(), List.of()));
    }
    return switch (ConfigLoader.load(file.get(), surroundings.environment())) {
      case ConfigResult.Loaded(var config, var warnings) ->
          Optional.of(new LoadedConfig(file, config, warnings));
      case ConfigResult.Invalid(var problems) -> {
        problems.forEach(problem -> surroundings.say(problem.toString()));
        surroundings.say(count(problems.size(), "error"));
        yield Optional.empty();
      }
    };
  }

  /** The file that is read, if there is one. */
  static Optional<Path> find(Optional<Path> explicit, Surroundings surroundings) {
    return ConfigLookup.find(
        explicit, surroundings.environment(), surroundings.workingDirectory(), surroundings.home());
  }

  /** Says the warnings. */
  LoadedConfig warn(Surroundings surroundings) {
    warnings.forEach(warning -> surroundings.say("warning: " + warning));
    return this;
  }

  /** How the source is named. */
  String source() {
    return file.map(Path::toString).orElse("no file found, defaults");
  }

  private static String count(int number, String what) {
    return number + " " + what + (number == 1 ? "" : "s");
  }
}
