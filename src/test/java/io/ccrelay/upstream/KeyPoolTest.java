package io.ccrelay.upstream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ccrelay.http.Fields;
import io.ccrelay.http.HttpDate;
import io.ccrelay.testing.FakeClock;
import io.ccrelay.upstream.KeyPool.Choice;
import io.ccrelay.upstream.ProviderOptions.Cloud;
import io.ccrelay.upstream.ProviderOptions.KeyOptions;
import io.ccrelay.upstream.ProviderOptions.Pooling;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which of several keys a request carries. */
class KeyPoolTest {

  private static final Fields NOTHING = Fields.none();

  private final FakeClock clock = new FakeClock();
  private final KeyPools pools = new KeyPools(clock, new Random(1));

  @Test
  void oneKeyIsNoPoolUnlessAskedFor() {
    assertInstanceOf(Choice.None.class, pools.choose(provider("least_loaded", false, key("a"))));
    assertInstanceOf(Choice.None.class, pools.choose(provider("least_loaded", true)));
    assertInstanceOf(Choice.None.class, pools.choose(provider("least_loaded", true, key(""))));
    assertEquals("a", chosen(provider("least_loaded", true, key("a"))).key());
  }

  @ParameterizedTest
  @ValueSource(strings = {"round_robin", "least_loaded"})
  void equalKeysTakeTurns(String strategy) {
    var provider = provider(strategy, true, key("a"), key("b"), key("c"));
    assertEquals("abcabc", drawn(provider, 6));
  }

  @Test
  void theKeyWithMostLeftIsTheLeastLoaded() {
    var provider = provider("least_loaded", true, key("a"), key("b"));
    chosen(provider).heard(200, limits("requests", 100, 10), clock.instant());
    chosen(provider).heard(200, limits("requests", 100, 50), clock.instant());
    assertEquals("bbb", drawn(provider, 3));
    chosen(provider).heard(200, limits("output-tokens", 1000, 0), clock.instant());
    assertEquals("aa", drawn(provider, 2));
  }

  @Test
  void aWeightedDrawFollowsTheWeights() {
    var provider = provider("weighted", true, key("a", 0, 3), key("b", 0, 0), key("c", 0, 1));
    Map<Character, Integer> counts = counts(drawn(provider, 5000));
    assertEquals(3000, counts.get('a'), 150);
    assertEquals(1000, counts.get('b'), 150);
    assertEquals(1000, counts.get('c'), 150);
  }

  @Test
  void aRandomDrawPrefersNobody() {
    Map<Character, Integer> counts =
        counts(drawn(provider("random", true, key("a"), key("b")), 2000));
    assertEquals(1000, counts.get('a'), 120);
  }

  @ParameterizedTest
  @ValueSource(strings = {"round_robin", "least_loaded", "random", "weighted"})
  void aKeyThatWasToldToWaitRestsAndTheOthersWork(String strategy) {
    var provider = provider(strategy, true, key("a"), key("b"));
    Choice.Chosen first = chosen(provider);
    first.heard(429, Fields.of("Retry-After", "7"), clock.instant());
    for (int i = 0; i < 20; i++) {
      Choice.Chosen next = chosen(provider);
      assertNotEquals(first.key(), next.key());
      assertEquals(1, next.available());
      assertEquals(2, next.total());
    }
    clock.advance(Duration.ofSeconds(7));
    assertTrue(drawn(provider, 40).contains(first.key()));
  }

  @ParameterizedTest
  @CsvSource({"7, 7", "0, 1", "-3, 60", "nonsense, 60", "'', 60", "999999999, 600"})
  void restIsWhatTheProviderAskedForWithinReason(String retryAfter, int seconds) {
    var provider = provider("round_robin", true, key("a"));
    chosen(provider).heard(429, Fields.of("Retry-After", retryAfter), clock.instant());
    assertEquals(Duration.ofSeconds(seconds), exhausted(provider));
    clock.advance(Duration.ofSeconds(seconds).minusMillis(1));
    assertEquals(Duration.ofMillis(1), exhausted(provider));
    clock.advance(Duration.ofMillis(1));
    assertEquals("a", chosen(provider).key());
  }

  @Test
  void restMayBeGivenAsADateOrNotAtAll() {
    var provider = provider("round_robin", true, key("a"), key("b"));
    String date = HttpDate.format(clock.instant().plusSeconds(30));
    chosen(provider).heard(429, Fields.of("Retry-After", date), clock.instant());
    chosen(provider).heard(429, NOTHING, clock.instant());
    assertEquals(Duration.ofSeconds(30), exhausted(provider));
  }

  @Test
  void aConfiguredLimitOfRequestsHolds() {
    var provider = provider("least_loaded", true, key("a", 3, 1), key("b", 2, 1));
    assertEquals(Map.of('a', 3, 'b', 2), counts(drawn(provider, 5)));
    assertEquals(Duration.ofSeconds(20), exhausted(provider));
    clock.advance(Duration.ofSeconds(20));
    assertEquals("a", drawn(provider, 1));
    clock.advance(Duration.ofSeconds(10));
    assertEquals("b", drawn(provider, 1));
    clock.advance(Duration.ofHours(1));
    assertEquals(5, drawn(provider, 5).length());
    exhausted(provider);
  }

