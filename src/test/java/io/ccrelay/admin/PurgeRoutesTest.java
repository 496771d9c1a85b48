package io.ccrelay.admin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ccrelay.cache.PurgeSelector;
import io.ccrelay.cache.PurgeSelector.Kind;
import io.ccrelay.cache.Stats;
import io.ccrelay.cache.StatsPoll;
import io.ccrelay.llm.Explanation;
import io.ccrelay.metrics.Meters;
import io.ccrelay.metrics.PriceTable;
import io.ccrelay.metrics.RequestJournal;
import io.ccrelay.testing.Ask;
import io.ccrelay.testing.Await;
import io.ccrelay.testing.FakeClock;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the management listener asks of all members of a cluster, on a real socket. */
class PurgeRoutesTest {

  private static final String TOKEN = "management-token-0123456789";
  private static final String PATH = "/admin/cache/purge";

  private final Vertx vertx = Vertx.vertx();
  private final ScriptedPurger purger = new ScriptedPurger();
  private Ask ask;

  @BeforeEach
  void listen() {
    var admin =
        new AdminVerticle(
            new AdminParts(
                new ManagementOptions(
                    true, "127.0.0.1", 0, ManagementOptions.single(TOKEN), PriceTable.NONE),
                MapCache::new,
                List.of(),
                () -> ScriptedPreload::answer,
                purger,
                Optional.of(PurgeRoutesTest::members),
                new Meters(new SimpleMeterRegistry()),
                new RequestJournal(new FakeClock(), 16),
                () -> "",
                stats -> {},
                () -> Readiness.READY,
                () -> request -> Future.succeededFuture(Explanation.never(request.path())),
                Optional::empty,
                new FakeClock(),
                "1",
                () -> PolicyValues.NONE,
                Optional::empty));
    Await.result(vertx.deployVerticle(admin));
    ask = new Ask("http://127.0.0.1:" + admin.actualPort());
  }

  @AfterEach
  void close() {
    Await.result(vertx.close());
  }

  private java.net.http.HttpResponse<String> post(String body) {
    return ask.post(PATH, body, "Authorization", "Bearer " + TOKEN);
  }

  @ParameterizedTest
  @CsvSource({
    "KEY, key, 00ff10",
    "TAG, tag, a b",
    "MODEL, model, m",
    "SCOPE, scope, s",
    "PREFIX, prefix, /a"
  })
  void everySelectorIsUnderstood(Kind kind, String name, String value) {
    assertEquals(200, post("{\"%s\":\"%s\"}".formatted(name, value)).statusCode());
    assertEquals(List.of(new PurgeSelector(kind, value)), purger.purged);
    post("{\"dryRun\":true,\"%s\":\"%s\"}".formatted(name, value));
    assertEquals(List.of(new PurgeSelector(kind, value)), purger.counted);
    assertEquals(1, purger.purged.size());
  }

  @Test
  void aKeyThatIsNoneIsToldOfInWords() {
    var refused = post("{\"key\":\"zz\"}");
    assertEquals(400, refused.statusCode());
    assertTrue(refused.body().contains("an even number of hexadecimal digits"), refused.body());
  }

  @Test
  void theAnswerTellsWhatWasDoneAndWhoAcknowledged() {
    var answer = new JsonObject(post("{\"all\":true}").body());
    assertEquals(new JsonObject().put("all", true), answer.getJsonObject("selector"));
    assertEquals(3, answer.getInteger("matched"));
    assertEquals(2, answer.getInteger("removed"));
    assertEquals(42, answer.getInteger("generation"));
    assertTrue(answer.getBoolean("complete") && answer.getBoolean("durable"));
    assertEquals(
        new JsonObject("{\"acknowledged\":[\"a\"],\"missing\":[\"b\"]}"),
        answer.getJsonObject("members"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "nonsense",
        "{}",
        "{\"dryRun\":true}",
        "{\"tag\":\"a\",\"model\":\"b\"}",
        "{\"tag\":1}",
        "{\"tag\":null}",
        "{\"tag\":\"\"}",
        "{\"tag\":[\"a\"]}",
        "{\"all\":false}",
        "{\"all\":\"true\"}",
        "{\"key\":\"xyz\"}",
        "{\"tags\":\"a\"}",
        "{\"tag\":\"a\",\"dryRun\":\"true\"}",
        "{\"tag\":\"a\",\"dryrun\":true}"
      })
  void whatIsNotExactlyAPurgeChangesNothing(String body) {
    assertEquals(400, post(body).statusCode());
    assertEquals(0, purger.purged.size() + purger.counted.size());
  }

  @Test
  void whoHasNoTokenOrSendsWhatAPageCouldSendUnaskedChangesNothing() {
    assertEquals(401, ask.post(PATH, "{\"all\":true}").statusCode());
    var plain =
        ask.post(
            PATH,
            "{\"all\":true}",
            "Authorization",
            "Bearer " + TOKEN,
            "Content-Type",
            "text/plain");
    assertEquals(415, plain.statusCode());
    var get = ask.get(PATH, "Authorization", "Bearer " + TOKEN);
    assertEquals(405, get.statusCode());
    assertEquals("POST", Ask.field(get, "Allow"));
    assertEquals(List.of(), purger.purged);
  }

  private static Future<List<StatsPoll.Answer>> members() {
    return Future.succeededFuture(
        List.of(
            new StatsPoll.Answer("a", Optional.of(new Stats(1, 2, 3, 4, 5))),
            new StatsPoll.Answer("b", Optional.of(new Stats(10, 20, 30, 40, 50))),
            new StatsPoll.Answer("c", Optional.empty())));
  }

  @Test
  void statisticsOfAClusterAreAddedUpAndNameWhoDidNotAnswer() {
    var answer = ask.get("/admin/cache/stats?cluster=true", "Authorization", "Bearer " + TOKEN);
    var stats = new JsonObject(answer.body());
    assertEquals(11, stats.getInteger("hits"));
    assertEquals(55, stats.getInteger("evictions"));
    var members = stats.getJsonArray("members");
    assertEquals(40, members.getJsonObject(1).getInteger("bytesUsed"));
    assertEquals("c", members.getJsonObject(2).getString("member"));
    assertEquals(false, members.getJsonObject(2).getBoolean("answered"));
  }
}
