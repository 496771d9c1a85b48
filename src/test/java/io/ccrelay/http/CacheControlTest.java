package io.ccrelay.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.Chars;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 9111 section 5.2: reading directives. */
class CacheControlTest {

  @Test
  void namesAreComparedWithoutLetterCase() {
    var directives = CacheControl.parse("MAX-AGE=5, No-Store, pRiVaTe");
    assertEquals(seconds(5), directives.maxAge());
    assertTrue(directives.noStore());
    assertTrue(directives.isPrivate());
  }

  @Test
  void argumentsMayBeTokensOrQuotedStrings() {
    assertEquals(seconds(5), CacheControl.parse("max-age=5").maxAge());
    assertEquals(seconds(5), CacheControl.parse("max-age=\"5\"").maxAge());
    assertEquals(seconds(5), CacheControl.parse("max-age=\"\\5\"").maxAge());
  }

  @Test
  void textInsideAQuotedValueIsNeverADirective() {
    var directives = CacheControl.parse("ext=\"a, no-store, \\\", max-age=1\", max-age=7");
    assertFalse(directives.noStore());
    assertEquals(seconds(7), directives.maxAge());
    assertFalse(CacheControl.parse("ext=\"open, no-store").noStore());
  }

  @Test
  void unknownDirectivesAreIgnored() {
    assertEquals(seconds(3), CacheControl.parse("x=y, community=\"UCI\", max-age=3").maxAge());
    assertFalse(CacheControl.parse("no-storeX, xno-store, nostore").noStore());
  }