  @Test
  void anAnswerDoesNotFillTheBucketAgain() {
    var provider = provider("round_robin", true, key("a", 2, 1));
    chosen(provider).heard(200, limits("requests", 100, 99), clock.instant());
    chosen(provider).heard(200, limits("requests", 100, 98), clock.instant());
    assertEquals(Duration.ofSeconds(30), exhausted(provider));
  }

  @Test
  void aLearnedLimitOfRequestsHoldsUntilItsReset() {
    var provider = provider("round_robin", true, key("a"));
    chosen(provider).heard(200, limits("requests", 50, 1), clock.instant());
    assertEquals("a", drawn(provider, 1));
    assertEquals(Duration.ofSeconds(40), exhausted(provider));
    clock.advance(Duration.ofSeconds(40));
    assertEquals("a", drawn(provider, 1));
  }

  @Test
  void whatAProviderSaysWronglyIsNotLearned() {
    var provider = provider("round_robin", true, key("a"));
    for (String[] wrong :
        List.of(
            new String[] {"-1", "0", "2026-01-01T00:01:00Z"},
            new String[] {"10", "x", "2026-01-01T00:01:00Z"},
            new String[] {"10", "0", "tomorrow"},
            new String[] {"10", "99999999999999999999", "2026-01-01T00:01:00Z"})) {
      var fields =
          Fields.of(
              "anthropic-ratelimit-requests-limit", wrong[0],
              "anthropic-ratelimit-requests-remaining", wrong[1],
              "anthropic-ratelimit-requests-reset", wrong[2]);
      chosen(provider).heard(200, fields, clock.instant());
      assertEquals("a", drawn(provider, 1));
    }
    var endless =
        Fields.of(
            "anthropic-ratelimit-requests-limit", "1",
            "anthropic-ratelimit-requests-remaining", "0",
            "anthropic-ratelimit-requests-reset", "2999-01-01T00:00:00+01:00");
    chosen(provider).heard(200, endless, clock.instant());
    assertEquals(Duration.ofHours(1), exhausted(provider));
  }

  @Test
  void theSameKeyTwiceIsOneKey() {
    var provider = provider("round_robin", true, key("a"), key("a"), key("b"));
    assertEquals(2, chosen(provider).total());
  }

  @Test
  void aReloadForgetsNothingOfTheKeysThatStay() {
    var before = provider("round_robin", true, key("a"), key("b"));
    chosen(before).heard(429, NOTHING, clock.instant());
    var after = provider("random", true, key("c"), key("a"));
    assertEquals("ccccc", drawn(after, 5));
    clock.advance(Duration.ofMinutes(1));
    assertTrue(drawn(after, 40).contains("a"));
  }

  @Test
  void anIdTellsKeysApartAndNothingElse() {
    String secret = "sk-ant-api03-canary";
    Choice.Chosen one = chosen(provider("round_robin", true, key(secret)));
    Choice.Chosen two = chosen(provider("round_robin", true, key("other")));
    assertTrue(one.id().matches("[0-9a-f]{8}"), one.id());
    assertNotEquals(one.id(), two.id());
    assertFalse(one.toString().contains("canary"), one.toString());
  }

  private Choice.Chosen chosen(ProviderOptions provider) {
    return assertInstanceOf(Choice.Chosen.class, pools.choose(provider));
  }

  private Duration exhausted(ProviderOptions provider) {
    return assertInstanceOf(Choice.Exhausted.class, pools.choose(provider)).delay();
  }

  private String drawn(ProviderOptions provider, int times) {
    var drawn = new StringBuilder();
    for (int i = 0; i < times; i++) {
      drawn.append(chosen(provider).key());
    }
    return drawn.toString();
  }

  private static Map<Character, Integer> counts(String drawn) {
    var counts = new HashMap<Character, Integer>();
    drawn.chars().forEach(c -> counts.merge((char) c, 1, Integer::sum));
    return counts;
  }

  /** What Anthropic says of a limit that is whole again in 40 s. */
  private Fields limits(String name, int limit, int remaining) {
    var prefix = "anthropic-ratelimit-" + name;
    return Fields.of(
        prefix + "-limit",
        Integer.toString(limit),
        prefix + "-remaining",
        Integer.toString(remaining),
        prefix + "-reset",
        clock.instant().plusSeconds(40).toString());
  }

  private static KeyOptions key(String secret) {
    return key(secret, 0, 0);
  }

  private static KeyOptions key(String secret, int rpm, int weight) {
    return new KeyOptions(secret, rpm, 0, 0, 0, weight);
  }

  private static ProviderOptions provider(String strategy, boolean pooled, KeyOptions... keys) {
    return new ProviderOptions(
        "p",
        ProviderType.ZAI,
        true,
        "https://example.org",
        List.of(),
        Map.of(),
        new ArrayList<>(List.of(keys)),
        new Pooling(pooled, strategy),
        Cloud.NONE);
  }
}
