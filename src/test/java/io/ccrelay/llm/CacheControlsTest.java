package io.ccrelay.llm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ccrelay.http.Fields;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CacheControlsTest {

  private static CacheControls of(String... fields) {
    return CacheControls.of(Fields.of(fields));
  }

  @Test
  void aRequestThatAsksNothingCostsNothing() {
    assertSame(CacheControls.NONE, of("accept", "*/*", "x-api-key", "k", "content-type", "a/b"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "no-cache|true|false",
        "no-store|false|true",
        "No-Cache, NO-STORE|true|true",
        "no-cache,,no-store|true|true",
        ", no-store|false|true",
        "no-cache=\"x\"|true|false",
        "not a directive, no-store|false|true",
        "x=\"no-cache, no-store\"|false|false",
        "x=\"a\\\", no-cache\", no-store|false|true",
        "no-cache;no-store|false|false"
      })
  void directivesAreReadAsRfc9111Says(String value, boolean noRead, boolean noWrite) {
    var controls = of("Cache-Control", value);
    assertEquals(noRead, controls.noRead());
    assertEquals(noWrite, controls.noWrite());
  }

  @Test
  void agesAreReadAndTheStricterOfTwoMaxAgesCounts() {
    var controls =
        of(
            "cache-control", "max-age=10, min-fresh=\"5\", max-stale=99999999999999",
            "cache-control", "max-age=3, stale-if-error=7, only-if-cached");
    assertEquals(Optional.of(Duration.ofSeconds(3)), controls.maxAge());
    assertEquals(Optional.of(Duration.ofSeconds(5)), controls.minFresh());
    assertEquals(Optional.of(Duration.ofSeconds(1L << 31)), controls.maxStale());
    assertEquals(Optional.of(Duration.ofSeconds(7)), controls.staleIfError());
    assertTrue(controls.onlyIfCached());
    assertTrue(of("cache-control", "max-stale").maxStale().orElseThrow().toDays() > 10_000);
  }

  @ParameterizedTest
  @ValueSource(strings = {"max-age", "max-age=-1", "max-age=1.5", "max-age=x", "max-age=\"\""})
  void aMalformedAgeIsIgnoredAndNamed(String value) {
    var controls = of("cache-control", value);
    assertEquals(Optional.empty(), controls.maxAge());
    assertEquals(List.of("max-age"), controls.ignored());
  }

  @Test
  void pragmaCountsOnlyWithoutCacheControl() {
    assertTrue(of("pragma", "no-cache").noRead());
    assertFalse(of("pragma", "no-cache", "cache-control", "max-age=1").noRead());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "cf-aig-skip-cache|true|true|false",
        "x-portkey-cache-force-refresh|true|true|false",
        "x-openrouter-cache-clear|true|true|false",
        "cf-aig-skip-cache|false|false|false",
        "Helicone-Cache-Enabled|false|true|true",
        "Helicone-Cache-Enabled|true|false|false",
        "X-OpenRouter-Cache|false|true|true",
        "X-OpenRouter-Cache|maybe|false|false"
      })
  void namesOfOtherGatewaysMeanTheSame(String name, String value, boolean read, boolean write) {
    var controls = of(name, value);
    assertEquals(read, controls.noRead());
    assertEquals(write, controls.noWrite());
  }

  @ParameterizedTest
  @CsvSource({"300,300000", "250ms,250", "5s,5000", "1m30s,90000", "1h,3600000", "7d,604800000"})
  void lifetimesAreSecondsOrDurations(String value, long millis) {
    for (String name :
        List.of("X-CC-Relay-Cache-TTL", "cf-aig-cache-ttl", "X-OpenRouter-Cache-TTL")) {
      assertEquals(Optional.of(Duration.ofMillis(millis)), of(name, value).ttl());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "0", "-1", "5x", "s", "1 h", "99999999999999999999"})
  void aMalformedLifetimeIsIgnoredAndNamed(String value) {
    var controls = of("x-cc-relay-cache-ttl", value);
    assertEquals(Optional.empty(), controls.ttl());
    assertEquals(List.of("x-cc-relay-cache-ttl"), controls.ignored());
  }

  @Test
  void partitionsCannotBeConfusedByJoining() {
    assertEquals(
        of("x-portkey-cache-namespace", "a").namespace(),
        of("x-cc-relay-cache-namespace", "a").namespace());
    assertNotEquals(
        of("helicone-cache-seed", "a", "cf-aig-cache-key", "b").namespace(),
        of("helicone-cache-seed", "a;1:b").namespace());
    assertEquals(Optional.empty(), of("helicone-cache-seed", "").namespace());
  }

  @Test
  void tagsAndDebugAreRead() {
    var controls = of("X-CC-Relay-Cache-Tags", "a, b,,c ", "X-CC-Relay-Cache-Debug", "1");
    assertEquals(List.of("a", "b", "c"), controls.tags());
    assertTrue(controls.debug());
  }

  @ParameterizedTest
  @CsvSource({
    "Cache-Control,true", "PRAGMA,true", "X-CC-Relay-Anything,true", "helicone-cache-seed,true",
    "helicone-auth,false", "cf-aig-authorization,false", "x-api-key,false", "content-type,false",
    "x-portkey-provider,false"
  })
  void controlsAreNotForwarded(String name, boolean control) {
    assertEquals(control, CacheControls.isControl(name));
  }

  @Property(tries = 500)
  void anyValueIsReadWithoutAnException(@ForAll String value) {
    of(
        "cache-control",
        value,
        "x-cc-relay-cache-ttl",
        value,
        "x-cc-relay-cache-tags",
        value,
        "cf-aig-skip-cache",
        value,
        "cf-aig-cache-key",
        value);
  }
}
