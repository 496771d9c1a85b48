package io.ccrelay.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code serve}. */
@Command(
    name = "serve",
    footerHeading = "%nExamples:%n",
    footer = {
      "  cc-relay serve --config relay.yaml",
      "  cc-relay serve --config relay.yaml --cluster",
      "  cc-relay serve --log-level debug --log-format json"
    },
    description = "Run the relay (the default).",
    sortOptions = false)
final class ServeCommand implements Callable<Integer> {

  @Mixin private final ServeOptions options = new ServeOptions();

  @Parameters(hidden = true, description = "Ignored, as the original cc-relay does.")
  private List<String> ignored = new ArrayList<>();

  private final Surroundings surroundings;
  private final RootCommand root;

  ServeCommand(Surroundings surroundings, RootCommand root) {
    this.surroundings = surroundings;
    this.root = root;
  }

  @Override
  public Integer call() throws Exception {
    return new Serving(surroundings, options.or(root.options)).run();
  }
}
