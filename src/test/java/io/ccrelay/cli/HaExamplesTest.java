package io.ccrelay.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ccrelay.testing.Await;
import io.ccrelay.testing.Chats;
import io.ccrelay.testing.FakeUpstream;
import io.ccrelay.testing.RelayProcesses;
import io.ccrelay.testing.RelayProcesses.Node;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The commands of the README and the examples of clusters, started, used and killed. Of the files
 * only ports and hosts are changed, and a provider is added.
 */
@Tag("slow")
@Tag("processes")
class HaExamplesTest {

  private static final Path EXAMPLES = Path.of("src", "test", "resources", "examples");

  /** Ports that the files of {@code conf/ha} use, moved to one run. */
  private static final int PORTS = 60;

  @TempDir Path directory;

  private final Vertx vertx = Vertx.vertx();
  private final AtomicInteger questions = new AtomicInteger();
  private RelayProcesses relays;
  private FakeUpstream upstream;

  @BeforeEach
  void start() {
    upstream = FakeUpstream.start(vertx).always(FakeUpstream.whole(200, Chats.message("hello")));
    relays = new RelayProcesses(directory);
  }

  @AfterEach
  void stop() {
    relays.close();
    Await.result(vertx.close());
  }

  @Test
  void theCommandsOfTheReadmeStartThreeRelaysOfWhichAnyOneMayDie() throws Exception {
    int first = installed();
    for (int i = 0; i < 3; i++) {
      var _ = relays.add(moved(8787 + i, first), moved(9090 + i, first), moved(3320, first));
    }
    List<Node> nodes = relays.nodes();
    Process shell =
        relays.run(List.of("sh", "-c", readmeCommands() + "\nwait"), directory.resolve("out0"));
    try {
      for (int i = 0; i < 3; i++) {
        adopt(nodes.get(i), shell, "conf/ha/node" + (i + 1) + ".yaml");
      }
      relays.until(
          () -> nodes.stream().allMatch(it -> it.members() == 3 && it.ready()), 60, "three");
      int question = missThenHit(nodes.get(0), nodes.get(1));

      nodes.get(0).kill();

      assertNotLost(question, nodes.get(1));
      assertNotLost(question, nodes.get(2));
    } finally {
      shell.descendants().toList().forEach(RelayProcesses::end);
      RelayProcesses.end(shell.toHandle());
    }
  }

  @Test
  void ofTwoNodesThatNeedEachOtherOneAlonePassesThrough() throws Exception {
    int first = installed();
    Node one = relays.add(moved(8787, first), moved(9090, first), moved(3320, first));
    Node two = relays.add(moved(8788, first), moved(9091, first), moved(3330, first));
    var _ = one.startFile(Files.readString(directory.resolve("conf/ha/two-nodes-1.yaml")));
    relays.until(() -> one.members() == 1, 60, "it has started");
    assertFalse(one.ready());
    assertFalse(isHit(one));
    assertTrue(one.output().contains("1 of at least 2 members"), one::output);

    var _ = two.startFile(Files.readString(directory.resolve("conf/ha/two-nodes-2.yaml")));
    relays.until(() -> one.ready() && two.ready(), 60, "both are ready");
    var _ = missThenHit(one, two);

    two.kill();
    relays.until(() -> !one.ready(), 15, "it is alone again");
    assertFalse(isHit(one));
  }

  @ParameterizedTest
  @CsvSource({"single, true", "disabled, false"})
  void theDocumentedExamplesWithoutAClusterRun(String example, boolean hit) throws IOException {
    Node one = relays.add().start(example(example, 1, "", 1));
    relays.until(one::ready, 60, "it serves");
    boolean found = false;
    // A question that follows at once may join the first while that is being stored.
    for (int i = 0; i < 5; i++) {
      found |= isHit(one);
    }
    assertEquals(hit, found);
  }

  @Test
  void theDocumentedTwoNodesShareOneCache() throws IOException {
    String network = network();
    Node one = relays.add().start(example("two-nodes-node1", 1, network, 1));
    Node two = relays.add().start(example("two-nodes-node2", 2, network, 2));
    relays.until(() -> one.ready() && two.ready(), 60, "both are ready");
    int question = missThenHit(one, two);
    two.kill();
    relays.until(() -> !one.ready(), 15, "one of at least two");
    assertEquals("miss", one.ask(question));
  }

  /** With one copy of each entry, those of the killed node are lost, and the others go on. */
  @ParameterizedTest
  @CsvSource({"three-nodes-node1, 2", "ha-embedded, 1"})
  void theDocumentedThreeNodesAndTheirClientShareOneCache(String example, int copies)
      throws IOException {
    String network = network();
    for (int i = 1; i <= 3; i++) {
      var _ = relays.add().start(example(example, i, network, 1));
    }
    List<Node> nodes = relays.nodes();
    relays.until(() -> nodes.stream().allMatch(it -> it.members() == 3), 60, "three members");
    Node client = relays.add().start(example("ha-client", 4, network, 4));
    relays.until(() -> client.ready() && nodes.stream().allMatch(Node::ready), 60, "all ready");
    int question = missThenHit(nodes.get(0), nodes.get(2));
    var _ = missThenHit(client, client);

    nodes.get(1).kill();
    if (copies > 1) {
      assertNotLost(question, nodes.get(0));
    }
    var _ = missThenHit(nodes.get(0), nodes.get(2));
    relays.until(() -> client.ready(), 15, "the client goes on");
    relays.until(() -> isHit(client), 15, "and finds what it stores");
  }