  @Test
  void ofADirectiveGivenTwiceTheFirstCounts() {
    assertEquals(seconds(1), CacheControl.parse("max-age=1, max-age=3600").maxAge());
    assertEquals(seconds(3600), CacheControl.parse("max-age=3600, max-age=1").maxAge());
    assertEquals(
        seconds(1),
        CacheControl.ofResponse(
                Fields.of("Cache-Control", "max-age=1", "cache-control", "max-age=9"))
            .maxAge());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "max-age", "max-age=", "max-age=-1", "max-age=1.5", "max-age=a", "max-age='1'",
        "max-age=1a", "max-age =10", "max-age= 10", "max-age\t=10", "max-age=\"1\"2", "max-age=\"1"
      })
  void anInvalidLifetimeMakesTheResponseStale(String value) {
    assertEquals(Optional.of(Duration.ZERO), CacheControl.parse(value).maxAge());
  }

  @Test
  void numbersBeyondTheRangeAreTheLargest() {
    assertEquals(Optional.of(DeltaSeconds.MAX), CacheControl.parse("max-age=99999999999").maxAge());
  }

  @Test
  void absentDirectivesAreEmpty() {
    var none = CacheControl.ofResponse(Fields.none());
    assertEquals(Optional.empty(), none.maxAge());
    assertEquals(Optional.empty(), none.sharedMaxAge());
    assertEquals(Optional.empty(), none.minFresh());
    assertEquals(Optional.empty(), none.maxStale());
    assertEquals(Optional.empty(), none.staleIfError());
    assertEquals(Optional.empty(), none.staleWhileRevalidate());
    assertFalse(none.noCache() || none.isPrivate() || none.isPublic() || none.forbidsStale());
    assertFalse(none.mustUnderstand() || none.noTransform() || none.immutable());
    assertFalse(none.onlyIfCached() || none.allowsAuthorized() || none.noStore());
  }

  @Test
  void eachDirectiveIsReadByItsName() {
    assertEquals(seconds(2), CacheControl.parse("s-maxage=2").sharedMaxAge());
    assertEquals(seconds(3), CacheControl.parse("min-fresh=3").minFresh());
    assertEquals(seconds(4), CacheControl.parse("stale-if-error=4").staleIfError());
    assertEquals(seconds(5), CacheControl.parse("stale-while-revalidate=5").staleWhileRevalidate());
    assertTrue(CacheControl.parse("public").isPublic());
    assertTrue(CacheControl.parse("must-understand").mustUnderstand());
    assertTrue(CacheControl.parse("no-transform").noTransform());
    assertTrue(CacheControl.parse("immutable").immutable());
    assertTrue(CacheControl.parse("only-if-cached").onlyIfCached());
  }

  @Test
  void maxStaleWithoutNumberAcceptsAnyStaleness() {
    assertEquals(Optional.of(DeltaSeconds.MAX), CacheControl.parse("max-stale").maxStale());
    assertEquals(seconds(8), CacheControl.parse("max-stale=8").maxStale());
    assertEquals(seconds(0), CacheControl.parse("max-stale=x").maxStale());
  }

  @Test
  void aQualifiedPrivateNamesFieldsWithoutLetterCase() {
    var directives = CacheControl.parse("private=\"Set-Cookie, X-User\"");
    assertFalse(directives.isPrivate());
    assertEquals(Set.of("set-cookie", "x-user"), directives.privateFields());
  }

  @Test
  void aListOfFieldsMayBeAToken() {
    var directives = CacheControl.parse("no-cache=Set-Cookie");
    assertFalse(directives.noCache());
    assertEquals(Set.of("set-cookie"), directives.noCacheFields());
  }

  @Test
  void anUnqualifiedFormBeatsAQualifiedOne() {
    assertTrue(CacheControl.parse("private=\"a\", private").isPrivate());
    assertTrue(CacheControl.parse("private, private=\"a\"").isPrivate());
    assertTrue(CacheControl.parse("no-cache=\"a\", no-cache").noCache());
    assertTrue(CacheControl.parse("no-cache=\"a\", no-cache=\"\"").noCache());
    assertTrue(CacheControl.parse("no-cache=\"\", no-cache=\"a\"").noCache());
    assertEquals(
        Set.of("a", "b"), CacheControl.parse("private=\"a\", private=\"b\"").privateFields());
  }

  @Test
  void aListThatNamesNoFieldsIsUnqualified() {
    assertTrue(CacheControl.parse("private=\"a b\"").isPrivate());
    assertTrue(CacheControl.parse("private=\"\"").isPrivate());
    assertTrue(CacheControl.parse("no-cache=\"a").noCache());
    assertTrue(CacheControl.parse("no-cache = \"a\"").noCache());
  }

  @ParameterizedTest
  @ValueSource(strings = {"must-revalidate", "proxy-revalidate", "s-maxage=1", "no-cache"})
  void restrictingDirectivesForbidStaleUse(String value) {
    assertTrue(CacheControl.parse(value).forbidsStale());
  }

  @Test
  void qualifiedNoCacheDoesNotForbidStaleUse() {
    assertFalse(CacheControl.parse("no-cache=\"a\", max-age=1").forbidsStale());
  }

  @ParameterizedTest
  @ValueSource(strings = {"must-revalidate", "public", "s-maxage=1"})
  void threeDirectivesAllowAnswersToAuthorizedRequests(String value) {
    assertTrue(CacheControl.parse(value).allowsAuthorized());
    assertFalse(CacheControl.parse("max-age=1").allowsAuthorized());
  }

  @Test
  void pragmaCountsOnlyWithoutCacheControl() {
    assertTrue(CacheControl.ofRequest(Fields.of("Pragma", "foo, No-Cache")).noCache());
    assertFalse(CacheControl.ofRequest(Fields.of("Pragma", "foo")).noCache());
    assertFalse(
        CacheControl.ofRequest(Fields.of("Pragma", "no-cache", "Cache-Control", "max-age=1"))
            .noCache());
    assertFalse(CacheControl.ofRequest(Fields.none()).noCache());
  }

  @Test
  void pragmaMeansNothingInAResponse() {
    assertFalse(CacheControl.ofResponse(Fields.of("Pragma", "no-cache")).noCache());
  }

  @Test
  void equalDirectivesAreEqual() {
    assertEquals(CacheControl.parse("a, max-age=1"), CacheControl.parse("max-age=1,,A"));
    assertEquals(
        CacheControl.parse("max-age=1").hashCode(), CacheControl.parse("max-age=1").hashCode());
    assertNotEquals(CacheControl.parse("max-age=1"), CacheControl.parse("max-age=2"));
    assertEquals("CacheControl[max-age]", CacheControl.parse("max-age=1").toString());
  }

  @Property
  void everyTextIsReadWithoutFailure(
      @ForAll @Chars({'"', '\\', ',', '=', ' '}) @CharRange(from = 'a', to = 'd') String text) {
    var directives = CacheControl.parse("private=" + text + ", no-store, max-age=1");
    assertTrue(directives.has("private"));
    assertFalse(directives.isPrivate() && !directives.privateFields().isEmpty());
  }

  private static Optional<Duration> seconds(long seconds) {
    return Optional.of(Duration.ofSeconds(seconds));
  }
}
