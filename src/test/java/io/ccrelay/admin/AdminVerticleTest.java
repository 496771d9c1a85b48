package io.ccrelay.admin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.ccrelay.cache.Bytes;
import io.ccrelay.cache.CacheOutcome;
import io.ccrelay.cache.Entry;
import io.ccrelay.cache.Key;
import io.ccrelay.cache.Stats;
import io.ccrelay.cache.Usage;
import io.ccrelay.http.Fields;
import io.ccrelay.llm.Explanation;
import io.ccrelay.metrics.Answered;
import io.ccrelay.metrics.Meters;
import io.ccrelay.metrics.PriceTable;
import io.ccrelay.metrics.RequestJournal;
import io.ccrelay.testing.RawHttp;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/** The management listener on a real socket, with what an attacker would try first. */
class AdminVerticleTest {

  private static final Instant NOW = Instant.parse("2026-01-01T00:01:00Z");
  private static final String TOKEN = "management-token-0123456789";
  private static final String LOCAL = "Host: localhost:9090";
  private static final Key KEY = Key.ofHex("00ff10");

  private static Vertx vertx;
  private static AdminVerticle open;
  private static AdminVerticle guarded;
  private static final MapCache CACHE = new MapCache();
  private static final ScriptedPurger PURGER = new ScriptedPurger();
  private static final AtomicReference<Readiness> READINESS = new AtomicReference<>();
  private static final PrometheusMeterRegistry REGISTRY =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private static final AtomicReference<Stats> SEEN = new AtomicReference<>(Stats.ZERO);
  private static final Meters METERS = new Meters(REGISTRY);
  private static final RequestJournal JOURNAL = new RequestJournal(() -> NOW, 16);

  @BeforeAll
  static void start() throws Exception {
    vertx = Vertx.vertx();
    METERS.showStore(SEEN::get);
    open = deploy("");
    guarded = deploy(TOKEN);
  }

  @AfterAll
  static void stop() throws Exception {
    vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
  }

  @BeforeEach
  void reset() {
    CACHE.answers = true;
    CACHE.entries.clear();
    CACHE.entries.put(KEY, entry());
    READINESS.set(Readiness.READY);
  }

  @Test
  void listensOnLoopbackByDefault() {
    assertEquals("127.0.0.1", ManagementOptions.DEFAULTS.host());
  }

  @Test
  void refusesToListenBeyondLoopbackWithoutAToken() {
    var failure =
        assertThrows(
            IllegalArgumentException.class, () -> new AdminVerticle(parts("0.0.0.0", List.of())));
    assertTrue(failure.getMessage().contains("management.token"));
  }

  @Test
  void aliveWhateverTheReadinessIs() {
    READINESS.set(Readiness.DRAINING);
    assertEquals(200, get(open, "/health").status());
    assertEquals(200, get(open, "/health/live").status());
  }

  @Test
  void readyOnlyBetweenStartAndDrain() {
    assertEquals(200, get(open, "/health/ready").status());
    READINESS.set(Readiness.STARTING);
    assertEquals(503, get(open, "/health/ready").status());
    READINESS.set(Readiness.DRAINING);
    var answer = get(open, "/health/ready");
    assertEquals(503, answer.status());
    assertEquals("draining", new JsonObject(answer.body()).getString("status"));
  }

