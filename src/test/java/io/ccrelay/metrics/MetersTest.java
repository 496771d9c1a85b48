package io.ccrelay.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ccrelay.cache.Bytes;
import io.ccrelay.cache.CacheOutcome;
import io.ccrelay.cache.Stats;
import io.ccrelay.cache.Usage;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongConsumer;
import org.junit.jupiter.api.Test;

class MetersTest {

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final Meters meters = new Meters(registry);

  @Test
  void requestsAreCountedByRouteOutcomeAndClassOfStatus() {
    meters.answered(Answered.of("messages", CacheOutcome.HIT, 200, 1_000_000));
    meters.answered(Answered.of("messages", CacheOutcome.HIT, 204, 1_000_000));
    meters.answered(Answered.of("messages", CacheOutcome.MISS, 529, 3_000_000_000L));
    String text = registry.scrape();
    assertHas(text, "cc_relay_requests_total{code=\"2xx\",outcome=\"hit\",route=\"messages\"} 2.0");
    assertHas(
        text, "cc_relay_requests_total{code=\"5xx\",outcome=\"miss\",route=\"messages\"} 1.0");
    assertHas(text, "cc_relay_request_duration_seconds_count{outcome=\"hit\"} 2");
    assertHas(text, "cc_relay_request_duration_seconds_bucket{outcome=\"miss\",le=\"2.0\"} 0");
    assertHas(text, "cc_relay_request_duration_seconds_bucket{outcome=\"miss\",le=\"10.0\"} 1");
  }

  @Test
  void theSnapshotKnowsWhatTheCacheSaved() {
    meters.answered(Answered.of("messages", CacheOutcome.HIT, 200, 1));
    meters.answered(Answered.of("messages", CacheOutcome.COALESCED, 200, 1));
    meters.answered(Answered.of("messages", CacheOutcome.STALE, 200, 1));
    meters.answered(Answered.of("messages", CacheOutcome.MISS, 200, 1));
    meters.answered(Answered.of("messages", CacheOutcome.BYPASS, 200, 1));
    meters.answered(hit("m1", new Usage(10, 20)));
    meters.answered(hit("m2", new Usage(1, 2)));
    var snapshot = meters.snapshot();
    assertEquals(7, snapshot.total());
    assertEquals(5, snapshot.upstreamCallsAvoided());
    assertEquals(new Usage(11, 22), snapshot.saved());
    assertEquals(0L, snapshot.requests().get(CacheOutcome.SEMANTIC));
    assertHas(
        registry.scrape(), "cc_relay_saved_tokens_total{direction=\"output\",model=\"m1\"} 20.0");
  }

  @Test
  void repetitionsAreCountedAsTheAnswerTheyRepeat() {
    var heard = new ArrayList<Answered>();
    meters.onAnswered(heard::add);
    LongConsumer repeating = meters.repeating(hit("m1", new Usage(10, 20)));
    assertEquals(0, meters.snapshot().total(), "the first is counted by whoever gave it");
    repeating.accept(5_000);
    repeating.accept(7_000);
    assertEquals(2, meters.snapshot().requests().get(CacheOutcome.HIT));
    assertEquals(new Usage(20, 40), meters.snapshot().saved());
    assertEquals(List.of(5_000L, 7_000L), heard.stream().map(Answered::nanos).toList());
    assertHas(registry.scrape(), "cc_relay_requests_repeated_total 2.0");
  }

