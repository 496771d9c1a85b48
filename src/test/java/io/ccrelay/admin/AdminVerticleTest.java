package io.ccrelay.admin;

import static io.ccrelay.admin.AdminFixture.KEY;
import static io.ccrelay.admin.AdminFixture.LOCAL;
import static io.ccrelay.admin.AdminFixture.get;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.ccrelay.cache.Bytes;
import io.ccrelay.cache.CacheOutcome;
import io.ccrelay.cache.Usage;
import io.ccrelay.metrics.Answered;
import io.ccrelay.testing.RawHttp;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/** What the management listener answers, on a real socket. */
class AdminVerticleTest {

  @RegisterExtension static final AdminFixture admin = new AdminFixture();

  @Test
  void aliveWhateverTheReadinessIs() {
    admin.readiness.set(Readiness.DRAINING);
    assertEquals(200, get(admin.open, "/health").status());
    assertEquals(200, get(admin.open, "/health/live").status());
  }

  @Test
  void readyOnlyBetweenStartAndDrain() {
    assertEquals(200, get(admin.open, "/health/ready").status());
    admin.readiness.set(Readiness.STARTING);
    assertEquals(503, get(admin.open, "/health/ready").status());
    admin.readiness.set(Readiness.DRAINING);
    var answer = get(admin.open, "/health/ready");
    assertEquals(503, answer.status());
    assertEquals("draining", new JsonObject(answer.body()).getString("status"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/admin/cache/entries/00ff10",
        "/admin/cache/entries/00ff10?_method=DELETE",
        "/admin/cache/entries/00ff10?delete"
      })
  void readingChangesNothing(String target) {
    assertEquals(200, get(admin.open, target, "X-HTTP-Method-Override: DELETE").status());
    assertTrue(admin.cache.entries.containsKey(KEY));
  }

  @Test
  void oversizedInputIsRefused() {
    var line = get(admin.open, "/admin/" + "x".repeat(5000));
    assertEquals(414, line.status());
    var fields = get(admin.open, "/admin/cache/stats", "X-Big: " + "x".repeat(20_000));
    assertEquals(431, fields.status());
    var body =
        RawHttp.ask(
            admin.open.actualPort(),
            "DELETE",
            "/admin/cache/entries/00ff10",
            LOCAL,
            "Content-Length: 99999");
    assertEquals(413, body.status());
    assertTrue(admin.cache.entries.containsKey(KEY));
  }

  @Test
  void anEntryIsDescribedWithoutItsContent() {
    var answer = get(admin.open, "/admin/cache/entries/00ff10");
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
    assertEquals(400, get(admin.open, "/admin/cache/entries/xyz").status());
    assertEquals(400, get(admin.open, "/admin/cache/entries/abc").status());
    assertEquals(400, get(admin.open, "/admin/cache/entries/" + "ab".repeat(300)).status());
    assertEquals(404, get(admin.open, "/admin/cache/entries/abcd").status());
  }

  @Test
  void aCacheThatDoesNotAnswerIsSaidToBeUnavailable() {
    admin.cache.answers = false;
    assertEquals(503, get(admin.open, "/admin/cache/ping").status());
    var answer = get(admin.open, "/admin/cache/entries/00ff10");
    assertEquals(503, answer.status());
    assertTrue(answer.body().contains("cache-deadline"), answer.body());
    assertEquals(200, get(admin.open, "/health/ready").status());
  }

  @Test
  void statisticsHoldTheStoresCountersAndTheRequests() {
    admin.meters.answered(
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
    var stats = new JsonObject(get(admin.open, "/admin/cache/stats").body());
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
    admin.journal.accept(
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
    var lines = new JsonObject(get(admin.open, "/admin/requests?scope=090807060504").body());
    assertEquals(1, lines.getJsonArray("requests").size(), lines::encode);
    assertEquals(
        "090807060504", lines.getJsonArray("requests").getJsonObject(0).getString("scope"));
  }

  @Test
  void metersAreExposedWithTheStoresCounters() {
    var answer = get(admin.open, "/metrics");
    assertEquals(200, answer.status());
    assertTrue(answer.body().contains("cc_relay_cache_entries 1.0"), answer.body());
    assertTrue(answer.body().contains("cc_relay_cache_evictions_total 7.0"), answer.body());
    assertTrue(answer.head().contains("text/plain; version=0.0.4"), answer.head());
  }

  @Test
  void errorsAreJson() {
    var missing = get(admin.open, "/admin/nothing");
    assertEquals(404, missing.status());
    assertEquals(
        "not_found_error", new JsonObject(missing.body()).getJsonObject("error").getString("type"));
    var method = RawHttp.ask(admin.open.actualPort(), "PUT", "/admin/cache/stats", LOCAL);
    assertEquals(405, method.status());
    assertTrue(method.has("Allow"), method.head());
    assertEquals(404, get(admin.open, "/debug").status());
  }

  private static RawHttp.Answer delete(String key) {
    return RawHttp.ask(admin.open.actualPort(), "DELETE", "/admin/cache/entries/" + key, LOCAL);
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
}
