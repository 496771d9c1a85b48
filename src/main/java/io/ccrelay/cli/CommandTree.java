package io.ccrelay.cli;

import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Help.Ansi;

/** All commands of the program; mistakes in their use, like failures, exit with 1. */
final class CommandTree {

  /** The commands of the first level, for completion. */
  static final List<String> NAMES =
      List.of(
          "serve",
          "demo",
          "warm",
          "explain",
          "export",
          "import",
          "validate",
          "config",
          "semantic",
          "status",
          "stats",
          "version",
          "completion",
          "help");

  private CommandTree() {}

  static CommandLine of(Surroundings surroundings) {
    var root = new RootCommand(surroundings);
    var line = new CommandLine(root);
    line.addSubcommand(new ServeCommand(surroundings, root))
        .addSubcommand(new DemoCommand(surroundings))
        .addSubcommand(new WarmCommand(surroundings))
        .addSubcommand(new ExplainCommand(surroundings))
        .addSubcommand(new ExportCommand(surroundings))
        .addSubcommand(new ImportCommand(surroundings))
        .addSubcommand(new ValidateCommand(surroundings, root))
        .addSubcommand(config(surroundings, root))
        .addSubcommand(
            new CommandLine(new GroupCommand.Semantic())
                .addSubcommand(new EvaluateCommand(surroundings, root)))
        .addSubcommand(new StatusCommand(surroundings, root))
        .addSubcommand(new StatsCommand(surroundings))
        .addSubcommand(new VersionCommand(surroundings))
        .addSubcommand(new CompletionCommand(surroundings))
        .addSubcommand(new HelpCommand(surroundings));
    return settings(line, surroundings);
  }

  private static CommandLine config(Surroundings surroundings, RootCommand root) {
    var claude =
        new CommandLine(new GroupCommand.Claude())
            .addSubcommand(new ClaudeCommand.Init(surroundings))
            .addSubcommand(new ClaudeCommand.Remove(surroundings));
    return new CommandLine(new GroupCommand.Config())
        .addSubcommand(new ConfigInitCommand(surroundings))
        .addSubcommand(new ValidateCommand(surroundings, root))
        .addSubcommand(claude);
  }

  private static CommandLine settings(CommandLine line, Surroundings surroundings) {
    return line.setPosixClusteredShortOptionsAllowed(false)
        .setColorScheme(Help.defaultColorScheme(surroundings.colours() ? Ansi.ON : Ansi.OFF))
        .setOut(surroundings.out())
        .setErr(surroundings.err())
        .setParameterExceptionHandler((mistake, _) -> {
          surroundings.say("error: " + mistake.getMessage());
          surroundings.say(
              "try: " + mistake.getCommandLine().getCommandSpec().qualifiedName() + " --help");
          return 1;
        })
        .setExecutionExceptionHandler((failure, _, _) -> {
          surroundings.say("error: " + Failures.oneLine(failure));
          return 1;
        });
  }
}
