package io.ccrelay.cli;

import java.util.Iterator;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code completion}: a script for a shell, on standard output. */
@Command(
    name = "completion",
    footerHeading = "%nExamples:%n",
    footer = {
      "  source <(cc-relay completion bash)                                        # bash and zsh",
      "  cc-relay completion bash > /etc/bash_completion.d/cc-relay",
      "  cc-relay completion fish > ~/.config/fish/completions/cc-relay.fish",
      "  cc-relay completion powershell >> $PROFILE"
    },
    description = "Print a completion script for a shell.")
final class CompletionCommand implements Callable<Integer> {

  private static final List<String> SHELLS = List.of("bash", "zsh", "fish", "powershell");

  @Parameters(
      paramLabel = "SHELL",
      completionCandidates = Shells.class,
      description = "bash, zsh, fish or powershell.")
  private String shell = "";

  @Spec private CommandSpec spec = CommandSpec.create();

  /** What may be asked for. */
  static final class Shells implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return SHELLS.iterator();
    }
  }

  private final Surroundings surroundings;

  CompletionCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() {
    CommandLine root = spec.root().commandLine();
    switch (shell) {
      case "bash", "zsh" -> surroundings.out().println(AutoComplete.bash("cc-relay", root));
      case "fish" -> surroundings.out().print(FishScript.of(root));
      case "powershell" -> surroundings.out().print(CompletionScripts.powershell(root));
      default -> {
        surroundings.say("error: " + shell + " (expected: " + String.join(", ", SHELLS) + ")");
        return 1;
      }
    }
    surroundings.out().flush();
    return 0;
  }
}
