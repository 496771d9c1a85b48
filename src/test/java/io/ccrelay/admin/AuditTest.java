package io.ccrelay.admin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.ccrelay.cache.Bytes;
import io.ccrelay.cache.Entry;
import io.ccrelay.cache.Key;
import io.ccrelay.cache.PurgeReport;
import io.ccrelay.cache.PurgeSelector;
import io.ccrelay.cache.Purger;
import io.ccrelay.cache.Usage;
import io.ccrelay.http.Fields;
import io.ccrelay.testing.Await;
import io.ccrelay.testing.RawHttp;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** Who did what, when, with which result; and nothing that would let a reader of the log do it. */
@DisplayName("A28: an audit line for each change")
class AuditTest {

  private static final String OPERATOR = "operator-secret-0123456789";
  private static final String READER = "reader-secret-0123456789";
  private static final Key KEY = Key.ofHex("00ff10");

  private static final List<ManagementOptions.Token> TOKENS =
      List.of(
          new ManagementOptions.Token("dashboard", READER, Role.READ),
          new ManagementOptions.Token("on-call", OPERATOR, Role.OPERATE));

  private static final Entry ENTRY =
      new Entry(
          200,
          Entry.Form.JSON,
          Instant.EPOCH,
          Duration.ofDays(30_000),
          Duration.ZERO,
          Fields.none(),
          List.of(),
          Map.of(),
          Usage.NONE,
          Bytes.utf8("an answer"));

  /** A request that changes something, and what the log says of it. */
  private record Change(String target, String type, String body, String action, String result) {}

  /** Every route that changes something, as it is mounted. */
  private static final Map<String, Change> CHANGES =
      Map.of(
          "DELETE /admin/cache/entries/:key",
          new Change("/admin/cache/entries/00ff10", "", "", "cache.entry.delete", "removed"),
          "POST /admin/cache/purge",
          new Change(
              "/admin/cache/purge",
              "application/json",
              "{\"tag\": \"prices\"}",
              "cache.purge",
              "purged-partly"),
          "POST /admin/cache/import",
          new Change("/admin/cache/import", "application/jsonl", "{}\n", "cache.import", "stored"),
          "POST /admin/cache/preload",
          new Change(
              "/admin/cache/preload", "application/jsonl", "{}\n", "cache.preload", "stored"),
          "POST /admin/cache/values",
          new Change("/admin/cache/values", "application/jsonl", "{}\n", "cache.values", "stored"));

  /** Asked for by POST and changes nothing. */
  private static final String EXPLAIN = "POST /admin/cache/explain";

  private final Vertx vertx = Vertx.vertx();
  private final MapCache cache = new MapCache();
  private final ListAppender<ILoggingEvent> log = new ListAppender<>();
  private AdminVerticle admin;

  @BeforeEach
  void start() {
    cache.entries.put(KEY, ENTRY);
    admin = Listeners.deploy(vertx, TOKENS, cache, new ScriptedPurger());
    log.start();
    audit().setLevel(Level.INFO);
    audit().setAdditive(false);
    audit().addAppender(log);
  }

  @AfterEach
  void stop() {
    audit().detachAppender(log);
    Await.result(vertx.close());
  }

  @Test
  void everyRouteThatChangesSomethingIsKnownHere() {
    var changing = new TreeSet<String>();
    for (var route : admin.routes()) {
      if (route.methods() != null) {
        route.methods().stream()
            .filter(it -> !it.equals(HttpMethod.GET) && !it.equals(HttpMethod.HEAD))
            .forEach(method -> changing.add(method + " " + route.getPath()));
      }
    }
    assertTrue(changing.remove(EXPLAIN));
    assertEquals(new TreeSet<>(CHANGES.keySet()), changing);
  }

