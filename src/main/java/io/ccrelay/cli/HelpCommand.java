package io.ccrelay.cli;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code help} and {@code help COMMAND}: on standard output. */
@Command(
    name = "help",
    footerHeading = "%nExamples:%n",
    footer = {"  cc-relay help", "  cc-relay help config cc init"},
    description = "Print the help of a command.")
final class HelpCommand implements Callable<Integer> {

  @Parameters(
      paramLabel = "COMMAND",
      arity = "0..*",
      completionCandidates = Commands.class,
      description = "Such as: config cc init.")
  private List<String> path = new ArrayList<>();

  @Spec private CommandSpec spec = CommandSpec.create();

  /** What completion offers: those of the first level. */
  static final class Commands implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return CommandTree.NAMES.iterator();
    }
  }

  private final Surroundings surroundings;

  HelpCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() {
    CommandLine line = spec.root().commandLine();
    for (String name : path) {
      CommandLine next = line.getSubcommands().get(name);
      if (next == null) {
        surroundings.say("error: no command " + String.join(" ", path));
        return 1;
      }
      line = next;
    }
    line.usage(surroundings.out());
    return 0;
  }
}
