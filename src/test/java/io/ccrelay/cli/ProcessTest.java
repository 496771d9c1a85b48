package io.ccrelay.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import io.ccrelay.testing.RawHttp;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program as a process of its own, with the options it ships with. */
@Tag("slow")
class ProcessTest {

  private static final byte[] ANSWER =
      "{\"type\":\"message\",\"content\":[]}".getBytes(StandardCharsets.UTF_8);

  @TempDir Path directory;

  private final CountDownLatch asked = new CountDownLatch(1);
  private final CountDownLatch mayAnswer = new CountDownLatch(1);
  private HttpServer upstream;
  private Process process;
  private int port;
  private int management;

  @BeforeEach
  void start() throws Exception {
    upstream = upstream();
    port = freePort();
    management = freePort();
    Path config = directory.resolve("config.yaml");
    Files.writeString(
        config,
        """
        server: {listen: "127.0.0.1:%d"}
        management: {listen: "127.0.0.1:%d"}
        providers:
          - {name: a, type: anthropic, enabled: true, base_url: "http://127.0.0.1:%d"}
        """
            .formatted(port, management, upstream.getAddress().getPort()));
    process = launch("--config", config.toString(), "--log-level", "warn");
    awaitStatus(management, "/health/ready", 200);
  }

  @AfterEach
  void stop() throws InterruptedException {
    mayAnswer.countDown();
    process.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
    upstream.stop(0);
  }

  @Test
  void theFirstSignalLetsRunningAnswersFinishAndExitsWithZero() throws Exception {
    var answer = CompletableFuture.supplyAsync(this::post);
    assertTrue(asked.await(20, TimeUnit.SECONDS));
    process.destroy();
    awaitStatus(management, "/health/ready", 503);
    mayAnswer.countDown();
    assertEquals(200, answer.get(20, TimeUnit.SECONDS).status());
    assertTrue(process.waitFor(20, TimeUnit.SECONDS));
    assertEquals(0, process.exitValue());
    assertEquals("", output(), "nothing is said at level warn, nor by the Java machine");
  }

  @Test
  void theSecondSignalEndsAtOnce() throws Exception {
    var cut = CompletableFuture.supplyAsync(this::post);
    assertTrue(asked.await(20, TimeUnit.SECONDS));
    process.destroy();
    awaitStatus(management, "/health/ready", 503);
    process.destroy();
    assertTrue(process.waitFor(5, TimeUnit.SECONDS));
    assertEquals(143, process.exitValue());
    assertTrue(cut.handle((_, _) -> true).get(20, TimeUnit.SECONDS));
  }

  @Test
  void aSignalEndsInOrderAsSoonAsThePortIsOpen() throws Exception {
    int early = freePort();
    Path config = directory.resolve("early.yaml");
    Files.writeString(
        config, "server: {listen: \"127.0.0.1:%d\"}\nmanagement: {listen: \"\"}".formatted(early));
    Process started = launch("--config", config.toString());
    try {
      awaitOpen(early);
      started.destroy();
      assertTrue(started.waitFor(20, TimeUnit.SECONDS));
      assertEquals(0, started.exitValue(), output());
    } finally {
      started.destroyForcibly();
    }
  }

  @Test
  void statusAsksTheRunningRelayAndAPortInUseFailsTheStart() throws Exception {
    String config = directory.resolve("config.yaml").toString();
    Process status = launch("status", "--config", config);
    assertTrue(status.waitFor(30, TimeUnit.SECONDS));
    assertEquals(0, status.exitValue());
    Process second = launch("--config", config);
    assertTrue(second.waitFor(30, TimeUnit.SECONDS));
    assertEquals(1, second.exitValue());
    assertTrue(output().contains("cannot listen on 127.0.0.1:"), output());
    assertTrue(process.isAlive());
  }

  private Process launch(String... arguments) throws IOException {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("@" + Path.of("conf", "jvm.options").toAbsolutePath());
    command.add("-Xmx256m");
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add("io.ccrelay.cli.boot.Boot");
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command)
        .directory(directory.toFile())
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(directory.resolve("out.txt").toFile()))
        .start();
  }

  private String output() throws IOException {
    return Files.readString(directory.resolve("out.txt"));
  }

  private RawHttp.Answer post() {
    String body = "{\"model\":\"m\",\"max_tokens\":1,\"messages\":[]}";
    return RawHttp.postOnce(port, "/v1/messages", body);
  }

  private HttpServer upstream() throws IOException {
    var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 10);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext(
        "/",
        exchange -> {
          asked.countDown();
          try (exchange) {
            boolean told = mayAnswer.await(60, TimeUnit.SECONDS);
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            exchange.sendResponseHeaders(told ? 200 : 500, ANSWER.length);
            exchange.getResponseBody().write(ANSWER);
          } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
          }
        });
    server.start();
    return server;
  }

  private static void awaitOpen(int port) throws Exception {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    while (true) {
      try (var _ = new Socket(InetAddress.getLoopbackAddress(), port)) {
        return;
      } catch (IOException notYet) {
        assertTrue(System.nanoTime() < deadline, "the port was never open");
        TimeUnit.MILLISECONDS.sleep(2);
      }
    }
  }

  private void awaitStatus(int port, String path, int status) throws Exception {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    while (statusOf(port, path) != status) {
      assertTrue(System.nanoTime() < deadline, path + " was never " + status + ": " + output());
      TimeUnit.MILLISECONDS.sleep(20);
    }
  }

  private static int statusOf(int port, String path) {
    try {
      return RawHttp.ask(port, "GET", path, "Host: localhost").status();
    } catch (java.io.UncheckedIOException notYet) {
      return 0;
    }
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
