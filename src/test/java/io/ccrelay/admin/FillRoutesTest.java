package io.ccrelay.admin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ccrelay.cache.Bytes;
import io.ccrelay.cache.Entry;
import io.ccrelay.cache.Key;
import io.ccrelay.cache.Usage;
import io.ccrelay.http.Fields;
import io.ccrelay.llm.Explanation;
import io.ccrelay.metrics.Meters;
import io.ccrelay.metrics.PriceTable;
import io.ccrelay.metrics.RequestJournal;
import io.ccrelay.testing.Ask;
import io.ccrelay.testing.Await;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Entries listed, taken out and put back over the management listener. */
class FillRoutesTest {

  private static final Instant NOW = Instant.parse("2026-01-01T00:01:00Z");
  private static final String[] LINES = {"Content-Type", "application/x-ndjson"};

  private final Vertx vertx = Vertx.vertx();
  private final MapCache cache = new MapCache();
  private Ask ask;

  @BeforeEach
  void listen() {
    ask = listen(List.of());
  }

  private Ask listen(List<ManagementOptions.Token> tokens) {
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
                new RequestJournal(() -> NOW, 16),
                () -> "",
                stats -> {},
                () -> Readiness.READY,
                () -> request -> Future.succeededFuture(Explanation.never(request.path())),
                Optional::empty,
                () -> NOW,
                "1",
                () -> PolicyValues.NONE,
                Optional::empty));
    Await.result(vertx.deployVerticle(admin));
    return new Ask("http://127.0.0.1:" + admin.actualPort());
  }

  @AfterEach
  void close() {
    Await.result(vertx.close());
  }

  @Test
  void whatIsExportedIsImportedAsItWas() {
    for (int i = 0; i < 300; i++) {
      cache.entries.put(Key.ofHex("%04x".formatted(i)), entry(i, "text ü \"" + i + "\n\""));
    }
    cache.entries.put(Key.ofHex("ffff"), entry(1, Bytes.owned(new byte[] {-1, 0, 5})));
    cache.entries.put(Key.ofHex("fffe"), entry(1, Bytes.utf8("x".repeat(3 << 20))));
    Map<Key, Entry> before = Map.copyOf(cache.entries);
    HttpResponse<String> exported = ask.get("/admin/cache/export");
    assertEquals(200, exported.statusCode());
    assertEquals("application/x-ndjson", Ask.field(exported, "content-type"));
    cache.entries.clear();
    JsonObject summary = filled("/admin/cache/import", exported.body());
    assertEquals(302, summary.getInteger("stored"), summary::encode);
    assertEquals(before, cache.entries);
  }

  @Test
  void aBadLineIsToldOfAndTheOthersAreStored() {
    cache.entries.put(Key.ofHex("00"), entry(1, Bytes.utf8("a")));
    String good = ask.get("/admin/cache/export").body();
    cache.entries.clear();
    String expired = good.replace("PT5M", "PT5S");
    String ahead = good.replace("2026-01-01T00:00", "2027-01-01T00:00");
    String injecting = good.replace("application/json", "a\\r\\nSet-Cookie: b");
    JsonObject summary =
        filled(
            "/admin/cache/import",
            String.join("\n", "{", "", "[]", expired, ahead, injecting, "{\"key\":5}", good));
    assertEquals(1, summary.getInteger("stored"), summary::encode);
    assertEquals(4, summary.getInteger("invalid"), summary::encode);
    assertEquals(
        new JsonObject().put("expired", 1).put("from-the-future", 1),
        summary.getJsonObject("refused"));
    JsonArray errors = summary.getJsonArray("errors");
    assertEquals(1, errors.getJsonObject(0).getInteger("line"));
    assertEquals(3, errors.getJsonObject(1).getInteger("line"));
  }

  @Test
  void aPreloadedAnswerIsStoredOrToldWhyNot() {
    String line = "{\"path\":\"/v1/messages\",\"headers\":{\"x-api-key\":\"k\"},\"body\":{},";
    JsonObject summary =
        filled(
            "/admin/cache/preload",
            line + "\"answer\":{\"body\":{}}}\n" + line + "\"answer\":{\"status\":500}}\n{}\n");
    assertEquals(1, summary.getInteger("stored"), summary::encode);
    assertEquals(new JsonObject().put("status", 1), summary.getJsonObject("refused"));
    assertEquals(1, summary.getInteger("invalid"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"/admin/cache/import", "/admin/cache/preload"})
  void whatAPageOfAnotherOriginCanSendIsRefused(String path) {
    assertEquals(415, ask.post(path, "{}", "Content-Type", "text/plain").statusCode());
  }

  @ParameterizedTest
  @ValueSource(strings = {"/admin/cache/export", "/admin/cache/%65xport", "/admin/cache/export/"})
  void contentIsForOperatorsOnly(String path) {
    var reader = new ManagementOptions.Token("dashboard", "look", Role.READ);
    var operator = new ManagementOptions.Token("on-call", "change", Role.OPERATE);
    Ask guarded = listen(List.of(reader, operator));
    cache.entries.put(Key.ofHex("00"), entry(1, Bytes.utf8("a secret")));
    var refused = guarded.get(path, "Authorization", "Bearer look");
    assertEquals(403, refused.statusCode());
    assertFalse(refused.body().contains("a secret"));
    assertTrue(guarded.get(path, "Authorization", "Bearer change").body().contains("a secret"));
    assertEquals(401, guarded.get(path).statusCode());
  }

  @Test
  void entriesAreListedInPagesAndFoundByModelAndTag() {
    for (int i = 0; i < 10; i++) {
      cache.entries.put(Key.ofHex("%02x".formatted(i)), entry(i, "a"));
    }
    var first = new JsonObject(ask.get("/admin/cache/entries?limit=4").body());
    assertEquals(4, first.getJsonArray("entries").size());
    assertEquals("00", first.getJsonArray("entries").getJsonObject(0).getString("key"));
    assertEquals("03", first.getString("next"));
    var rest = new JsonObject(ask.get("/admin/cache/entries?after=03").body());
    assertEquals(6, rest.getJsonArray("entries").size());
    assertFalse(rest.containsKey("next"));
    var one = new JsonObject(ask.get("/admin/cache/entries?model=m4&tag=t").body());
    assertEquals("04", one.getJsonArray("entries").getJsonObject(0).getString("key"));
    assertEquals(0, entriesOf("?tag=other").size());
    for (String wrong : List.of("limit=0", "limit=501", "limit=x", "after=x", "after=123")) {
      assertEquals(400, ask.get("/admin/cache/entries?" + wrong).statusCode(), wrong);
    }
  }

  private JsonArray entriesOf(String query) {
    return new JsonObject(ask.get("/admin/cache/entries" + query).body()).getJsonArray("entries");
  }

  private JsonObject filled(String path, String lines) {
    HttpResponse<String> answer = ask.post(path, lines, LINES);
    assertEquals(200, answer.statusCode(), answer.body());
    return new JsonObject(answer.body());
  }

  private static Entry entry(int number, String body) {
    return entry(number, Bytes.utf8(body));
  }

  private static Entry entry(int number, Bytes body) {
    return new Entry(
        200,
        Entry.Form.JSON,
        NOW.minusSeconds(60),
        Duration.ofMinutes(5),
        Duration.ZERO,
        Fields.of("content-type", "application/json"),
        List.of("t"),
        Map.of("model", "m" + number),
        Usage.NONE,
        body,
        NOW.minusSeconds(61));
  }
}
