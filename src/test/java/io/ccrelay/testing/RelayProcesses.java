package io.ccrelay.testing;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Relays as processes of their own, with the options the program ships with. Confined to the test's
 * thread.
 */
public final class RelayProcesses implements AutoCloseable {

  /** Ports of a node of a cluster: clients, bus, membership, liveness. */
  private static final int CLUSTER_PORTS = 4;

  private static final String KEY = "a-key-of-this-test";

  private final Path directory;
  private final List<Node> nodes = new ArrayList<>();

  /** None yet; files go into {@code directory}. */
  public RelayProcesses(Path directory) {
    this.directory = directory;
  }

  /** The ports of a relay, of which the cluster takes four from {@code cluster} on. */
  public final class Node {

    private final int number;
    private final int port;
    private final int management;
    private final int cluster;
    private final Path said;
    private ProcessHandle process;
    private List<String> options = List.of();

    private Node(int number, int port, int management, int cluster) {
      this.number = number;
      this.port = port;
      this.management = management;
      this.cluster = cluster;
      this.said = directory.resolve("out" + number);
    }

    /** Where it answers. */
    public int port() {
      return port;
    }

    /** Its management port. */
    public int management() {
      return management;
    }

    /** Its client port for the cluster; the bus is the next, the membership the one after. */
    public int cluster() {
      return cluster;
    }

    /** Its process. */
    public ProcessHandle process() {
      return process;
    }

    /** Starts it with a file of {@code lines} after those of its listeners. */
    public Node start(String lines, String... arguments) {
      String listeners =
          "server: {listen: \"127.0.0.1:%d\"}%nmanagement: {listen: \"127.0.0.1:%d\"}%n"
              .formatted(port, management);
      return startFile(listeners + lines, arguments);
    }

    /** Its heap is resident from the start, so that what it grows by later is other memory. */
    public Node withItsHeapTaken() {
      return with("-Xms256m", "-XX:+AlwaysPreTouch");
    }

    /** With these options of the Java machine beside those that are shipped. */
    public Node with(String... more) {
      options = List.of(more);
      return this;
    }

    /** Starts it with a file of {@code text}. */
    public Node startFile(String text, String... arguments) {
      Path config = directory.resolve("node" + number + ".yaml");
      var command = new ArrayList<>(program());
      command.addAll(2, options);
      command.addAll(List.of("--config", config.toString()));
      command.addAll(List.of(arguments));
      try {
        Files.writeString(config, text);
        process = run(command, said).toHandle();
        return this;
      } catch (IOException failure) {
        throw new UncheckedIOException(failure);
      }
    }

    /** It was started by somebody else as {@code running}. */
    public void adopt(ProcessHandle running) {
      process = running;
    }

    /** Ends it at once, as a power cut does. */
    public void kill() {
      end(process);
    }

    /** All it said. */
    public String output() {
      try {
        return Files.exists(said) ? Files.readString(said) : "";
      } catch (IOException failure) {
        throw new UncheckedIOException(failure);
      }
    }

    /** What {@code GET /admin/cluster} says; empty while nobody answers. */
    public JsonObject report() {
      try {
        return new JsonObject(
            RawHttp.ask(management, "GET", "/admin/cluster", "Host: localhost").body());
      } catch (UncheckedIOException notYet) {
        return new JsonObject();
      }
    }

    /** Members it sees. */
    public int members() {
      return report().getJsonArray("members", new JsonArray()).size();
    }

    /** Whether {@code GET /health/ready} is 200. */
    public boolean ready() {
      try {
        return RawHttp.ask(management, "GET", "/health/ready", "Host: localhost").status() == 200;
      } catch (UncheckedIOException notYet) {
        return false;
      }
    }

    /** Memory that the process takes, bytes. */
    public long residentBytes() {
      try (var lines = Files.lines(Path.of("/proc", Long.toString(process.pid()), "status"))) {
        return lines
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                .findFirst()
                .orElseThrow()
            << 10;
      } catch (IOException failure) {
        throw new UncheckedIOException(failure);
      }
    }

    /**
     * Whether it finds the answer to a question with this number, which is not asked: what it does
     * not find is not stored anew.
     */
    public boolean finds(int question) {
      String explain =
          "{\"path\":\"/v1/messages\",\"headers\":{\"x-api-key\":\"%s\"},\"body\":%s}"
              .formatted(KEY, body(question));
      var answer = post(management, "/admin/cache/explain", explain);
      return new JsonObject(answer.body()).getString("outcome").equals("hit");
    }

    /** What {@code X-CC-Relay-Cache} says of the answer to a question with this number. */
    public String ask(int question) {
      var answer = post(port, "/v1/messages", body(question));
      if (answer.status() != 200) {
        throw new AssertionError(answer.text());
      }
      return answer
          .head()
          .lines()
          .filter(line -> line.toLowerCase(Locale.ROOT).startsWith("x-cc-relay-cache:"))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst()
          .orElse("nothing");
    }

