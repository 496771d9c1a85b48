package io.ccrelay.cli;

import io.ccrelay.launch.Version;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** {@code cc-relay} without a command serves. */
@Command(
    name = "cc-relay",
    footerHeading = "%nExamples:%n",
    footer = {
      "  cc-relay                                   # listens on 127.0.0.1:8787, asks api.anthropic.com",
      "  cc-relay demo                              # see it work, nothing else needed",
      "  cc-relay config init                       # a commented configuration file",
      "  cc-relay serve --config relay.yaml",
      "  cc-relay help warm                         # more about a command"
    },
    description = "A caching relay between clients and the services they pay or wait for.",
    synopsisSubcommandLabel = "[COMMAND]",
    versionProvider = RootCommand.Versions.class,
    sortOptions = false)
final class RootCommand implements Callable<Integer> {

  @Mixin final ServeOptions options = new ServeOptions();

  @Option(
      names = {"-v", "--version"},
      versionHelp = true,
      description = "Print the version and exit.")
  @SuppressWarnings("UnusedVariable") // picocli acts on it
  private boolean version;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      scope = ScopeType.INHERIT,
      description = "Print this help and exit.")
  @SuppressWarnings("UnusedVariable") // picocli acts on it
  private boolean help;

  private final Surroundings surroundings;

  RootCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws Exception {
    return new Serving(surroundings, options).run();
  }

  /** What {@code --version} prints. */
  static final class Versions implements IVersionProvider {
    @Override
    public String[] getVersion() {
      return new String[] {"cc-relay " + Version.current()};
    }
  }
}
