package io.ccrelay.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ccrelay.testing.Await;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands export and import against a listener that answers as a relay's does. */
class ExportImportTest {

  private static final String LINES = "{\"key\":\"00\"}\n{\"key\":\"01\"}\n";

  private final Vertx vertx = Vertx.vertx();
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private final AtomicReference<String> asked = new AtomicReference<>("");
  private final AtomicReference<String> received = new AtomicReference<>("");
  private HttpServer server;
  @TempDir private Path directory;

  @BeforeEach
  void listen() {
    server =
        Await.result(
            vertx
                .createHttpServer()
                .requestHandler(request -> {
                  asked.set(request.uri() + " " + request.getHeader("Authorization"));
                  var _ =
                      request
                          .body()
                          .onSuccess(body -> {
                            received.set(body.toString());
                            request
                                .response()
                                .setStatusCode(request.path().endsWith("x") ? 403 : 200)
                                .end(
                                    request.path().endsWith("export")
                                        ? LINES
                                        : new JsonObject()
                                            .put("lines", 2)
                                            .put("stored", 1)
                                            .put("invalid", 1)
                                            .put("refused", new JsonObject())
                                            .put(
                                                "errors",
                                                new JsonArray()
                                                    .add(
                                                        new JsonObject()
                                                            .put("line", 2)
                                                            .put("why", "key: is missing")))
                                            .encode());
                          });
                })
                .listen(0, "127.0.0.1"));
  }

  @AfterEach
  void close() {
    Await.result(vertx.close());
  }

  @Test
  void anExportIsWrittenForItsOwnerOnly() throws Exception {
    assertEquals(0, run("export", "all.jsonl", "--tag", "a b", "--token", "secret"), err::toString);
    assertEquals("/admin/cache/export?model=&tag=a+b Bearer secret", asked.get());
    Path file = directory.resolve("all.jsonl");
    assertEquals(LINES, Files.readString(file));
    assertEquals(PosixFilePermissions.fromString("rw-------"), Files.getPosixFilePermissions(file));
    assertTrue(out.toString().contains("exported   2"), out::toString);
  }

  @Test
  void anImportTellsOfBadLines() throws Exception {
    Files.writeString(directory.resolve("all.jsonl"), LINES);
    assertEquals(1, run("import", "all.jsonl"));
    assertEquals("/admin/cache/import null", asked.get());
    assertEquals(LINES, received.get());
    assertTrue(err.toString().contains("all.jsonl:2: key: is missing"), err::toString);
    assertEquals(1, run("import", "missing.jsonl"));
  }

  @Test
  void requestsWithTheirAnswersAreAPreload() throws Exception {
    Files.writeString(directory.resolve("given.jsonl"), LINES);
    assertEquals(1, run("import", "--preload", "--json", "given.jsonl"));
    assertEquals("/admin/cache/preload null", asked.get());
    assertEquals(1, new JsonObject(out.toString().strip()).getInteger("stored"));
  }

  private int run(String... words) {
    var surroundings =
        new Surroundings(
            name -> null,
            directory,
            directory,
            new PrintWriter(out, true),
            new PrintWriter(err, true),
            false);
    var all = new String[words.length + 2];
    System.arraycopy(words, 0, all, 0, words.length);
    all[words.length] = "--url";
    all[words.length + 1] = "http://127.0.0.1:" + server.actualPort();
    return CommandTree.of(surroundings).execute(all);
  }
}
