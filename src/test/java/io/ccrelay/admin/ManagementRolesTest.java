package io.ccrelay.admin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ccrelay.cache.Bytes;
import io.ccrelay.cache.CacheOutcome;
import io.ccrelay.cache.Entry;
import io.ccrelay.cache.Key;
import io.ccrelay.cache.Usage;
import io.ccrelay.http.Fields;
import io.ccrelay.llm.Explanation;
import io.ccrelay.metrics.Answered;
import io.ccrelay.metrics.Meters;
import io.ccrelay.metrics.PriceTable;
import io.ccrelay.metrics.RequestJournal;
import io.ccrelay.testing.RawHttp;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What callers of the management listener may do, and what they are told of requests. */
class ManagementRolesTest {

  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final String LOCAL = "Host: localhost";
  private static final Key KEY = Key.ofHex("00ff10");

  private static final Entry ENTRY =
      new Entry(
          200,
          Entry.Form.JSON,
          NOW,
          Duration.ofMinutes(5),
          Duration.ZERO,
          Fields.none(),
          List.of(),
          Map.of(),
          Usage.NONE,
          Bytes.utf8("an answer"));

  private final Vertx vertx = Vertx.vertx();
  private final MapCache cache = new MapCache();
  private final RequestJournal journal = new RequestJournal(() -> NOW, 16);
  private AdminVerticle open;

  @BeforeEach
  void start() throws Exception {
    open = deploy(List.of());
  }

  @AfterEach
  void stop() throws Exception {
    vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
  }

  @Test
  void aRequestIsExplained() {
    String body = "{\"path\": \"/v1/x\", \"headers\": {\"a\": \"b\"}, \"body\": {}}";
    var answer = RawHttp.send(open.actualPort(), post("/admin/cache/explain", body));
    assertEquals(200, answer.status(), answer.text());
    assertEquals("bypass", new JsonObject(answer.body()).getString("outcome"));
    assertEquals("/v1/x", new JsonObject(answer.body()).getString("reason"));
    for (String wrong : List.of("", "[]", "{\"headers\": 5}", "{\"path\": {}}")) {
      assertEquals(
          400,
          RawHttp.send(open.actualPort(), post("/admin/cache/explain", wrong)).status(),
          wrong);
    }
  }

  private static String post(String path, String body) {
    return "POST %s HTTP/1.1\r\n%s\r\nContent-Length: %d\r\nConnection: close\r\n\r\n%s"
        .formatted(path, LOCAL, body.length(), body);
  }

  @Test
  void whoMayOnlyLookChangesNothing() throws Exception {
    var reader = new ManagementOptions.Token("dashboard", "look", Role.READ);
    var operator = new ManagementOptions.Token("on-call", "change", Role.OPERATE);
    var admin = deploy(List.of(reader, operator));
    cache.entries.put(KEY, ENTRY);
    assertEquals(200, get(admin, "/admin/cache/stats", "Authorization: Bearer look").status());
    assertEquals(
        403,
        RawHttp.ask(
                admin.actualPort(),
                "DELETE",
                "/admin/cache/entries/00ff10",
                LOCAL,
                "Authorization: Bearer look")
            .status());
    assertEquals(
        204,
        RawHttp.ask(
                admin.actualPort(),
                "DELETE",
                "/admin/cache/entries/00ff10",
                LOCAL,
                "Authorization: Bearer change")
            .status());
  }