  @Test
  void eachChangeIsALineWithWhoWhatAndResult() {
    CHANGES.forEach((route, change) -> {
      log.list.clear();
      int status = ask(route, change, OPERATOR);
      assertTrue(status == 200 || status == 204, route + ": " + status);
      String line = onlyLine();
      assertTrue(line.contains("action=\"" + change.action() + "\""), line);
      assertTrue(line.contains("caller=\"on-call\""), line);
      assertTrue(line.contains("role=\"operate\""), line);
      assertTrue(line.contains("remote=\"127.0.0.1\""), line);
      assertTrue(line.contains("result=\"" + change.result() + "\""), line);
      assertFalse(line.contains("secret"), line);
    });
  }

  @Test
  void whoIsRefusedTheContentOfEntriesIsNamed() {
    for (String path : List.of("/admin/cache/export", "/admin/cache/entries/00ff10/content")) {
      log.list.clear();
      var answer =
          RawHttp.ask(
              admin.actualPort(),
              "GET",
              path,
              "Host: localhost",
              "Authorization: Bearer " + READER);
      assertEquals(403, answer.status());
      assertTrue(onlyLine().contains("caller=\"dashboard\""), path);
    }
  }

  @Test
  void whoIsRefusedAChangeIsNamedIfKnown() {
    CHANGES.forEach((route, change) -> {
      log.list.clear();
      assertEquals(403, ask(route, change, READER));
      String known = onlyLine();
      assertTrue(known.contains("caller=\"dashboard\""), known);
      assertTrue(known.contains("result=\"refused-role\""), known);
      log.list.clear();
      assertEquals(401, ask(route, change, "guessed-secret"));
      String unknown = onlyLine();
      assertTrue(unknown.contains("caller=\"unknown\""), unknown);
      assertTrue(unknown.contains("result=\"refused-token\""), unknown);
      assertFalse((known + unknown).contains("secret"), known + unknown);
    });
    assertTrue(cache.entries.containsKey(KEY));
  }

  @Test
  void whoGuessesTokensCannotFloodTheLog() {
    Change change = CHANGES.get("POST /admin/cache/purge");
    for (int i = 0; i < 100; i++) {
      assertEquals(401, ask("POST /admin/cache/purge", change, "guess-" + i));
    }
    assertEquals(30, log.list.size());
  }

  @Test
  void whatFailsIsSaidToHaveFailed() {
    var broken =
        new Purger() {
          @Override
          public Future<PurgeReport> purge(PurgeSelector selector) {
            return Future.failedFuture("the cluster is gone");
          }

          @Override
          public Future<PurgeReport> count(PurgeSelector selector) {
            return Future.failedFuture("the cluster is gone");
          }
        };
    admin = Listeners.deploy(vertx, TOKENS, cache, broken);
    String purge = "POST /admin/cache/purge";
    assertEquals(500, ask(purge, CHANGES.get(purge), OPERATOR));
    assertTrue(onlyLine().contains("result=\"failed\""), onlyLine());
  }

  @Test
  void aLookIsNoLine() {
    assertEquals(
        200,
        RawHttp.ask(
                admin.actualPort(),
                "GET",
                "/admin/cache/stats",
                "Host: localhost",
                "Authorization: Bearer " + READER)
            .status());
    assertEquals(List.of(), log.list);
  }

  private int ask(String route, Change change, String token) {
    String method = route.substring(0, route.indexOf(' '));
    return RawHttp.send(
            admin.actualPort(),
            method
                + " "
                + change.target()
                + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nAuthorization: Bearer "
                + token
                + (change.type().isEmpty() ? "" : "\r\nContent-Type: " + change.type())
                + "\r\nContent-Length: "
                + change.body().length()
                + "\r\n\r\n"
                + change.body())
        .status();
  }

  private String onlyLine() {
    assertEquals(1, log.list.size());
    return log.list.getFirst().getKeyValuePairs().toString();
  }

  private static Logger audit() {
    return (Logger) LoggerFactory.getLogger("audit");
  }
}
