package io.ccrelay.cli;

import io.ccrelay.config.ConfigLoader;
import io.ccrelay.config.ConfigResult;
import io.ccrelay.config.Problem;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code validate} and {@code config validate}. */
@Command(
    name = "validate",
    footerHeading = "%nExamples:%n",
    footer = {
      "  cc-relay validate --config relay.yaml",
      "  cc-relay validate --json                  # for an editor or a pipeline"
    },
    description = "Check the configuration; every problem is printed as file:line:column.")
final class ValidateCommand implements Callable<Integer> {

  @Mixin private final ConfigOption options = new ConfigOption();

  @Option(names = "--json", description = "Print the problems as JSON, on standard output.")
  private boolean json;

  private final Surroundings surroundings;
  private final RootCommand root;

  ValidateCommand(Surroundings surroundings, RootCommand root) {
    this.surroundings = surroundings;
    this.root = root;
  }

  @Override
  public Integer call() {
    return json ? report(LoadedConfig.find(options.or(root.options), surroundings)) : say();
  }

  private int report(Optional<Path> file) {
    ConfigResult result =
        file.map(it -> ConfigLoader.load(it, surroundings.environment()))
            .orElseGet(() -> new ConfigResult.Loaded(ConfigLoader.defaults(), List.of()));
    boolean valid = result instanceof ConfigResult.Loaded;
    var problems = new JsonArray();
    switch (result) {
      case ConfigResult.Loaded(_, var warnings) ->
          warnings.forEach(it -> problems.add(json("warning", it)));
      case ConfigResult.Invalid(var errors) ->
          errors.forEach(it -> problems.add(json("error", it)));
    }
    surroundings
        .out()
        .println(
            new JsonObject()
                .put("valid", valid)
                .put("file", file.map(Path::toString).orElse(null))
                .put("problems", problems)
                .encode());
    return valid ? 0 : 1;
  }

  private static JsonObject json(String severity, Problem problem) {
    return new JsonObject()
        .put("severity", severity)
        .put("file", problem.file())
        .put("line", problem.line())
        .put("column", problem.column())
        .put("path", problem.path())
        .put("message", problem.message());
  }

  private int say() {
    Optional<LoadedConfig> loaded =
        LoadedConfig.load(options.or(root.options), surroundings).map(it -> it.warn(surroundings));
    loaded.ifPresent(it -> surroundings.say("valid: " + it.source()));
    return loaded.isPresent() ? 0 : 1;
  }
}
