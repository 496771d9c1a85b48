package io.ccrelay.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program as a user sees it, at a terminal and away from one, and shells that complete it. */
@Tag("slow")
class TerminalTest {

  @TempDir Path directory;

  @Test
  void helpIsColouredAtATerminalOnly() throws Exception {
    assertTrue(atTerminal("--help").contains("\033[33m"));
    assertFalse(run(program("--help")).contains("\033["));
  }

  @Test
  void progressIsDrawnAtATerminalOnly() throws Exception {
    HttpServer relay =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 10);
    relay.createContext(
        "/",
        exchange -> {
          try (exchange) {
            exchange.getRequestBody().readAllBytes();
            exchange.getResponseHeaders().add("X-CC-Relay-Cache", "miss");
            exchange.sendResponseHeaders(200, -1);
          }
        });
    relay.start();
    Path file = directory.resolve("requests.jsonl");
    Files.writeString(file, "{\"path\": \"/v1/messages\", \"body\": {}}\n".repeat(3));
    String[] warm = {
      "warm",
      file.toString(),
      "--restart",
      "--url",
      "http://127.0.0.1:" + relay.getAddress().getPort()
    };
    try {
      assertTrue(atTerminal(warm).contains("requests 100%"));
      String piped = run(program(warm));
      assertFalse(piped.contains("100%"), piped);
      assertTrue(piped.contains("asked      3"), piped);
    } finally {
      relay.stop(0);
    }
  }

  @Test
  void fishCompletesCommandsFlagsAndFiles() throws Exception {
    assumeTrue(isThere("fish"), "no fish here");
    Files.writeString(directory.resolve("c.fish"), run(program("completion", "fish")));
    Files.writeString(directory.resolve("one.jsonl"), "");
    assertTrue(fish("cc-relay ").contains("warm"));
    assertEquals("cc init validate", fish("cc-relay config "));
    assertEquals("init remove", fish("cc-relay config cc "));
    assertEquals("--help --proxy-url", fish("cc-relay config cc init --"));
    assertEquals("--force --help --output", fish("cc-relay config init --"));
    assertEquals("one.jsonl", fish("cc-relay warm o"));
    assertEquals("bash fish powershell zsh", fish("cc-relay completion "));
  }

  @Test
  void bashAndZshTakeTheScript() throws Exception {
    Path script = directory.resolve("script");
    Files.writeString(script, run(program("completion", "bash")));
    assertEquals(
        "bash fish powershell zsh",
        sorted(
            run(
                List.of(
                    "bash",
                    "-c",
                    "source "
                        + script
                        + "; COMP_WORDS=(cc-relay completion ''); COMP_CWORD=2;"
                        + " _complete_cc-relay; printf '%s\\n' \"${COMPREPLY[@]}\""))));
    assumeTrue(isThere("zsh"), "no zsh here");
    assertEquals(
        "loaded",
        run(List.of(
                "zsh",
                "-fc",
                "autoload -U compinit; compinit -u -D; source " + script + " && echo loaded"))
            .strip());
  }

  private String fish(String line) throws Exception {
    String commands = "source c.fish; complete -C \"" + line + "\" | string split -f1 \\t";
    return sorted(run(List.of("fish", "--no-config", "-c", commands)));
  }

  private static String sorted(String lines) {
    return String.join(" ", lines.lines().map(String::strip).sorted().distinct().toList());
  }

  private String atTerminal(String... arguments) throws Exception {
    assumeTrue(isThere("script"), "no script here");
    var quoted = new ArrayList<String>();
    program(arguments).forEach(it -> quoted.add("'" + it + "'"));
    return run(List.of("script", "-qec", String.join(" ", quoted), "/dev/null"));
  }

  private static List<String> program(String... arguments) {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("@" + Path.of("conf", "jvm.options").toAbsolutePath());
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-cp"));
    command.add(
        Stream.of(System.getProperty("java.class.path").split(":"))
            .map(it -> Path.of(it).toAbsolutePath().toString())
            .collect(Collectors.joining(":")));
    command.add("io.ccrelay.cli.boot.Boot");
    command.addAll(List.of(arguments));
    return command;
  }

  private static boolean isThere(String program) {
    for (String place : System.getenv("PATH").split(":")) {
      if (Files.isExecutable(Path.of(place, program))) {
        return true;
      }
    }
    return false;
  }

  private String run(List<String> command) throws IOException, InterruptedException {
    var builder = new ProcessBuilder(command).directory(directory.toFile());
    builder.environment().put("TERM", "xterm");
    builder.environment().remove("NO_COLOR");
    var process = builder.redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertTrue(process.waitFor(60, TimeUnit.SECONDS));
    return said;
  }
}
