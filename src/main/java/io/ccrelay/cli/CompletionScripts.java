package io.ccrelay.cli;

import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/** Completion for PowerShell: commands and their flags. */
final class CompletionScripts {

  private CompletionScripts() {}

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

  private static String quoted(String text) {
    return "'" + text.replace("'", "") + "'";
  }
}
