package io.ccrelay.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 9213 section 2. */
class TargetedCacheControlTest {

  @Test
  void theDefaultTargetIsCdnCacheControl() {
    assertEquals(
        Optional.of(Duration.ofSeconds(60)), targeted("max-age=60, must-revalidate").maxAge());
    assertTrue(targeted("max-age=60, must-revalidate").forbidsStale());
  }

  @Test
  void theFirstValidFieldOfTheTargetListCounts() {
    var targets = List.of("Relay-Cache-Control", "CDN-Cache-Control");
    var fields = Fields.of("CDN-Cache-Control", "max-age=1", "Relay-Cache-Control", "max-age=2");
    assertEquals(
        Optional.of(Duration.ofSeconds(2)),
        TargetedCacheControl.select(targets, fields).orElseThrow().maxAge());
    var malformed =
        Fields.of("CDN-Cache-Control", "max-age=1", "Relay-Cache-Control", "max-age =2");
    assertEquals(
        Optional.of(Duration.ofSeconds(1)),
        TargetedCacheControl.select(targets, malformed).orElseThrow().maxAge());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "Max-Age=60", "max-age = 60", "max-age=60, &", "max-age='60'"})
  void anEmptyOrMalformedFieldIsAsIfAbsent(String value) {
    assertEquals(Optional.empty(), select(value));
  }

  @Test
  void anAbsentFieldIsAbsent() {
    assertEquals(
        Optional.empty(),
        TargetedCacheControl.select(
            TargetedCacheControl.DEFAULT_FIELDS, Fields.of("Cache-Control", "no-store")));
  }

  @Test
  void severalLinesAreOneDictionaryWhoseLastValueCounts() {
    var fields = Fields.of("CDN-Cache-Control", "max-age=1", "CDN-Cache-Control", "max-age=2");
    assertEquals(
        Optional.of(Duration.ofSeconds(2)),
        TargetedCacheControl.select(TargetedCacheControl.DEFAULT_FIELDS, fields)
            .orElseThrow()
            .maxAge());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "max-age=\"60\"",
        "max-age=60.0",
        "max-age=s60",
        "max-age",
        "max-age=(60)",
        "max-age=-60",
        "max-age=:YQ==:",
        "max-age=@60"
      })
  void aLifetimeOfTheWrongTypeIsNotCoerced(String value) {
    assertEquals(Optional.of(Duration.ZERO), targeted(value).maxAge());
  }

  @Test
  void flagsHoldUnlessTheyAreFalse() {
    var directives = targeted("no-store, no-cache=?1, private=?0, s-maxage=5, public");
    assertTrue(directives.noStore());
    assertTrue(directives.noCache());
    assertFalse(directives.has("private"));
    assertTrue(directives.isPublic());
  }

  @Test
  void aRestrictingDirectiveRestrictsWhateverItsValue() {
    assertTrue(targeted("no-store=1").noStore());
    assertTrue(targeted("private=(\"a\" \"b\")").isPrivate());
    assertTrue(targeted("private=1.5").isPrivate());
    assertTrue(targeted("no-cache=()").noCache());
  }

  @Test
  void aPermittingDirectiveWithAValueIsIgnored() {
    assertFalse(targeted("public=1").isPublic());
    assertFalse(targeted("immutable=\"x\"").immutable());
    assertFalse(targeted("must-understand=(1)").mustUnderstand());
    assertTrue(targeted("immutable, must-understand").immutable());
  }

  @Test
  void fieldListsAreStringsOrTokens() {
    assertEquals(Set.of("a", "b"), targeted("private=\"a, B\"").privateFields());
    assertEquals(Set.of("set-cookie"), targeted("no-cache=Set-Cookie").noCacheFields());
  }

  @Test
  void parametersAreIgnored() {
    assertEquals(Optional.of(Duration.ofSeconds(9)), targeted("max-age=9;x=1;no-store").maxAge());
    assertFalse(targeted("max-age=9;x=1;no-store").noStore());
  }

  private static CacheControl targeted(String value) {
    return select(value).orElseThrow();
  }

  private static Optional<CacheControl> select(String value) {
    return TargetedCacheControl.select(
        TargetedCacheControl.DEFAULT_FIELDS, Fields.of("CDN-Cache-Control", value));
  }
}
