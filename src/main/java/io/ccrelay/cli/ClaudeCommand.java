package io.ccrelay.cli;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.function.UnaryOperator;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * A change to {@code ~/.claude/settings.json}. A file that cannot be read as JSON is left alone.
 */
abstract class ClaudeCommand implements Callable<Integer> {

  private final Surroundings surroundings;

  ClaudeCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  final Path file() {
    return surroundings.home().resolve(".claude").resolve("settings.json");
  }

  final int edit(UnaryOperator<String> change, String done) throws IOException {
    String before = Files.exists(file()) ? Files.readString(file()) : "";
    try {
      PrivateFile.write(file(), change.apply(before));
    } catch (IllegalArgumentException unusable) {
      surroundings.say("error: " + file() + ": " + unusable.getMessage());
      return 1;
    }
    surroundings.say(done);
    return 0;
  }

  final int say(int code, String line) {
    surroundings.say(line);
    return code;
  }

  /** {@code config cc init}. */
  @Command(
      name = "init",
      footerHeading = "%nExamples:%n",
      footer = {
        "  cc-relay config cc init",
        "  cc-relay config cc init --proxy-url http://relay.example:8787"
      },
      description = "Point Claude Code at the relay.")
  static final class Init extends ClaudeCommand {

    @Option(
        names = "--proxy-url",
        paramLabel = "URL",
        description = "Where the relay is (default: ${DEFAULT-VALUE}).")
    private String proxyUrl = "http://127.0.0.1:8787";

    Init(Surroundings surroundings) {
      super(surroundings);
    }

    @Override
    public Integer call() throws IOException {
      if (!isHttp(proxyUrl)) {
        return say(1, "error: --proxy-url: " + proxyUrl + " (expected: http://host:port)");
      }
      return edit(
          settings -> ClaudeSettings.pointedAt(proxyUrl, settings),
          "Claude Code now asks " + proxyUrl + " (" + file() + ")");
    }

    private static boolean isHttp(String url) {
      try {
        URI uri = URI.create(url);
        return uri.getHost() != null
            && ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()));
      } catch (IllegalArgumentException malformed) {
        return false;
      }
    }
  }

  /** {@code config cc remove}. */
  @Command(
      name = "remove",
      footerHeading = "%nExamples:%n",
      footer = {"  cc-relay config cc remove"},
      description = "Let Claude Code ask its provider again.")
  static final class Remove extends ClaudeCommand {

    Remove(Surroundings surroundings) {
      super(surroundings);
    }

    @Override
    public Integer call() throws IOException {
      return Files.exists(file())
          ? edit(ClaudeSettings::released, "Claude Code asks its provider (" + file() + ")")
          : say(0, "nothing to remove: " + file() + " is not there");
    }
  }
}
