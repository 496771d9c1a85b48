package io.ccrelay.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.net.httpserver.HttpServer;
import io.ccrelay.testing.Chats;
import io.ccrelay.testing.RawClient;
import io.ccrelay.testing.RawHttp;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.spi.ToolProvider;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program as a process that lacks descriptors, memory, or room on its disk. */
@Tag("slow")
@DisplayName("A40: what is exhausted is refused, counted, and recovers")
class ExhaustionTest {

  private static final int DESCRIPTORS = 256;
  private static final int CONNECTIONS = 400;
  private static final Duration RECOVERY = Duration.ofSeconds(5);
  private static final int OUT_OF_MEMORY = 3;

  @TempDir Path directory;

  private HttpServer upstream;
  private Process process;
  private int port;
  private int management;

  @BeforeEach
  void listen() throws IOException {
    upstream = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 100);
    upstream.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    byte[] answer = Chats.message("x".repeat(100_000)).getBytes(StandardCharsets.UTF_8);
    upstream.createContext(
        "/",
        exchange -> {
          try (exchange) {
            exchange.getRequestBody().readAllBytes();
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
          }
        });
    upstream.start();
    port = freePort();
    management = freePort();
  }

  @AfterEach
  void stop() throws InterruptedException {
    if (process != null) {
      process.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
    }
    upstream.stop(0);
  }

  @Test
  void fourHundredConnectionsOnTwoHundredAndFiftySixDescriptors() throws Exception {
    int limit = DESCRIPTORS + classPath().split(":").length;
    launch("ulimit -n " + limit + "; exec \"$@\"", "", List.of());
    var held = new ArrayList<Socket>();
    try {
      for (int i = 0; i < CONNECTIONS; i++) {
        held.add(new Socket(InetAddress.getLoopbackAddress(), port));
      }
      assertTrue(process.isAlive());
      assertEquals(200, status(management, "/health/live"), "the probe has a descriptor left");
    } finally {
      for (Socket one : held) {
        one.close();
      }
    }
    long freed = System.nanoTime();
    awaitStatus(port, "/health", RECOVERY);
    awaitStatus(management, "/health/live", RECOVERY);
    assertTrue(System.nanoTime() - freed < RECOVERY.toNanos());
    try (var client = new RawClient(port)) {
      assertEquals(200, ask(client, 1));
    }
  }

  @Test
  void tenTimesWhatFitsIsServedFromALittleHeap() throws Exception {
    launch("exec \"$@\"", "cache: {ristretto: {max_cost: 20971520}}", List.of("-Xmx200m"));
    try (var client = new RawClient(port)) {
      for (int i = 0; i < 2000; i++) {
        assertEquals(200, ask(client, i), output());
      }
    }
    assertTrue(process.isAlive());
    assertEquals(200, status(management, "/health/live"));
  }

  @Test
  void aHeapThatCannotHoldItsCacheEndsTheProcess() throws Exception {
    launch("exec \"$@\"", "cache: {ristretto: {max_cost: 4294967296}}", List.of("-Xmx200m"));
    int served = 0;
    try (var client = new RawClient(port)) {
      while (process.isAlive() && served < 20_000) {
        served += ask(client, served) == 200 ? 1 : 0;
      }
    } catch (IOException | RuntimeException ended) {
      assertTrue(served > 100, ended.toString());
    }
    assertTrue(process.waitFor(30, TimeUnit.SECONDS), "served " + served);
    assertEquals(OUT_OF_MEMORY, process.exitValue(), output());
    assertNotEquals(0, process.exitValue());
  }

  @Test
  void aFullDiskIsCountedAndServingGoesOn() throws Exception {
    assumeTrue("root".equals(System.getProperty("user.name")), "needs root for a small disk");
    Path disk = Files.createDirectory(directory.resolve("disk"));
    launch(
        "mount -t tmpfs -o size=1m tmpfs " + disk + " && exec \"$@\"",
        "cache: {persistence: {directory: \"" + disk + "/kept\", interval: 1s}}",
        List.of());
    try (var client = new RawClient(port)) {
      for (int i = 0; i < 40; i++) {
        assertEquals(200, ask(client, i));
      }
    }
    String failed = "cc_relay_cache_snapshots_total{result=\"write-failed\"}";
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (!metrics().lines().anyMatch(it -> it.startsWith(failed) && !it.endsWith(" 0.0"))) {
      assertTrue(System.nanoTime() < deadline, output());
      TimeUnit.MILLISECONDS.sleep(100);
    }
    try (var client = new RawClient(port)) {
      assertEquals(200, ask(client, 1));
    }
    assertTrue(output().contains("No space left on device"), output());
    process.descendants().forEach(ProcessHandle::destroy);
    process.destroy();
    assertTrue(process.waitFor(20, TimeUnit.SECONDS));
    assertFalse(process.isAlive());
  }

  private String metrics() {
    return RawHttp.ask(management, "GET", "/metrics", "Host: localhost").body();
  }

  private static int ask(RawClient client, int number) throws IOException {
    return client
        .send(RawClient.post("/v1/messages", Chats.ask("prompt " + number), "x-api-key: k"))
        .answer()
        .orElseThrow(() -> new IOException("closed"))
        .status();
  }

  /** {@code shell} runs its arguments, in a file system of its own. */
  private void launch(String shell, String settings, List<String> options) throws Exception {
    Path config = directory.resolve("config.yaml");
    Files.writeString(
        config,
        """
        server: {listen: "127.0.0.1:%d"}
        management: {listen: "127.0.0.1:%d"}
        providers:
          - {name: a, type: anthropic, enabled: true, base_url: "http://127.0.0.1:%d"}
        %s
        """
            .formatted(port, management, upstream.getAddress().getPort(), settings));
    var command = new ArrayList<String>();
    if (shell.startsWith("mount")) {
      command.addAll(List.of("unshare", "--mount"));
    }
    command.addAll(List.of("sh", "-c", shell, "sh"));
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("@" + Path.of("conf", "jvm.options").toAbsolutePath());
    command.addAll(options);
    command.addAll(List.of("-cp", classPath()));
    command.addAll(List.of("io.ccrelay.cli.boot.Boot", "--config", config.toString()));
    process =
        new ProcessBuilder(command)
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("out.txt").toFile())
            .start();
    awaitStatus(management, "/health/ready", Duration.ofSeconds(30));
  }

  /**
   * Jars only: a directory needs a descriptor for each class while it is loaded. The program is
   * shipped as one jar, here there are many, so the limit is as much higher.
   */
  private String classPath() {
    Path classes = directory.resolve("classes.jar");
    String main =
        Stream.of(System.getProperty("java.class.path").split(":"))
            .filter(it -> Files.exists(Path.of(it, "io", "ccrelay", "cli", "Main.class")))
            .findFirst()
            .orElseThrow();
    int code =
        ToolProvider.findFirst("jar")
            .orElseThrow()
            .run(System.out, System.err, "-cf0", classes.toString(), "-C", main, ".");
    assertEquals(0, code);
    return Stream.concat(
            Stream.of(classes),
            Stream.of(System.getProperty("java.class.path").split(":"))
                .map(it -> Path.of(it).toAbsolutePath())
                .filter(it -> it.toString().endsWith(".jar")))
        .map(Path::toString)
        .collect(Collectors.joining(":"));
  }

  private void awaitStatus(int port, String path, Duration longest) throws Exception {
    long deadline = System.nanoTime() + longest.toNanos();
    while (status(port, path) != 200) {
      assertTrue(System.nanoTime() < deadline, path + " was never 200: " + output());
      TimeUnit.MILLISECONDS.sleep(20);
    }
  }

  private static int status(int port, String path) {
    try {
      return RawHttp.ask(port, "GET", path, "Host: localhost").status();
    } catch (UncheckedIOException notNow) {
      return 0;
    }
  }

  private String output() throws IOException {
    return Files.readString(directory.resolve("out.txt"));
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
