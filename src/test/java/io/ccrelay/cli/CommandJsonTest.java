package io.ccrelay.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ccrelay.launch.Version;
import io.vertx.core.json.JsonArray;
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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What commands print for programs that read it. */
class CommandJsonTest {

  @TempDir Path home;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private final Map<String, String> environment = new HashMap<>();

  @Test
  void scriptsGetJson() throws Exception {
    assertEquals(0, run("version", "--json"));
    assertEquals(Version.current(), json().getString("version"));
    write("good.yaml", "logging:\n  level: debug\n");
    assertEquals(0, run("validate", "--json", "--config", "good.yaml"));
    assertEquals(true, json().getBoolean("valid"));
    write("bad.yaml", "server:\n  listen: nowhere\n");
    assertEquals(1, run("validate", "--json", "--config", "bad.yaml"));
    assertEquals(false, json().getBoolean("valid"));
    JsonObject problem = json().getJsonArray("problems").getJsonObject(0);
    assertEquals("server.listen", problem.getString("path"));
    assertEquals("error", problem.getString("severity"));
    assertEquals(2, problem.getInteger("line"));
    assertEquals("", err.toString(), "nothing beside the JSON");
    write("pairs.jsonl", "{\"a\": \"one\", \"b\": \"one\", \"same\": 1, \"lang\": \"en\"}\n");
    assertEquals(0, run("semantic", "evaluate", "pairs.jsonl", "--json"), err.toString());
    assertEquals(1, json().getInteger("pairs"));
    assertEquals(1, json().getJsonObject("languages").getJsonObject("en").getInteger("same"));
    try (var server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
      write("status.yaml", "server:\n  listen: 127.0.0.1:" + server.getLocalPort() + "\n");
      answer(server, "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
      assertEquals(0, run("status", "--json", "--config", "status.yaml"));
      assertEquals(true, json().getBoolean("running"));
    }
    assertEquals(1, run("status", "--json", "--config", "status.yaml"));
    assertEquals(false, json().getBoolean("running"));
  }

  @Test
  void statsArePrintedAsATableOrAsJson() throws Exception {
    String body = "{\"hits\":3,\"requests\":{\"hit\":3}}";
    String answer =
        "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: %d\r\n\r\n%s"
            .formatted(body.length(), body);
    try (var server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
      String url = "http://127.0.0.1:" + server.getLocalPort();
      answer(server, answer);
      assertEquals(0, run("stats", "--url", url), err.toString());
      assertTrue(out.toString().contains("hits                      3"), out.toString());
      assertTrue(out.toString().contains("  hit                     3"), out.toString());
      answer(server, answer);
      assertEquals(0, run("stats", "--url", url, "--json"), err.toString());
      assertEquals(3, json().getInteger("hits"));
    }
    assertEquals(1, run("stats", "--url", "http://127.0.0.1:1"));
    assertTrue(
        err.toString().contains("error: cannot connect: does the relay run"), err.toString());
  }

  @Test
  void explanationsNameTheSimilarQuestionAndWhatSpeaksAgainstIt() throws Exception {
    String body =
        """
        {"outcome":"miss","reason":"","key":"ab","ignored":[],"nearest":{"key":"cd","differs":["model"]},\
        "similar":{"key":"ef","similarity":0.98765,"against":["slot","number"]}}\
        """;
    write("request.json", "{}");
    try (var server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
      String url = "http://127.0.0.1:" + server.getLocalPort();
      answer(
          server,
          "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: %d\r\n\r\n%s"
              .formatted(body.length(), body));
      assertEquals(0, run("explain", "request.json", "--url", url), err.toString());
    }
    assertTrue(out.toString().contains("similar   ef (similarity 0.988)"), out.toString());
    assertTrue(out.toString().contains("against   slot\nagainst   number"), out.toString());
  }

  @Test
  void aRefusalIsToldInWords() throws Exception {
    String body =
        "{\"type\":\"error\",\"error\":{\"type\":\"permission_error\",\"message\":\"Not you.\"}}";
    String head = "HTTP/1.1 403 Forbidden\r\nConnection: close\r\nContent-Length: %d\r\n\r\n%s";
    write("request.json", "{}");
    write("lines.jsonl", "{}\n");
    try (var server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
      String url = "http://127.0.0.1:" + server.getLocalPort();
      for (String command :
          List.of("stats", "explain request.json", "export out.jsonl", "import lines.jsonl")) {
        answer(server, head.formatted(body.length(), body));
        assertEquals(1, run((command + " --url " + url).split(" ")), command);
        assertEquals("error: 403: Not you.", err.toString().strip(), command);
      }
      answer(server, head.formatted(4, "gone"));
      assertEquals(1, run("stats", "--url", url));
      assertEquals("error: 403: gone", err.toString().strip());
    }
  }

  @Test
  void anEntryThatIsGoneIsToldOf() throws Exception {
    String key = "00ff10";
    String body =
        new JsonObject()
            .put("outcome", "miss")
            .put("reason", "")
            .put("key", key)
            .put("ignored", new JsonArray())
            .put("nearest", new JsonObject().put("key", key).put("differs", new JsonArray()))
            .encode();
    write("request.json", "{}");
    try (var server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
      answer(
          server,
          "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: %d\r\n\r\n%s"
              .formatted(body.length(), body));
      String url = "http://127.0.0.1:" + server.getLocalPort();
      assertEquals(0, run("explain", "request.json", "--url", url), err.toString());
      assertTrue(out.toString().contains("was stored under this key and is gone"), out.toString());
    }
  }

  private JsonObject json() {
    return new JsonObject(out.toString());
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
