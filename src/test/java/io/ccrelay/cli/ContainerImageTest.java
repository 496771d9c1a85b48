package io.ccrelay.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.net.httpserver.HttpServer;
import io.ccrelay.testing.RawHttp;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The container image as it was built, run without a daemon: user 65534, a read-only root, no
 * capabilities, 256 MiB. {@code mvn -Pimage -DskipTests verify} builds and runs it; without the
 * image, or without root, there is nothing to test.
 */
@Tag("slow")
@Tag("image")
class ContainerImageTest {

  private static final Path IMAGE = Path.of("target", "cc-relay-image.tar");
  private static final Path ROOT = Path.of("target", "cc-relay-image.root");
  private static final Path MEMORY_GROUPS = Path.of("/sys/fs/cgroup/memory");
  private static final long MEGA = 1 << 20;
  private static final String ENVIRONMENT_CANARY = "sk-ant-canary-of-the-environment";

  private static final byte[] ANSWER =
      """
      {"id":"m","type":"message","role":"assistant","model":"m","stop_reason":"end_turn",
       "content":[{"type":"text","text":"Hi"}],"usage":{"input_tokens":1,"output_tokens":1}}\
      """
          .getBytes(StandardCharsets.UTF_8);

  @TempDir Path directory;

  private HttpServer upstream;
  private Path config;
  private int port;

  @BeforeEach
  void prepare() throws Exception {
    assumeTrue(Files.exists(IMAGE), "no image: mvn -Pimage -DskipTests verify");
    assumeTrue("root".equals(System.getProperty("user.name")), "needs root for its own root");
    upstream = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 10);
    upstream.createContext(
        "/",
        exchange -> {
          try (exchange) {
            exchange.getRequestBody().readAllBytes();
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, ANSWER.length);
            exchange.getResponseBody().write(ANSWER);
          }
        });
    upstream.start();
    port = freePort();
    config = directory.resolve("config.yaml");
    Files.writeString(
        config,
        """
        server: {listen: "127.0.0.1:%d"}
        management: {listen: "127.0.0.1:%d"}
        providers:
          - {name: a, type: anthropic, enabled: true, base_url: "http://127.0.0.1:%d"}
        """
            .formatted(port, freePort(), upstream.getAddress().getPort()));
  }

  @AfterEach
  void close() {
    if (upstream != null) {
      upstream.stop(0);
    }
  }

  @Test
  void itServesAsNobodyOnAReadOnlyRootAndStopsWhenTold() throws Exception {
    Process process = run("serve");
    try {
      awaitHealth(process);
      ProcessHandle java = java(process);
      Map<String, String> status = status(java);
      assertEquals("65534\t65534\t65534\t65534", status.get("Uid"));
      assertEquals("65534\t65534\t65534\t65534", status.get("Gid"));
      assertEquals("0000000000000000", status.get("CapEff"));
      assertEquals("0000000000000000", status.get("CapPrm"));
      assertEquals("1", status.get("NoNewPrivs"));
      assertTrue(mounts(java).anyMatch(it -> it.contains(" / ") && it.contains(" ro")), "root");
      assertTrue(
          Files.readString(Path.of("/proc/" + java.pid() + "/maps")).contains("cc-relay.aot"),
          "the cache of classes is in use");
      assertTrue(post().text().contains("fwd=uri-miss; stored"));
      assertTrue(post().text().contains("cc-relay; hit"));
      assertFalse(
          Files.readString(Path.of("/proc/" + java.pid() + "/environ")).contains("canary"),
          "the image takes nothing from where it was built or started");
      assertTrue(java.destroy());
      assertTrue(process.waitFor(20, TimeUnit.SECONDS));
      assertEquals(0, process.exitValue(), output());
    } finally {
      process.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
    }
  }

  @Test
  void itsHealthCheckTellsWhetherItServes() throws Exception {
    String check = Files.readString(Path.of(ROOT + ".json"));
    assertTrue(check.contains("\"Healthcheck\":{\"Test\":[\"CMD\",\"/opt/java/bin/java\""), check);
    Process before = run("status");
    assertTrue(before.waitFor(60, TimeUnit.SECONDS));
    assertEquals(1, before.exitValue(), output());
    Process process = run("serve");
    try {
      awaitHealth(process);
      Process status = run("status");
      assertTrue(status.waitFor(60, TimeUnit.SECONDS));
      assertEquals(0, status.exitValue(), output());
    } finally {
      process.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
    }
  }

  @Test
  void itIsSmallAndHoldsNoSecretAndNoShell() throws Exception {
    Process version = run("--version");
    assertTrue(version.waitFor(60, TimeUnit.SECONDS));
    assertEquals(0, version.exitValue(), output());
    long unpacked;
    try (Stream<Path> files = Files.walk(ROOT)) {
      unpacked = files.filter(Files::isRegularFile).mapToLong(it -> it.toFile().length()).sum();
    }
    assertTrue(Files.size(IMAGE) < 250 * MEGA, "packed: " + Files.size(IMAGE));
    assertTrue(unpacked < 250 * MEGA, "unpacked: " + unpacked);
    assertFalse(Files.exists(ROOT.resolve("bin/sh")));
    String described = Files.readString(Path.of(ROOT + ".json"));
    assertTrue(described.contains("\"Env\":[\"LANG=C.UTF-8\"]"), described);
    assertTrue(described.contains("\"User\":\"65534:65534\""), described);
  }

  private Process run(String... arguments) throws IOException {
    var command = new ArrayList<String>(List.of("src/image/run", IMAGE.toString()));
    command.addAll(List.of(arguments));
    var builder =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(directory.resolve("out").toFile()));
    builder.environment().put("CONFIG", config.toString());
    builder.environment().put("ANTHROPIC_API_KEY", ENVIRONMENT_CANARY);
    if (Files.isWritable(MEMORY_GROUPS)) {
      builder.environment().put("MEMORY", String.valueOf(256 * MEGA));
    }
    return builder.start();
  }

  private static ProcessHandle java(Process process) {
    return process
        .descendants()
        .filter(it -> it.info().command().orElse("").endsWith("/opt/java/bin/java"))
        .findFirst()
        .orElseThrow();
  }

  private static Map<String, String> status(ProcessHandle process) throws IOException {
    return Files.readAllLines(Path.of("/proc/" + process.pid() + "/status")).stream()
        .map(line -> line.split(":\\s+", 2))
        .filter(it -> it.length == 2)
        .collect(Collectors.toMap(it -> it[0], it -> it[1].strip()));
  }

  private static Stream<String> mounts(ProcessHandle process) throws IOException {
    return Files.readAllLines(Path.of("/proc/" + process.pid() + "/mounts")).stream();
  }

  private RawHttp.Answer post() {
    String body =
        "{\"model\":\"m\",\"max_tokens\":9,\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}";
    return RawHttp.send(
        port,
        "POST /v1/messages HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nx-api-key: k\r\n"
            + "Content-Type: application/json\r\nContent-Length: "
            + body.length()
            + "\r\n\r\n"
            + body);
  }

  private void awaitHealth(Process process) throws Exception {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (health() != 200) {
      assertTrue(process.isAlive() && System.nanoTime() < deadline, output());
      TimeUnit.MILLISECONDS.sleep(50);
    }
  }

  private int health() {
    try {
      return RawHttp.ask(port, "GET", "/health", "Host: localhost").status();
    } catch (UncheckedIOException notYet) {
      return 0;
    }
  }

  private String output() throws IOException {
    return Files.readString(directory.resolve("out"));
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