  @Test
  void theFlagMakesMembersOfRelaysWhoseFilesSayNothingOfIt() {
    Node one = relays.add();
    Node two = relays.add();
    for (Node node : relays.nodes()) {
      var _ =
          node.start(
              "cache: {mode: ha, olric: {bind_addr: \"127.0.0.1:%d\", peers: %s}}%s"
                  .formatted(node.cluster(), relays.peersOf(node), provider()),
              "-cluster");
    }
    relays.until(() -> one.members() == 2 && two.members() == 2, 60, "two members");
    var _ = missThenHit(one, two);
  }

  private boolean isHit(Node node) {
    int question = questions.incrementAndGet();
    var _ = node.ask(question);
    return node.ask(question).equals("hit");
  }

  /** A question that {@code asked} did not know and {@code other} then did. */
  private int missThenHit(Node asked, Node other) {
    relays.until(
        () -> {
          int question = questions.incrementAndGet();
          return asked.ask(question).equals("miss") && other.ask(question).equals("hit");
        },
        15,
        "what " + asked + " stored, " + other + " serves");
    return questions.get();
  }

  /**
   * A look-up that meets a member that was just killed may end at its deadline, as a miss; it must
   * come right within seconds, and not because the question was asked and stored anew.
   */
  private void assertNotLost(int question, Node left) {
    int calls = upstream.calls();
    relays.until(() -> left.members() == 2 && left.finds(question), 8, "what was stored");
    assertEquals("hit", left.ask(question));
    assertEquals(calls, upstream.calls());
  }

  private static String readmeCommands() throws IOException {
    String readme = Files.readString(Path.of("README.md"));
    int section = readme.indexOf("\n## Several relays, one cache");
    int begin = readme.indexOf("```sh\n", section) + "```sh\n".length();
    String commands = readme.substring(begin, readme.indexOf("```", begin));
    assertTrue(commands.contains("bin/cc-relay --config conf/ha/node$i.yaml"), commands);
    return commands;
  }

  /** Lays the program and {@code conf/ha} out as the repository does; the first port. */
  private int installed() throws IOException {
    int first = firstPort();
    Files.createDirectories(directory.resolve("bin"));
    var _ = RelayProcesses.script(directory.resolve("bin").resolve("cc-relay"));
    Path copies = Files.createDirectories(directory.resolve("conf").resolve("ha"));
    try (var files = Files.newDirectoryStream(Path.of("conf", "ha"), "*node*.yaml")) {
      for (Path file : files) {
        String text =
            Pattern.compile("127\\.0\\.0\\.1:(\\d+)")
                .matcher(Files.readString(file))
                .replaceAll(it -> "127.0.0.1:" + moved(port(it), first));
        Files.writeString(copies.resolve(file.getFileName().toString()), text + provider());
      }
    }
    return first;
  }

  private static int port(MatchResult match) {
    return Integer.parseInt(match.group(1));
  }

  private static int moved(int port, int first) {
    int base = port < 3400 ? 3320 : port < 9000 ? 8757 : 9055;
    return first + port - base;
  }

  private static int firstPort() {
    while (true) {
      int first = ThreadLocalRandom.current().nextInt(20_000, 32_000 - PORTS);
      if (RelayProcesses.isFree(first, PORTS)) {
        return first;
      }
    }
  }

  private void adopt(Node node, Process shell, String file) {
    relays.until(
        () -> {
          shell
              .descendants()
              .filter(it -> commandLine(it).contains(file))
              .findFirst()
              .ifPresent(node::adopt);
          return node.process() != null;
        },
        20,
        "a process with " + file);
  }

  /** All of it: what the JDK tells ends after 4096 characters. */
  private static String commandLine(ProcessHandle process) {
    try {
      return Files.readString(Path.of("/proc", Long.toString(process.pid()), "cmdline"));
    } catch (IOException gone) {
      return "";
    }
  }

  /** Addresses of this machine that no other program uses. */
  private static String network() {
    var random = ThreadLocalRandom.current();
    return "127.%d.%d.".formatted(random.nextInt(1, 250), random.nextInt(1, 250));
  }

  /**
   * A documented example for the node {@code number}: written for the node {@code of}, its hosts
   * become addresses of this machine.
   */
  private String example(String name, int number, String network, int of) throws IOException {
    String text =
        Pattern.compile("(?:cc-relay|olric)-(\\d)(?=:)")
            .matcher(Files.readString(EXAMPLES.resolve(name + ".yaml")))
            .replaceAll(it -> network + (port(it) == number && number != of ? of : port(it)));
    return text.replace("0.0.0.0:", network + number + ":") + provider();
  }

  private String provider() {
    return "\nproviders:\n  - {name: a, type: anthropic, enabled: true, base_url: \"%s\"}\n"
        .formatted(upstream.origin());
  }
}