    private static RawHttp.Answer post(int port, String target, String body) {
      return RawHttp.send(
          port,
          "POST %s HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n".formatted(target)
              + "x-api-key: %s\r\nContent-Type: application/json\r\n".formatted(KEY)
              + "Content-Length: %d\r\n\r\n%s".formatted(body.length(), body));
    }

    private static String body(int question) {
      return "{\"model\":\"m\",\"max_tokens\":1,\"temperature\":0,\"messages\":"
          + "[{\"role\":\"user\",\"content\":\"question %d\"}]}".formatted(question);
    }

    @Override
    public String toString() {
      return "node %d, ports %d, %d, %d".formatted(number, port, management, cluster);
    }
  }

  /** One more at free ports, which is not started. */
  public Node add() {
    return add(free(1), free(1), free(CLUSTER_PORTS));
  }

  /** One more at these ports, which is not started. */
  public Node add(int port, int management, int cluster) {
    var node = new Node(nodes.size(), port, management, cluster);
    nodes.add(node);
    return node;
  }

  /** Runs {@code command} in the directory; what it says is added to {@code said}. */
  public Process run(List<String> command, Path said) throws IOException {
    return new ProcessBuilder(command)
        .directory(directory.toFile())
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(said.toFile()))
        .start();
  }

  /** Ends {@code process} at once. */
  public static void end(ProcessHandle process) {
    var _ = process.destroyForcibly();
    var _ = process.onExit().orTimeout(10, TimeUnit.SECONDS).join();
  }

  /** All. */
  public List<Node> nodes() {
    return List.copyOf(nodes);
  }

  /** The membership addresses of all but {@code node}, as a list of YAML. */
  public String peersOf(Node node) {
    return nodes.stream()
        .filter(it -> it != node)
        .map(it -> "\"127.0.0.1:" + (it.cluster + 2) + "\"")
        .toList()
        .toString();
  }

  /** Waits for {@code condition}; the output of all is told if it never holds. */
  public void until(BooleanSupplier condition, int seconds, String what) {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError("never came true: " + what + outputs());
      }
      try {
        TimeUnit.MILLISECONDS.sleep(50);
      } catch (InterruptedException interrupted) {
        throw new AssertionError("interrupted while waiting: " + what, interrupted);
      }
    }
  }

  private String outputs() {
    var text = new StringBuilder();
    nodes.stream()
        .filter(node -> node.process != null)
        .forEach(node -> text.append("\n-- ").append(node).append('\n').append(node.output()));
    return text.toString();
  }

  /** The command that starts the program as it was compiled for this test. */
  private static List<String> program() {
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "@" + Path.of("conf", "jvm.options").toAbsolutePath(),
        "-Xmx256m",
        "-XX:TieredStopAtLevel=1",
        "-cp",
        classPath(),
        "io.ccrelay.cli.boot.Boot");
  }

  /** Writes a script to {@code file} that does what {@code bin/cc-relay} does, from no jar. */
  public static Path script(Path file) throws IOException {
    String command =
        program().stream().map(word -> "'" + word + "'").collect(Collectors.joining(" "));
    Files.writeString(file, "#!/bin/sh\nexec " + command + " \"$@\"\n");
    if (!file.toFile().setExecutable(true)) {
      throw new IOException("cannot be made executable: " + file);
    }
    return file;
  }

  /** Absolute, since the processes run elsewhere. */
  private static String classPath() {
    return Pattern.compile(File.pathSeparator, Pattern.LITERAL)
        .splitAsStream(System.getProperty("java.class.path"))
        .map(entry -> Path.of(entry).toAbsolutePath().toString())
        .collect(Collectors.joining(File.pathSeparator));
  }

  private int free(int count) {
    while (true) {
      int port = ThreadLocalRandom.current().nextInt(20_000, 32_000);
      if (isFree(port, count) && nodes.stream().noneMatch(it -> near(it, port))) {
        return port;
      }
    }
  }

  private static boolean near(Node node, int port) {
    return Math.abs(node.port - port) < CLUSTER_PORTS
        || Math.abs(node.management - port) < CLUSTER_PORTS
        || Math.abs(node.cluster - port) < CLUSTER_PORTS;
  }

  /** Whether {@code count} ports from {@code port} on are free. */
  public static boolean isFree(int port, int count) {
    for (int i = 0; i < count; i++) {
      try (var socket = new ServerSocket()) {
        socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port + i));
      } catch (IOException taken) {
        return false;
      }
    }
    return true;
  }

  @Override
  public void close() {
    nodes.stream().filter(node -> node.process != null).forEach(Node::kill);
  }
}
