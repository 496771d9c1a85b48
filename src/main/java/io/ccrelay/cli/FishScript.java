package io.ccrelay.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;

/** Completion for fish: commands, their flags, and file names where files are meant. */
final class FishScript {

  private static final String COMPLETE = "complete -c cc-relay";

  private final StringBuilder script = new StringBuilder();

  private FishScript() {}

  static String of(CommandLine root) {
    var made = new FishScript();
    made.script.append(commandSaid(root)).append(COMPLETE + " -f\n");
    made.describe(root, List.of(), "not __cc_relay_command");
    return made.script.toString();
  }

  /**
   * Whether a command was said. Fish's own question takes the value of an option, such as the file
   * after {@code --config}, for one.
   */
  private static String commandSaid(CommandLine root) {
    return """
    function __cc_relay_command
        for word in (commandline -opc)[2..-1]
            contains -- $word %s; and return 0
        end
        return 1
    end
    """
        .formatted(String.join(" ", root.getSubcommands().keySet()));
  }

  /** {@code within}: the condition under which the words of {@code line} are wanted. */
  private void describe(CommandLine line, List<String> path, String within) {
    for (OptionSpec option : line.getCommandSpec().options()) {
      if (!option.hidden()) {
        add(within, names(option) + files(option) + " -d " + quoted(option.description()));
      }
    }
    line.getCommandSpec().positionalParameters().stream()
        .forEach(it -> {
          if (isFile(it)) {
            add(within, " -F");
          } else if (it.completionCandidates() != null) {
            add(within, " -a " + quoted(it.completionCandidates()));
          }
        });
    String own = line.getSubcommands().isEmpty() || path.isEmpty() ? within : notYet(within, line);
    line.getSubcommands()
        .forEach((name, child) -> {
          String[] text = child.getCommandSpec().usageMessage().description();
          add(own, " -a " + name + " -d " + quoted(text[0]));
        });
    line.getSubcommands()
        .forEach((name, child) -> {
          var way = new ArrayList<>(path);
          way.add(name);
          describe(child, way, condition(path.isEmpty() ? "" : within, line, name, child));
        });
  }

  private void add(String condition, String what) {
    script.append(COMPLETE + " -n '" + condition + "'" + what + "\n");
  }

  /** None of the commands of {@code line} was said. */
  private static String notYet(String within, CommandLine line) {
    return within
        + "; and not __fish_seen_subcommand_from "
        + String.join(" ", line.getSubcommands().keySet());
  }

  /** {@code name} was said, and none of those beside it, unless they are below it as well. */
  private static String condition(String within, CommandLine line, String name, CommandLine child) {
    String said = "__fish_seen_subcommand_from " + name;
    if (within.isEmpty()) {
      return said;
    }
    Set<String> below = child.getSubcommands().keySet();
    String others =
        line.getSubcommands().keySet().stream()
            .filter(other -> !other.equals(name) && !below.contains(other))
            .collect(Collectors.joining(" "));
    return within
        + "; and "
        + said
        + (others.isEmpty() ? "" : "; and not __fish_seen_subcommand_from " + others);
  }

  private static String names(OptionSpec option) {
    var names = new StringBuilder();
    for (String name : option.names()) {
      if (name.startsWith("--")) {
        names.append(" -l ").append(name.substring(2));
      } else {
        names.append(name.length() == 2 ? " -s " : " -o ").append(name.substring(1));
      }
    }
    return names.toString();
  }

  private static String files(OptionSpec option) {
    if (option.arity().max() == 0) {
      return "";
    }
    if (isFile(option)) {
      return " -r -F";
    }
    return option.completionCandidates() == null
        ? " -x"
        : " -x -a " + quoted(option.completionCandidates());
  }

  private static boolean isFile(ArgSpec argument) {
    return argument.paramLabel().equals("FILE");
  }

  private static String quoted(Iterable<String> words) {
    return quoted(String.join(" ", words));
  }

  private static String quoted(String... text) {
    return "'" + String.join(" ", text).replace("'", "").replace("\\", "") + "'";
  }
}
