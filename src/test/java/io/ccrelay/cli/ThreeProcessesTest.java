package io.ccrelay.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ccrelay.testing.Await;
import io.ccrelay.testing.Chats;
import io.ccrelay.testing.FakeUpstream;
import io.ccrelay.testing.RawHttp;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Three relays as processes of their own that share one cache. */
@Tag("slow")
class ThreeProcessesTest {

  private static final int NODES = 3;

  @TempDir Path directory;

  private final List<Node> nodes = new ArrayList<>();
  private final Vertx vertx = Vertx.vertx();
  private FakeUpstream upstream;

  private record Node(int port, int management, int cluster) {}

  private final List<Process> processes = new ArrayList<>();

  @BeforeEach
  void start() throws Exception {
    upstream = FakeUpstream.start(vertx).always(FakeUpstream.whole(200, Chats.message("hello")));
    for (int i = 0; i < NODES; i++) {
      nodes.add(new Node(free(1), free(1), free(4)));
    }
    for (int i = 0; i < NODES; i++) {
      processes.add(launch(i));
    }
    for (Node node : nodes) {
      until(() -> members(node) == NODES, 60, "three members at " + node);
    }
  }

  @AfterEach
  void stop() throws InterruptedException {
    for (Process process : processes) {
      var _ = process.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
    }
    Await.result(vertx.close());
  }

  @Test
  void whatOneStoredTheOthersServeAlsoAfterAnyOneWasKilled() throws Exception {
    for (int i = 0; i < 30; i++) {
      assertEquals("miss", ask(nodes.get(i % NODES), i));
    }
    for (int i = 0; i < 30; i++) {
      assertEquals("hit", ask(nodes.get((i + 1) % NODES), i), "question " + i);
    }
    int coordinator = coordinator();
    var _ = processes.get(coordinator).destroyForcibly().waitFor(10, TimeUnit.SECONDS);
    var left = new ArrayList<>(nodes);
    left.remove(coordinator);
    for (int i = 0; i < 30; i++) {
      assertEquals("hit", ask(left.get(i % 2), i), "question " + i);
    }
    for (Node node : left) {
      until(() -> members(node) == NODES - 1, 8, "two members at " + node);
    }
    processes.set(coordinator, launch(coordinator));
    until(() -> members(nodes.get(coordinator)) == NODES, 30, "the killed one is back");
    var question = new AtomicInteger();
    until(
        () -> ask(nodes.get(coordinator), question.getAndIncrement() % 30).equals("hit"),
        5,
        "it serves what the others kept");
  }

  private int coordinator() {
    String name = cluster(nodes.getFirst()).getString("coordinator");
    for (int i = 0; i < NODES; i++) {
      if (name.startsWith("127.0.0.1:" + nodes.get(i).cluster() + "/")) {
        return i;
      }
    }
    throw new AssertionError("no node is " + name);
  }

  private static int members(Node node) {
    return cluster(node).getJsonArray("members", new io.vertx.core.json.JsonArray()).size();
  }

  private static JsonObject cluster(Node node) {
    try {
      return new JsonObject(
          RawHttp.ask(node.management(), "GET", "/admin/cluster", "Host: localhost").body());
    } catch (UncheckedIOException notYet) {
      return new JsonObject();
    }
  }

  private static String ask(Node node, int question) {
    String body =
        "{\"model\":\"m\",\"max_tokens\":1,\"temperature\":0,\"messages\":"
            + "[{\"role\":\"user\",\"content\":\"question %d\"}]}".formatted(question);
    var answer =
        RawHttp.send(
            node.port(),
            "POST /v1/messages HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                + "x-api-key: a-key-of-this-test\r\n"
                + "Content-Type: application/json\r\nContent-Length: "
                + body.length()
                + "\r\n\r\n"
                + body);
    assertEquals(200, answer.status());
    return answer
        .head()
        .lines()
        .filter(line -> line.toLowerCase(Locale.ROOT).startsWith("x-cc-relay-cache:"))
        .map(line -> line.substring(line.indexOf(':') + 1).strip())
        .findFirst()
        .orElse("nothing");
  }

  private Process launch(int number) throws IOException {
    Node node = nodes.get(number);
    var peers =
        nodes.stream()
            .filter(it -> it != node)
            .map(it -> "\"127.0.0.1:" + (it.cluster() + 2) + "\"")
            .toList();
    Path config = directory.resolve("node" + number + ".yaml");
    Files.writeString(
        config,
        """
        server: {listen: "127.0.0.1:%d"}
        management: {listen: "127.0.0.1:%d"}
        providers:
          - {name: a, type: anthropic, enabled: true, base_url: "%s"}
        cache:
          mode: ha
          deadline: 2s
          olric:
            embedded: true
            bind_addr: "127.0.0.1:%d"
            peers: %s
            replica_count: 2
            secret: a secret of this test
        """
            .formatted(node.port(), node.management(), upstream.origin(), node.cluster(), peers));
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("@" + Path.of("conf", "jvm.options").toAbsolutePath());
    command.addAll(List.of("-Xmx256m", "-XX:TieredStopAtLevel=1"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(List.of("io.ccrelay.cli.boot.Boot", "--config", config.toString()));
    return new ProcessBuilder(command)
        .directory(directory.toFile())
        .redirectErrorStream(true)
        .redirectOutput(
            ProcessBuilder.Redirect.appendTo(directory.resolve("out" + number).toFile()))
        .start();
  }

  private void until(BooleanSupplier condition, int seconds, String what) throws Exception {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
    while (!condition.getAsBoolean()) {
      assertTrue(System.nanoTime() < deadline, () -> "never came true: " + what);
      TimeUnit.MILLISECONDS.sleep(50);
    }
  }

  private int free(int count) throws IOException {
    while (true) {
      try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
        int port = socket.getLocalPort();
        if (port < 65_000 && nodes.stream().noneMatch(it -> Math.abs(it.cluster() - port) < 8)) {
          return port - port % count;
        }
      }
    }
  }
}