  @Test
  void theContentOfAnEntryIsForWhoMayOperate() throws Exception {
    var reader = new ManagementOptions.Token("dashboard", "look", Role.READ);
    var operator = new ManagementOptions.Token("on-call", "change", Role.OPERATE);
    var admin = deploy(List.of(reader, operator));
    cache.entries.put(KEY, ENTRY);
    String look = "Authorization: Bearer look";
    for (String path :
        List.of("00ff10/content", "00FF10/content", "00ff10/%63ontent", "00ff10//content")) {
      var refused = get(admin, "/admin/cache/entries/" + path, look);
      assertFalse(refused.text().contains("an answer"), path);
    }
    assertEquals(403, get(admin, "/admin/cache/entries/00ff10/content", look).status());
    assertEquals(401, get(admin, "/admin/cache/entries/00ff10/content").status());
    String change = "Authorization: Bearer change";
    var shown = get(admin, "/admin/cache/entries/00ff10/content", change);
    assertEquals(200, shown.status(), shown.text());
    assertEquals("an answer", new JsonObject(shown.body()).getString("body"));
    assertEquals("00ff10", new JsonObject(shown.body()).getString("key"));
    assertEquals(404, get(admin, "/admin/cache/entries/00ff11/content", change).status());
    assertEquals(400, get(admin, "/admin/cache/entries/00f/content", change).status());
  }

  @Test
  void aFullLastPageHasNoNext() {
    for (int i = 0; i < 4; i++) {
      journal.accept(Answered.of("messages", CacheOutcome.MISS, 200, i));
      cache.entries.put(Key.ofHex("0" + i), ENTRY);
    }
    for (String list : List.of("/admin/requests", "/admin/cache/entries")) {
      assertTrue(new JsonObject(get(open, list + "?limit=3").body()).containsKey("next"), list);
      assertFalse(new JsonObject(get(open, list + "?limit=4").body()).containsKey("next"), list);
    }
  }

  @Test
  void anOutcomeThatIsNoneIsRefused() {
    assertEquals(200, get(open, "/admin/requests?outcome=stale").status());
    var refused = get(open, "/admin/requests?outcome=hits");
    assertEquals(400, refused.status());
    assertTrue(refused.body().contains("hit, miss, stale"), refused.body());
  }

  @Test
  void recentRequestsComeInPagesTheNewestFirst() {
    for (int i = 0; i < 30; i++) {
      journal.accept(Answered.of(i % 2 == 0 ? "messages" : "chat", CacheOutcome.MISS, 200, i));
    }
    var first = new JsonObject(get(open, "/admin/requests?limit=4&route=chat").body());
    assertEquals(4, first.getJsonArray("requests").size());
    assertEquals("chat", first.getJsonArray("requests").getJsonObject(0).getString("route"));
    long next = first.getLong("next");
    var second =
        new JsonObject(get(open, "/admin/requests?limit=400&route=chat&before=" + next).body());
    assertEquals(4, second.getJsonArray("requests").size(), "the journal has room for 16");
    assertFalse(second.containsKey("next"));
    assertEquals(400, get(open, "/admin/requests?limit=0").status());
    assertEquals(400, get(open, "/admin/requests?before=x").status());
    assertEquals(400, get(open, "/admin/requests?limit=501").status());
  }

  private static RawHttp.Answer get(AdminVerticle admin, String target, String... fields) {
    var all = new String[fields.length + 1];
    all[0] = LOCAL;
    System.arraycopy(fields, 0, all, 1, fields.length);
    return RawHttp.ask(admin.actualPort(), "GET", target, all);
  }

  private AdminVerticle deploy(List<ManagementOptions.Token> tokens) throws Exception {
    var admin =
        new AdminVerticle(
            new AdminParts(
                new ManagementOptions(true, "127.0.0.1", 0, tokens, PriceTable.NONE),
                () -> cache,
                cache.held(),
                () -> ScriptedPreload::answer,
                new ScriptedPurger(),
                Optional.empty(),
                new Meters(new SimpleMeterRegistry()),
                journal,
                () -> "",
                stats -> {},
                () -> Readiness.READY,
                () -> request -> Future.succeededFuture(Explanation.never(request.path())),
                Optional::empty,
                () -> NOW,
                "1.2.3",
                () -> PolicyValues.NONE,
                Optional::empty));
    vertx.deployVerticle(admin).toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    return admin;
  }
}