  @Test
  void tokensOfPoliciesAreBoundedAndEqualDimensionsAreOneSeries() {
    meters.policyTokens("n", List.of(Map.entry("a", "1"), Map.entry("b", "2")), 1, 2);
    meters.policyTokens("n", List.of(Map.entry("b", "2"), Map.entry("a", "1")), 1, 2);
    for (int i = 0; i < 2_000; i++) {
      meters.policyTokens("n", List.of(Map.entry("User ID", "u" + i)), 1, 1);
    }
    String text = registry.scrape();
    assertTrue(
        text.lines()
            .anyMatch(it ->
                it.contains("custom=\"a=1,b=2\"")
                    && it.contains("direction=\"completion\"")
                    && it.endsWith(" 4.0")),
        text);
    var series =
        text.lines().filter(line -> line.startsWith("cc_relay_policy_tokens_total{")).toList();
    assertEquals(2 * (TokenMeters.MOST + 1), series.size());
    assertTrue(
        series.stream().anyMatch(it -> it.contains("\"other\"") && it.endsWith(" 1501.0")), text);
  }

  @Test
  void labelsAreBoundedWhateverIsCounted() {
    for (int i = 0; i < 10_000; i++) {
      meters.answered(Answered.of("route-" + i, CacheOutcome.MISS, 200, i));
      meters.reason("reason-" + i);
      meters.cacheFailure("failure-" + i);
      meters.upstream("provider", "result-" + i, i);
    }
    String text = registry.scrape();
    long series = text.lines().filter(line -> !line.startsWith("#")).count();
    assertTrue(series < 500, "series: " + series);
    assertHas(text, "cc_relay_reasons_total{reason=\"other\"} 9900.0");
    assertHas(
        text, "cc_relay_requests_total{code=\"2xx\",outcome=\"miss\",route=\"other\"} 9980.0");
    assertFalse(text.contains("reason-5000"));
  }

  @Test
  void ordinaryTrafficStaysBelowThreeHundredSeries() {
    String[] routes = {
      "messages", "count_tokens", "chat", "completions", "responses", "embeddings"
    };
    for (String route : routes) {
      for (var outcome : CacheOutcome.values()) {
        meters.answered(Answered.of(route, outcome, 200, 1));
      }
      meters.answered(Answered.of(route, CacheOutcome.MISS, 400, 1));
      meters.answered(Answered.of(route, CacheOutcome.MISS, 500, 1));
    }
    for (String provider : new String[] {"anthropic", "openai"}) {
      meters.upstream(provider, "ok", 1);
      meters.upstream(provider, "upstream-connect", 1);
    }
    for (int i = 0; i < 30; i++) {
      meters.reason("reason-" + i);
    }
    JvmMeters.bind(registry);
    meters.showStore(() -> Stats.ZERO);
    long series = registry.scrape().lines().filter(line -> !line.startsWith("#")).count();
    assertTrue(series < 300, "series: " + series);
  }

  @Test
  void theStoreIsShownAsItIsWhenRead() {
    var stats = new Stats[] {Stats.ZERO};
    meters.showStore(() -> stats[0]);
    stats[0] = new Stats(5, 4, 3, 2048, 1);
    System.gc();
    String text = registry.scrape();
    assertHas(text, "cc_relay_cache_entries 3.0");
    assertHas(text, "cc_relay_cache_used_bytes 2048.0");
    assertHas(text, "cc_relay_cache_hits_total 5.0");
    assertHas(text, "cc_relay_cache_misses_total 4.0");
    assertHas(text, "cc_relay_cache_evictions_total 1.0");
  }

  @Test
  void reloadsAndBuildAreShown() {
    meters.reloaded(true);
    meters.reloaded(false);
    meters.reloaded(false);
    meters.showBuild("1.2.3");
    String text = registry.scrape();
    assertHas(text, "cc_relay_config_reloads_total{result=\"ok\"} 1.0");
    assertHas(text, "cc_relay_config_reloads_total{result=\"failed\"} 2.0");
    assertHas(text, "cc_relay_build_info{java=\"25\",version=\"1.2.3\"} 1");
  }

  private static Answered hit(String model, Usage saved) {
    return new Answered(
        "messages", CacheOutcome.HIT, 200, 1, model, Optional.empty(), Bytes.empty(), "", saved);
  }

  private static void assertHas(String text, String line) {
    assertTrue(text.lines().anyMatch(line::equals), "missing: " + line + "\nin\n" + text);
  }
}
