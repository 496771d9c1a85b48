package io.ccrelay.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Completion in the shells themselves; skipped where one is missing")
class CompletionTest {

  /** Lists what bash would offer for the line $1. */
  private static final String BASH =
      """
      source ./script
      compopt() { :; }
      COMP_LINE=$1 COMP_POINT=${#1}
      read -ra COMP_WORDS <<<"$1"
      [[ $1 == *' ' ]] && COMP_WORDS+=('')
      COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
      $(complete -p cc-relay | sed 's/.*-F \\([^ ]*\\).*/\\1/')
      printf '%s\\n' "${COMPREPLY[@]}"
      """;

  /** Types the line $1 into an interactive zsh, has it list what it would offer, and tells that. */
  private static final String ZSH =
      """
      zmodload zsh/zpty
      print -r -- '
        autoload -Uz compinit; compinit -u -D; source ./script; PROMPT=; LISTMAX=999; stty cols 400
        zle-line-init() { print READY }; zle -N zle-line-init
      ' > setup
      zpty shell zsh -f -i
      zpty -w shell 'source ./setup'
      until [[ $line == *READY* ]]; do zpty -r shell line || exit 1; done
      zpty -w -n shell "$1"$'\\x04'
      zpty -w -n shell $'\\x15print EN""D\\n'
      until [[ $line == *END* ]]; do zpty -r shell line || exit 1; print -r -- $line; done
      zpty -d shell
      """;

  private static final String FISH = "source ./script; complete -C $argv[1]";

  @TempDir private Path directory;

  private final StringWriter out = new StringWriter();

  @BeforeEach
  void writeAFile() throws IOException {
    Files.writeString(directory.resolve("relay.yaml"), "");
  }

  private Surroundings surroundings() {
    var writer = new PrintWriter(out);
    return new Surroundings(_ -> null, directory, directory, writer, writer, false);
  }

  private void script(String shell) throws IOException {
    assertEquals(0, CommandTree.of(surroundings()).execute("completion", shell));
    Files.writeString(directory.resolve("script"), out.toString());
  }

  private String offered(String shell, String line) throws Exception {
    script(shell);
    List<String> command =
        switch (shell) {
          case "bash" -> List.of("bash", "--norc", "-c", BASH, "bash", line);
          case "zsh" -> List.of("zsh", "-f", "-c", ZSH, "zsh", line);
          default -> List.of("fish", "--no-config", "-c", FISH, line);
        };
    return run(command);
  }

  private String run(List<String> command) throws Exception {
    Assumptions.assumeTrue(isThere(command.get(0)), () -> "skipped: no " + command.get(0));
    Path said = directory.resolve("said");
    var builder = new ProcessBuilder(command).directory(directory.toFile());
    builder.environment().put("HOME", directory.toString());
    builder.environment().put("TERM", "dumb");
    Process process =
        builder
            .redirectErrorStream(true)
            .redirectOutput(said.toFile())
            .redirectInput(new File("/dev/null"))
            .start();
    boolean ended = process.waitFor(30, TimeUnit.SECONDS);
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
    String text = new String(Files.readAllBytes(said), StandardCharsets.UTF_8);
    assertTrue(ended, text);
    return text;
  }

  private static boolean isThere(String program) {
    return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1))
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
  }

  @ParameterizedTest
  @CsvSource({
    "'cc-relay ', serve demo warm validate config semantic completion help",
    "'cc-relay wa', warm",
    "'cc-relay --', --config --cluster --version",
    "'cc-relay --config relay.yaml ', serve validate",
    "'cc-relay --log-level ', debug info warn error",
    "'cc-relay serve --', --config --instances",
    "'cc-relay warm --', --url --rate --json",
    "'cc-relay config ', init validate cc",
    "'cc-relay config cc ', init remove",
    "'cc-relay config cc init --', --proxy-url",
    "'cc-relay semantic ', evaluate",
    "'cc-relay completion ', bash zsh fish powershell",
    "'cc-relay help ', serve demo warm",
    "'cc-relay validate --config rel', relay.yaml"
  })
  void commandsOptionsAndValuesAreOffered(String line, String expected) throws Exception {
    for (String shell : List.of("bash", "fish")) {
      if (isThere(shell)) {
        isOffered(shell, line, expected);
      }
    }
  }

  /** Zsh has the script of bash and takes longer to start. */
  @ParameterizedTest
  @CsvSource({
    "'cc-relay ', serve demo warm",
    "'cc-relay config cc init --', --proxy-url",
    "'cc-relay --log-level ', debug info warn error",
    "'cc-relay validate --config rel', relay.yaml"
  })
  void zshOffersThemToo(String line, String expected) throws Exception {
    isOffered("zsh", line, expected);
  }

  private void isOffered(String shell, String line, String expected) throws Exception {
    out.getBuffer().setLength(0);
    String offered = offered(shell, line);
    for (String word : expected.split(" ")) {
      assertTrue(offered.contains(word), () -> shell + " for '" + line + "': " + offered);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"bash", "zsh", "fish"})
  void whatDoesNotBelongIsNotOffered(String shell) throws Exception {
    String offered = offered(shell, "cc-relay config ");
    assertTrue(!offered.contains("demo") && !offered.contains("remove"), offered);
  }

  @Test
  void helpCompletesTheCommandsThereAre() {
    var there = new ArrayList<>(CommandTree.of(surroundings()).getSubcommands().keySet());
    assertEquals(new TreeSet<>(there), new TreeSet<>(CommandTree.NAMES));
  }
}
