package io.ccrelay.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code warm} and {@code explain} against a server that plays the relay. */
class WarmCommandTest {

  private final Vertx vertx = Vertx.vertx();
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private final List<String> asked = new CopyOnWriteArrayList<>();
  private final List<String> credentials = new CopyOnWriteArrayList<>();
  private String url = "";

  @TempDir Path directory;

  @BeforeEach
  void start() throws Exception {
    var server =
        vertx
            .createHttpServer()
            .requestHandler(this::answer)
            .listen(0, "127.0.0.1")
            .toCompletionStage()
            .toCompletableFuture()
            .get(10, TimeUnit.SECONDS);
    url = "http://127.0.0.1:" + server.actualPort();
  }

  @AfterEach
  void stop() throws Exception {
    vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
  }

  private void answer(HttpServerRequest request) {
    request
        .body()
        .onSuccess(body -> {
          asked.add(body.toString());
          credentials.add(String.valueOf(request.getHeader("x-api-key")));
          if (request.path().equals("/admin/cache/explain")) {
            explain(request);
          } else if (body.toString().contains("bad")) {
            request.response().setStatusCode(400).end();
          } else {
            request.response().putHeader("X-CC-Relay-Cache", "miss").end("{}");
          }
        });
  }

  private static void explain(HttpServerRequest request) {
    request
        .response()
        .end(
            "{\"outcome\":\"miss\",\"reason\":\"\",\"key\":\"ab\",\"ignored\":[\"/metadata\"],"
                + "\"nearest\":{\"key\":\"cd\",\"differs\":[\"system\",\"messages[3]\"]}}");
  }

  @Test
  void everyRequestOfTheFileIsAskedOnce() throws IOException {
    Path file =
        file("{\"path\": \"/v1/messages\", \"body\": {\"n\": 1}}", "", line("2"), line("3"));
    assertEquals(0, run("warm", file.toString(), "--url", url, "-H", "x-api-key: k"));
    assertEquals(List.of("{\"n\":1}", "2", "3"), asked.stream().sorted(this::byLength).toList());
    assertEquals(List.of("k", "k", "k"), credentials);
    assertTrue(out.toString().contains("miss     3"), out.toString());
    assertFalse(Files.exists(directory.resolve("requests.jsonl.done")));
  }

  private int byLength(String one, String other) {
    return one.length() == other.length() ? one.compareTo(other) : other.length() - one.length();
  }

  @Test
  void aRunGoesOnWhereTheOneBeforeBrokeOff() throws IOException {
    Path file = file(line("1"), line("2"), line("3"));
    Files.writeString(directory.resolve("requests.jsonl.done"), "2\n");
    assertEquals(0, run("warm", file.toString(), "--url", url, "--json"));
    assertEquals(List.of("3"), asked);
    assertEquals(2, new JsonObject(out.toString()).getInteger("skipped"));
    Files.writeString(directory.resolve("requests.jsonl.done"), "2\n");
    assertEquals(0, run("warm", file.toString(), "--url", url, "--restart"));
    assertEquals(4, asked.size());
  }

  @Test
  void failuresAreCountedAndTheExitCodeSaysSo() throws IOException {
    Path file = file(line("1"), line("bad"));
    assertEquals(1, run("warm", file.toString(), "--url", url));
    assertTrue(out.toString().contains("error 400"), out.toString());
    assertTrue(out.toString().contains("failed     1"), out.toString());
    assertEquals("1", Files.readString(directory.resolve("requests.jsonl.done")).strip());
    assertEquals(1, run("warm", file.toString(), "--url", "http://127.0.0.1:1", "--timeout", "2"));
    assertTrue(out.toString().contains("no answer"), out.toString());
  }

  @Test
  void aLineThatIsNoRequestIsNamedAndNothingIsAsked() throws IOException {
    for (String wrong :
        List.of(
            "{", "[]", "{\"body\": 1}", "{\"path\": \"/x\"}", "{\"path\": \"x\", \"body\": 1}")) {
      Path file = file(line("1"), wrong);
      assertEquals(1, run("warm", file.toString(), "--url", url), wrong);
      assertTrue(err.toString().contains("requests.jsonl:2: "), err.toString());
    }
    assertEquals(List.of(), asked);
  }

  @Test
  void anExplanationIsPrinted() throws IOException {
    Path file = file("{\"path\": \"/v1/messages\", \"body\": {}}");
    assertEquals(0, run("explain", file.toString(), "--url", url));
    assertTrue(out.toString().contains("outcome   miss"), out.toString());
    assertTrue(out.toString().contains("differs   messages[3]"), out.toString());
    assertEquals(1, run("explain", file.toString(), "--url", "http://127.0.0.1:1"));
    assertTrue(err.toString().startsWith("error: "), err.toString());
  }

  private Path file(String... lines) throws IOException {
    return Files.writeString(directory.resolve("requests.jsonl"), String.join("\n", lines) + "\n");
  }

  private static String line(String body) {
    return new JsonObject().put("path", "/v1/messages").put("body", body).encode();
  }

  private int run(String... arguments) {
    var surroundings =
        new Surroundings(
            name -> null,
            directory,
            directory,
            new PrintWriter(out, true),
            new PrintWriter(err, true),
            false);
    return CommandTree.of(surroundings).execute(arguments);
  }
}
