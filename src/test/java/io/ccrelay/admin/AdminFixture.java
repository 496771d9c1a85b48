package io.ccrelay.admin;

import io.ccrelay.cache.Bytes;
import io.ccrelay.cache.Entry;
import io.ccrelay.cache.Key;
import io.ccrelay.cache.Stats;
import io.ccrelay.cache.Usage;
import io.ccrelay.http.Fields;
import io.ccrelay.llm.Explanation;
import io.ccrelay.metrics.Meters;
import io.ccrelay.metrics.PriceTable;
import io.ccrelay.metrics.RequestJournal;
import io.ccrelay.testing.Await;
import io.ccrelay.testing.RawHttp;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Two management listeners of a test class, one open and one that wants a token, over fakes. */
final class AdminFixture implements BeforeEachCallback, AfterAllCallback {

  static final Instant NOW = Instant.parse("2026-01-01T00:01:00Z");
  static final String TOKEN = "management-token-0123456789";
  static final String LOCAL = "Host: localhost:9090";
  static final Key KEY = Key.ofHex("00ff10");

  final MapCache cache = new MapCache();
  final AtomicReference<Readiness> readiness = new AtomicReference<>();
  final RequestJournal journal = new RequestJournal(() -> NOW, 16);
  final Meters meters;
  final AdminVerticle open;
  final AdminVerticle guarded;

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final AtomicReference<Stats> seen = new AtomicReference<>(Stats.ZERO);
  private final Vertx vertx = Vertx.vertx();

  AdminFixture() {
    meters = new Meters(registry);
    meters.showStore(seen::get);
    open = deploy("");
    guarded = deploy(TOKEN);
  }

  /** One entry, ready, and a cache that answers. */
  @Override
  public void beforeEach(ExtensionContext test) {
    cache.answers = true;
    cache.entries.clear();
    cache.entries.put(KEY, entry());
    readiness.set(Readiness.READY);
  }

  @Override
  public void afterAll(ExtensionContext tests) {
    Await.result(vertx.close());
  }

  private AdminVerticle deploy(String token) {
    var admin = new AdminVerticle(parts("127.0.0.1", ManagementOptions.single(token)));
    Await.result(vertx.deployVerticle(admin));
    return admin;
  }

  AdminParts parts(String host, List<ManagementOptions.Token> tokens) {
    return new AdminParts(
        new ManagementOptions(true, host, 0, tokens, PriceTable.NONE),
        () -> cache,
        cache.held(),
        () -> ScriptedPreload::answer,
        new ScriptedPurger(),
        Optional.empty(),
        meters,
        journal,
        registry::scrape,
        seen::set,
        readiness::get,
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

  static RawHttp.Answer get(AdminVerticle admin, String target, String... fields) {
    var all = new String[fields.length + 1];
    all[0] = LOCAL;
    System.arraycopy(fields, 0, all, 1, fields.length);
    return RawHttp.ask(admin.actualPort(), "GET", target, all);
  }
}