  @Test
  void probesNeedNoToken() {
    assertEquals(200, get(guarded, "/health/ready").status());
    assertEquals(
        200, RawHttp.ask(guarded.actualPort(), "GET", "/health", "Host: 10.1.2.3").status());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/metrics",
        "/admin/cache/stats",
        "/admin/cache/ping",
        "/admin/cache/entries/00ff10"
      })
  void everythingElseNeedsTheToken(String path) {
    assertEquals(401, get(guarded, path).status());
    assertEquals(401, get(guarded, path, "Authorization: Bearer wrong").status());
    assertEquals(401, get(guarded, path, "Authorization: Bearer ").status());
    assertEquals(401, get(guarded, path, "Authorization: Basic " + TOKEN).status());
    assertEquals(401, get(guarded, path, "X-Api-Key: " + TOKEN).status());
    assertEquals(401, get(guarded, path + "?token=" + TOKEN).status());
    assertEquals(200, get(guarded, path, "Authorization: Bearer " + TOKEN).status());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/%61dmin/cache/stats",
        "//admin/cache/stats",
        "/admin//cache/stats",
        "/./admin/cache/stats",
        "/health/../admin/cache/stats",
        "/health/%2e%2e/admin/cache/stats",
        "/admin/cache/stats/",
        "/ADMIN/cache/stats",
        "/health/live/../../admin/cache/stats",
        "/health;/admin/cache/stats",
        "/admin/cache/stats%00"
      })
  void noSpellingOfAPathEscapesTheToken(String target) {
    int status = get(guarded, target).status();
    assertTrue(status == 401 || status == 404 || status == 400, target + " gave " + status);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "evil.example",
        "localhost.evil.example",
        "127.0.0.1.evil.example",
        "evil.example:9090",
        "localhost@evil.example",
        "192.168.1.1",
        "",
        "127.0.0.1:9090:1",
        "[::2]"
      })
  void withoutATokenAForeignHostIsRefused(String host) {
    var answer = RawHttp.ask(open.actualPort(), "GET", "/admin/cache/stats", "Host: " + host);
    assertTrue(answer.status() == 403 || answer.status() == 400, host + ": " + answer.text());
  }

  @ParameterizedTest
  @ValueSource(strings = {"localhost", "LocalHost:1", "127.0.0.1", "127.9.9.9:80", "[::1]:9090"})
  void withoutATokenLoopbackNamesAreServed(String host) {
    assertEquals(
        200, RawHttp.ask(open.actualPort(), "GET", "/admin/cache/stats", "Host: " + host).status());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/admin/cache/entries/00ff10",
        "/admin/cache/entries/00ff10?_method=DELETE",
        "/admin/cache/entries/00ff10?delete"
      })
  void readingChangesNothing(String target) {
    assertEquals(200, get(open, target, "X-HTTP-Method-Override: DELETE").status());
    assertTrue(CACHE.entries.containsKey(KEY));
  }

  @Test
  void noOtherOriginIsInvited() {
    var preflight =
        RawHttp.ask(
            open.actualPort(),
            "OPTIONS",
            "/admin/cache/entries/00ff10",
            LOCAL,
            "Origin: http://evil.example",
            "Access-Control-Request-Method: DELETE");
    assertEquals(405, preflight.status());
    assertFalse(preflight.has("Access-Control-Allow-Origin"), preflight.head());
    var read = get(open, "/admin/cache/stats", "Origin: http://evil.example");
    assertFalse(read.has("Access-Control-Allow-Origin"), read.head());
    assertTrue(read.has("X-Content-Type-Options"), read.head());
  }

  @Test
  void oversizedInputIsRefused() {
    var line = get(open, "/admin/" + "x".repeat(5000));
    assertEquals(414, line.status());
    var fields = get(open, "/admin/cache/stats", "X-Big: " + "x".repeat(20_000));
    assertEquals(431, fields.status());
    var body =
        RawHttp.ask(
            open.actualPort(),
            "DELETE",
            "/admin/cache/entries/00ff10",
            LOCAL,
            "Content-Length: 99999");
    assertEquals(413, body.status());
    assertTrue(CACHE.entries.containsKey(KEY));
  }

  @Test
  void anEntryIsDescribedWithoutItsContent() {
    var answer = get(open, "/admin/cache/entries/00ff10");
    var json = new JsonObject(answer.body());
    assertEquals(200, json.getInteger("status"));
    assertEquals("json", json.getString("form"));
    assertEquals(60, json.getInteger("ageSeconds"));
    assertEquals(240, json.getInteger("ttlSeconds"));
    assertEquals("claude", json.getString("model"));
    assertEquals("anthropic", json.getString("provider"));
    assertEquals(new JsonArray().add("tag-a"), json.getJsonArray("tags"));
    assertEquals(11, json.getJsonObject("usage").getInteger("inputTokens"));
    assertEquals(13, json.getInteger("bytes"));
    assertFalse(answer.text().contains("secret"), answer.text());
  }

  @Test
  void anEntryIsDeletedOnceAndTheAuditLogTells() {
    var log = auditLog();
    assertEquals(204, delete("00ff10").status());
    assertEquals(404, delete("00ff10").status());
    assertEquals(1, log.list.size());
    String line = log.list.getFirst().getKeyValuePairs().toString();
    assertTrue(line.contains("action=\"cache.entry.delete\""), line);
    assertTrue(line.contains("result=\"removed\""), line);
    assertTrue(line.contains("remote=\"127.0.0.1\""), line);
  }

  @Test
  void aKeyThatIsNoneIsRefused() {
    assertEquals(400, get(open, "/admin/cache/entries/xyz").status());
    assertEquals(400, get(open, "/admin/cache/entries/abc").status());
    assertEquals(400, get(open, "/admin/cache/entries/" + "ab".repeat(300)).status());
    assertEquals(404, get(open, "/admin/cache/entries/abcd").status());
  }

  @Test
  void aCacheThatDoesNotAnswerIsSaidToBeUnavailable() {
    CACHE.answers = false;
    assertEquals(503, get(open, "/admin/cache/ping").status());
    var answer = get(open, "/admin/cache/entries/00ff10");
    assertEquals(503, answer.status());
    assertTrue(answer.body().contains("cache-deadline"), answer.body());
    assertEquals(200, get(open, "/health/ready").status());
  }

  @Test
  void statisticsHoldTheStoresCountersAndTheRequests() {
    METERS.answered(
        new Answered(
            "messages",
            CacheOutcome.HIT,
            200,
            1000,
            "claude",
            Optional.empty(),
            Bytes.copyOf(new byte[] {1, 2, 3, 4, 5, 6, 7}),
            "",
            new Usage(100, 20)));
    var stats = new JsonObject(get(open, "/admin/cache/stats").body());
    assertEquals(3, stats.getInteger("hits"));
    assertEquals(1, stats.getInteger("misses"));
    assertEquals(1, stats.getInteger("keyCount"));
    assertEquals(4096, stats.getInteger("bytesUsed"));
    assertEquals(7, stats.getInteger("evictions"));
    assertEquals(0.75, stats.getDouble("hitRate"));
    assertTrue(stats.getJsonObject("requests").getInteger("hit") >= 1);
    assertTrue(stats.getInteger("savedInputTokens") >= 100);
    assertTrue(stats.getInteger("upstreamCallsAvoided") >= 1);
  }

  @Test
  void linesOfRequestsNameTheirScopeAsPurgesDo() {
    JOURNAL.accept(
        new Answered(
            "messages",
            CacheOutcome.HIT,
            200,
            1000,
            "claude",
            Optional.empty(),
            Bytes.copyOf(new byte[] {9, 8, 7, 6, 5, 4, 3, 2, 1}),
            "",
            Usage.NONE));
    var lines = new JsonObject(get(open, "/admin/requests?scope=090807060504").body());
    assertEquals(1, lines.getJsonArray("requests").size(), lines::encode);
    assertEquals(
        "090807060504", lines.getJsonArray("requests").getJsonObject(0).getString("scope"));
  }

  @Test
  void metersAreExposedWithTheStoresCounters() {
    var answer = get(open, "/metrics");
    assertEquals(200, answer.status());
    assertTrue(answer.body().contains("cc_relay_cache_entries 1.0"), answer.body());
    assertTrue(answer.body().contains("cc_relay_cache_evictions_total 7.0"), answer.body());
    assertTrue(answer.head().contains("text/plain; version=0.0.4"), answer.head());
  }

  @Test
  void errorsAreJson() {
    var missing = get(open, "/admin/nothing");
    assertEquals(404, missing.status());
    assertEquals(
        "not_found_error", new JsonObject(missing.body()).getJsonObject("error").getString("type"));
    var method = RawHttp.ask(open.actualPort(), "PUT", "/admin/cache/stats", LOCAL);
    assertEquals(405, method.status());
    assertTrue(method.has("Allow"), method.head());
    assertEquals(404, get(open, "/debug").status());
  }

  @Test
  void thePageOfTheDashboardIsOpenToAllAndTellsNothing() {
    var page = get(guarded, "/");
    assertEquals(200, page.status());
    assertTrue(page.body().contains("1.2.3"), page.body());
    assertFalse(page.text().contains(TOKEN));
    var assets = new LinkedHashSet<>(List.of("/openapi.yaml"));
    collectAssets(page.body(), assets);
    assertTrue(assets.size() > 10, assets::toString);
    assertEquals(401, get(guarded, "/admin/live").status());
    assertEquals(401, get(guarded, "/admin/requests").status());
  }

  /** All that {@code text} loads, and what that loads. */
  private static void collectAssets(String text, Set<String> assets) {
    var named = Pattern.compile("src=\"(/[^\"]+)\"|href=\"(/[^\"]+\\.css)\"|from '\\.(/[^']+)'");
    for (MatchResult it : named.matcher(text).results().toList()) {
      String path =
          it.group(3) == null
              ? Objects.requireNonNullElse(it.group(1), it.group(2))
              : "/dashboard" + it.group(3);
      if (assets.add(path)) {
        var answer = get(guarded, path);
        assertEquals(200, answer.status(), path);
        collectAssets(path.startsWith("/dashboard/") ? answer.body() : "", assets);
      }
    }
  }

  private static RawHttp.Answer get(AdminVerticle admin, String target, String... fields) {
    var all = new String[fields.length + 1];
    all[0] = LOCAL;
    System.arraycopy(fields, 0, all, 1, fields.length);
    return RawHttp.ask(admin.actualPort(), "GET", target, all);
  }

  private static RawHttp.Answer delete(String key) {
    return RawHttp.ask(open.actualPort(), "DELETE", "/admin/cache/entries/" + key, LOCAL);
  }

  private static ListAppender<ILoggingEvent> auditLog() {
    var appender = new ListAppender<ILoggingEvent>();
    appender.start();
    var logger = (Logger) LoggerFactory.getLogger("audit");
    logger.setLevel(ch.qos.logback.classic.Level.INFO);
    logger.setAdditive(false);
    logger.addAppender(appender);
    return appender;
  }

  private static AdminVerticle deploy(String token) throws Exception {
    var admin = new AdminVerticle(parts("127.0.0.1", ManagementOptions.single(token)));
    vertx.deployVerticle(admin).toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    return admin;
  }

  private static AdminParts parts(String host, List<ManagementOptions.Token> tokens) {
    return new AdminParts(
        new ManagementOptions(true, host, 0, tokens, PriceTable.NONE),
        () -> CACHE,
        CACHE.held(),
        () -> ScriptedPreload::answer,
        PURGER,
        Optional.empty(),
        METERS,
        JOURNAL,
        REGISTRY::scrape,
        SEEN::set,
        READINESS::get,
        () -> request -> Future.succeededFuture(Explanation.never(request.path())),
        Optional::empty,
        () -> NOW,
        "1.2.3",
        () -> PolicyValues.NONE,
        Optional::empty);
  }

  private static Entry entry() {
    return new Entry(
        200,
        Entry.Form.JSON,
        NOW.minusSeconds(60),
        Duration.ofMinutes(5),
        Duration.ZERO,
        Fields.none(),
        List.of("tag-a"),
        Map.of("model", "claude", "provider", "anthropic", "scope", "secret-scope"),
        new Usage(11, 5),
        Bytes.utf8("secret answer"));
  }
}
