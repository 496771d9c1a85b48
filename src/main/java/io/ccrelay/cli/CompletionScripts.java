package io.ccrelay.cli;

import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/** Completion scripts for the shells that picocli does not know: commands and their flags. */
final class CompletionScripts {

  private CompletionScripts() {}

  static String fish(CommandLine root) {
    var script = new StringBuilder("complete -c cc-relay -f\n");
    root.getSubcommands()
        .forEach((name, line) ->
            script
                .append("complete -c cc-relay -n __fish_use_subcommand -a ")
                .append(name + " -d " + quoted(description(line)) + "\n"));
    root.getSubcommands()
        .forEach((name, line) -> words(line).forEach(word -> script.append(fishWord(name, word))));
    return script.toString();
  }

  static String powershell(CommandLine root) {
    String commands =
        root.getSubcommands().entrySet().stream()
            .map(it -> "    '" + it.getKey() + "' = @(" + list(words(it.getValue())) + ")\n")
            .collect(Collectors.joining());
    return """
    Register-ArgumentCompleter -Native -CommandName cc-relay -ScriptBlock {
      param($word, $ast, $position)
      $words = @{
    %s  }
      $command = $ast.CommandElements | Select-Object -Skip 1 -First 1
      $known = $words["$command"]
      if (-not $known) { $known = @(%s) }
      $known | Where-Object { $_ -like "$word*" } | ForEach-Object {
        [System.Management.Automation.CompletionResult]::new($_)
      }
    }
    """
        .formatted(
            commands, list(Stream.concat(root.getSubcommands().keySet().stream(), flags(root))));
  }

  private static String fishWord(String command, String word) {
    return "complete -c cc-relay -n '__fish_seen_subcommand_from "
        + command
        + "' -a '"
        + word
        + "'\n";
  }

  private static Stream<String> words(CommandLine line) {
    return Stream.concat(line.getSubcommands().keySet().stream(), flags(line));
  }

  private static Stream<String> flags(CommandLine line) {
    return line.getCommandSpec().options().stream()
        .filter(option -> !option.hidden())
        .map(OptionSpec::longestName);
  }

  private static String list(Stream<String> words) {
    return words.map(CompletionScripts::quoted).collect(Collectors.joining(", "));
  }

  private static String description(CommandLine line) {
    return String.join(" ", line.getCommandSpec().usageMessage().description());
  }

  private static String quoted(String text) {
    return "'" + text.replace("'", "") + "'";
  }
}
