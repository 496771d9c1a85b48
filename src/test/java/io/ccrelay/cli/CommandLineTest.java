package io.ccrelay.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ccrelay.launch.Version;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** Streams and exit codes of the commands, as scripts written for the original expect them. */
class CommandLineTest {

  @TempDir Path home;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private final Map<String, String> environment = new HashMap<>();

  @Test
  void versionGoesToStandardErrorAndTheFlagToStandardOutput() {
    assertEquals(0, run("version"));
    assertEquals("cc-relay " + Version.current(), err.toString().strip());
    assertEquals("", out.toString());
    assertEquals(0, run("--version"));
    assertEquals("cc-relay " + Version.current(), out.toString().strip());
    assertEquals(0, run("-v"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "help",
        "--help",
        "-h",
        "config",
        "config cc",
        "help config cc",
        "serve --help",
        "config cc init -h",
        "status --help",
        "demo --help"
      })
  void helpGoesToStandardOutput(String line) {
    assertEquals(0, run(line.split(" ")));
    assertTrue(out.toString().startsWith("Usage: cc-relay"), out.toString());
    assertEquals("", err.toString());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "nonsense",
        "serve --nonsense",
        "serve --config",
        "-conf",
        "-instances x",
        "config nonsense",
        "config cc nonsense",
        "completion",
        "completion tcsh",
        "help nonsense",
        "validate extra",
        "--log-level"
      })
  void mistakesGoToStandardErrorAndExitWithOne(String line) {
    assertEquals(1, run(line.split(" ")));
    assertTrue(err.toString().startsWith("error: "), err.toString());
    assertEquals("", out.toString());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "-conf missing.yaml",
        "-conf missing.yaml -cluster -instances 2",
        "--config missing.yaml",
        "serve -conf missing.yaml extra arguments",
        "--config missing.yaml serve",
        "serve --cluster --debug --log-level info --log-format json --config missing.yaml"
      })
  void servingWithoutTheNamedFileFails(String line) {
    assertEquals(1, run(line.split(" ")));
    assertTrue(err.toString().contains("missing.yaml: "), err.toString());
  }

  @Test
  void joiningAClusterOnAPortThatIsTakenFailsWithOneLine() throws IOException {
    try (var taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      write(
          "ha.yaml",
          """
          cache:
            mode: ha
            olric:
              embedded: true
              bind_addr: 127.0.0.1:%d
          """
              .formatted(taken.getLocalPort() - 2));
      assertEquals(1, run("-conf", "ha.yaml", "-cluster"));
    }
    assertTrue(err.toString().contains("cache.olric.bind_addr: cannot listen"), err.toString());
  }

  @ParameterizedTest
  @ValueSource(strings = {"validate", "config validate"})
  void everyProblemIsPrintedWithItsPlace(String command) throws IOException {
    write("bad.yaml", "server:\n  listen: nowhere\nlogging:\n  level: loud\n");
    assertEquals(1, run((command + " --config bad.yaml").split(" ")));
    String said = err.toString();
    assertTrue(said.contains("bad.yaml:2:"), said);
    assertTrue(said.contains("bad.yaml:4:"), said);
    assertTrue(said.contains("2 errors"), said);
  }

  @Test
  void aValidFileExitsWithZeroWhereverItIsNamed() throws IOException {
    Path file = write("good.yaml", "logging:\n  level: debug\n");
    assertEquals(0, run("validate", "--config", "good.yaml"));
    assertEquals(0, run("--config", "good.yaml", "validate"));
    environment.put("CC_RELAY_CONFIG", file.toString());
    assertEquals(0, run("validate"));
    assertTrue(err.toString().contains("valid: " + file), err.toString());
    environment.clear();
    assertEquals(0, run("validate"));
    assertTrue(err.toString().contains("defaults"), err.toString());
  }

  @Test
  void theTemplateIsPrivateValidAndNotOverwritten() throws IOException {
    Path file = home.resolve(".config/cc-relay/config.yaml");
    assertEquals(0, run("config", "init"));
    assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
    assertEquals(
        "rwxr-x---",
        PosixFilePermissions.toString(Files.getPosixFilePermissions(file.getParent())));
    Files.writeString(file, "mine");
    assertEquals(1, run("config", "init"));
    assertEquals("mine", Files.readString(file));
    assertEquals(0, run("config", "init", "--force"));
    assertEquals(0, run("validate"), err.toString());
    assertEquals(0, run("config", "init", "-o", "elsewhere.yaml"));
    assertTrue(Files.exists(home.resolve("elsewhere.yaml")));
  }

  @Test
  void claudeCodeIsPointedAtTheRelayAndBackAgain() throws IOException {
    Path file = home.resolve(".claude/settings.json");
    Files.createDirectories(file.getParent());
    String own = "{\"theme\":\"dark\",\"big\":1.10,\"env\":{\"OTHER\":\"x\"},\"z\":[1,2]}";
    Files.writeString(file, own);
    assertEquals(0, run("config", "cc", "init", "--proxy-url", "http://10.0.0.1:8787"));
    var pointed = new JsonObject(Files.readString(file));
    assertEquals(
        "http://10.0.0.1:8787", pointed.getJsonObject("env").getString("ANTHROPIC_BASE_URL"));
    assertEquals(
        "managed-by-cc-relay", pointed.getJsonObject("env").getString("ANTHROPIC_AUTH_TOKEN"));
    assertTrue(Files.readString(file).contains("1.10"));
    assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
    assertEquals(0, run("config", "cc", "remove"));
    assertEquals(new JsonObject(own), new JsonObject(Files.readString(file)));
  }

  @Test
  void anEnvThatBecomesEmptyGoes() throws IOException {
    assertEquals(0, run("config", "cc", "init"));
    Path file = home.resolve(".claude/settings.json");
    assertTrue(Files.readString(file).contains("http://127.0.0.1:8787"));
    assertEquals(0, run("config", "cc", "remove"));
    assertEquals(new JsonObject(), new JsonObject(Files.readString(file)));
  }

  @Test
  void removingWhatIsNotThereSucceeds() {
    assertEquals(0, run("config", "cc", "remove"));
    assertFalse(Files.exists(home.resolve(".claude")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"env\":", "[]", "{\"env\":[]}", "{} {}", "{\"a\":1,\"a\":2}"})
  void settingsThatCannotBeUnderstoodAreLeftAlone(String content) throws IOException {
    Path file = home.resolve(".claude/settings.json");
    Files.createDirectories(file.getParent());
    Files.writeString(file, content);
    assertEquals(1, run("config", "cc", "init"));
    assertEquals(content, Files.readString(file));
  }

  @Test
  void aLinkedSettingsFileStaysALink() throws IOException {
    Path real = write("dotfiles.json", "{}");
    Path file = home.resolve(".claude/settings.json");
    Files.createDirectories(file.getParent());
    Files.createSymbolicLink(file, real);
    assertEquals(0, run("config", "cc", "init"));
    assertTrue(Files.isSymbolicLink(file));
    assertTrue(Files.readString(real).contains("ANTHROPIC_BASE_URL"));
  }

  @Test
  void aProxyUrlMustBeOne() {
    assertEquals(1, run("config", "cc", "init", "--proxy-url", "localhost:8787"));
    assertFalse(Files.exists(home.resolve(".claude")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"bash", "zsh", "fish", "powershell"})
  void completionScriptsKnowEveryCommand(String shell) {
    assertEquals(0, run("completion", shell));
    for (String command : new String[] {"serve", "demo", "validate", "status", "completion"}) {
      assertTrue(out.toString().contains(command), shell + " lacks " + command);
    }
  }

  @Test
  void everyCommandTeachesByExamplesThatAreUnderstood() {
    var examples = new ArrayList<String>();
    var surroundings = surroundings(false);
    collect(CommandTree.of(surroundings), examples);
    assertTrue(examples.size() > 30, "examples: " + examples.size());
    for (String example : examples) {
      String line = example.replaceAll("\\s+#.*|\\s*>+ .*|\\)$|source <\\(", "").strip();
      assertTrue(line.startsWith("cc-relay"), example);
      var words = new ArrayList<String>();
      var matcher = Pattern.compile("\"([^\"]*)\"|(\\S+)").matcher(line);
      while (matcher.find()) {
        words.add(matcher.group(1) == null ? matcher.group(2) : matcher.group(1));
      }
      var parsed =
          CommandTree.of(surroundings)
              .parseArgs(words.subList(1, words.size()).toArray(String[]::new));
      assertTrue(parsed.unmatched().isEmpty(), example);
    }
  }

  private static void collect(CommandLine line, List<String> examples) {
    String[] footer = line.getCommandSpec().usageMessage().footer();
    assertTrue(footer.length > 0, line.getCommandSpec().qualifiedName() + " has no example");
    examples.addAll(List.of(footer));
    line.getSubcommands().values().forEach(it -> collect(it, examples));
  }

  @Test
  void coloursAreForThoseWhoSeeThem() {
    assertEquals(0, run("--help"));
    assertFalse(out.toString().contains("\033["), out.toString());
    out.getBuffer().setLength(0);
    assertEquals(0, CommandTree.of(surroundings(true)).execute("--help"));
    assertTrue(out.toString().contains("\033["), out.toString());
    assertTrue(Surroundings.wantsColours(name -> null));
    assertFalse(Surroundings.wantsColours(Map.of("NO_COLOR", "1")::get));
    assertFalse(Surroundings.wantsColours(Map.of("TERM", "dumb")::get));
  }

  @Test
  void semanticEvaluateReportsOnPairs() throws IOException {
    write(
        "pairs.jsonl",
        """
        {"a": "What is the capital of Peru?", "b": "what's Peru's capital", "same": 1, "lang": "en"}
        {"a": "What is the capital of Peru?", "b": "What is the capital of Mali?", "same": 0}
        """);
    assertEquals(0, run("semantic", "evaluate", "pairs.jsonl"), err.toString());
    assertTrue(out.toString().contains("2 pairs, 1 of them the same"), out.toString());
    assertTrue(
        out.toString().contains("en                                         1     1.000     1.000"),
        out.toString());
    write("broken.jsonl", "{\"a\": 1}");
    assertEquals(1, run("semantic", "evaluate", "broken.jsonl"));
    assertTrue(err.toString().contains("broken.jsonl:1: needs texts a and b"), err.toString());
    assertEquals(1, run("semantic", "evaluate", "absent.jsonl"));
  }

  @Test
  void statusTellsWhetherTheRelayAnswers() throws Exception {
    try (var server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
      write("status.yaml", "server:\n  listen: 127.0.0.1:" + server.getLocalPort() + "\n");
      answer(server, "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
      assertEquals(0, run("status", "--config", "status.yaml"), err.toString());
      answer(server, "HTTP/1.1 503 No\r\nContent-Length: 0\r\n\r\n");
      assertEquals(1, run("status", "--config", "status.yaml"));
      answer(server, "SSH-2.0-OpenSSH\r\n");
      assertEquals(1, run("status", "--config", "status.yaml"));
    }
    assertEquals(1, run("status", "--config", "status.yaml"));
    assertTrue(err.toString().contains("not running"), err.toString());
  }

  @ParameterizedTest
  @ValueSource(strings = {"-1", "x", "1000000", "1.5"})
  void aStopDelayThatIsNoneFailsTheStart(String value) throws IOException {
    write("off.yaml", "cache:\n  mode: disabled\nlogging:\n  output: stderr\n");
    environment.put(StopDelay.VARIABLE, value);
    assertEquals(1, run("serve", "--config", "off.yaml"));
    assertTrue(err.toString().contains(StopDelay.VARIABLE), err.toString());
  }

  private int run(String... line) {
    out.getBuffer().setLength(0);
    err.getBuffer().setLength(0);
    return CommandTree.of(surroundings(false)).execute(line);
  }

  private Surroundings surroundings(boolean colours) {
    return new Surroundings(
        environment::get,
        home,
        home,
        new PrintWriter(out, true),
        new PrintWriter(err, true),
        colours);
  }

  private Path write(String name, String content) throws IOException {
    return Files.writeString(home.resolve(name), content);
  }

  private static void answer(ServerSocket server, String bytes) {
    Thread.ofVirtual()
        .start(() -> {
          try (var socket = server.accept()) {
            var unread = new byte[1024];
            int read = socket.getInputStream().read(unread);
            assertTrue(read > 0);
            socket.getOutputStream().write(bytes.getBytes(StandardCharsets.US_ASCII));
          } catch (IOException closed) {
            throw new UncheckedIOException(closed);
          }
        });
  }
}
