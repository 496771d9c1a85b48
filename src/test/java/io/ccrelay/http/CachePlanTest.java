package io.ccrelay.http;

import static io.ccrelay.testing.HttpMessages.OPTIONS;
import static io.ccrelay.testing.HttpMessages.THEN;
import static io.ccrelay.testing.HttpMessages.date;
import static io.ccrelay.testing.HttpMessages.get;
import static io.ccrelay.testing.HttpMessages.request;
import static io.ccrelay.testing.HttpMessages.stored;
import static io.ccrelay.testing.HttpMessages.variant;
import static io.ccrelay.testing.HttpMessages.variantFor;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.ccrelay.http.CachePlan.Forward;
import io.ccrelay.http.CachePlan.Refuse;
import io.ccrelay.http.CachePlan.Serve;
import io.ccrelay.http.CachePlan.ServeWhileRevalidating;
import io.ccrelay.http.CachePlan.Validate;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 9111 sections 4, 4.2.4 and 5.2.1, RFC 5861 section 3, RFC 8246 section 2. */
class CachePlanTest {

  private static final Variant MINUTE = variant("Cache-Control", "max-age=60", "ETag", "\"a\"");

  @Test
  void aFreshResponseAnswersGetAndHead() {
    assertEquals(new Serve(MINUTE, seconds(50)), plan(get(), 10, MINUTE));
    assertEquals(new Serve(MINUTE, seconds(50)), plan(request("HEAD"), 10, MINUTE));
  }

  @ParameterizedTest
  @ValueSource(strings = {"POST", "PUT", "DELETE", "OPTIONS", "FOO", "get"})
  void everyOtherMethodGoesToTheOrigin(String method) {
    assertEquals(new Forward(ForwardReason.METHOD), plan(request(method), 10, MINUTE));
  }

  @Test
  void nothingStoredIsAUriMiss() {
    assertEquals(new Forward(ForwardReason.URI_MISS), plan(get(), 0));
  }

  @Test
  void otherSelectingFieldsAreAVaryMiss() {
    assertEquals(
        new Forward(ForwardReason.VARY_MISS), plan(get("foo", "2"), 0, variantFor("Foo", "1")));
  }

  @Test
  void onAVaryMissTheTagsOfTheOtherVariantsAreOffered() {
    var one = variantFor("Foo", "1", "ETag", "\"1\"", "Last-Modified", date(-9));
    var two = variantFor("Foo", "2", "ETag", "W/\"2\"");
    assertEquals(
        new Validate(
            Optional.empty(),
            List.of(one, two),
            ForwardReason.VARY_MISS,
            Fields.of("foo", "3", "If-None-Match", "\"1\", W/\"2\"")),
        plan(get("foo", "3"), 0, one, two));
  }

  @Test
  void aStaleResponseIsValidated() {
    assertEquals(
        new Validate(
            Optional.of(MINUTE),
            List.of(MINUTE),
            ForwardReason.STALE,
            Fields.of("X", "y", "If-None-Match", "\"a\"")),
        plan(get("X", "y"), 60, MINUTE));
  }

  @Test
  void aStaleResponseWithoutValidatorIsFetchedAnew() {
    assertEquals(
        new Forward(ForwardReason.STALE), plan(get(), 61, variant("Cache-Control", "max-age=60")));
  }

  @Test
  void unqualifiedNoCacheIsAlwaysValidated() {
    var variant = variant("Cache-Control", "max-age=60, no-cache", "ETag", "\"a\"");
    assertEquals(ForwardReason.STALE, validated(get(), 1, variant));
    assertEquals(ForwardReason.STALE, validated(get("Cache-Control", "max-stale"), 1, variant));
    var qualified = variant("Cache-Control", "max-age=60, no-cache=\"Foo\"");
    assertInstanceOf(Serve.class, plan(get(), 1, qualified));
  }

  @Test
  void aSuspectResponseIsAlwaysValidated() {
    var suspect =
        Variant.of(
            stored("Cache-Control", "max-age=60, stale-while-revalidate=60", "ETag", "\"a\"")
                .asSuspect(),
            OPTIONS);
    assertEquals(ForwardReason.STALE, validated(get(), 1, suspect));
    assertEquals(ForwardReason.STALE, validated(get("Cache-Control", "max-stale"), 90, suspect));
  }

  @Test
  void whatHasNoFreshnessAtAllIsAlwaysValidated() {
    var variant = variant("ETag", "\"a\"");
    assertEquals(ForwardReason.STALE, validated(get("Cache-Control", "max-stale"), 0, variant));
  }

  @Test
  void noCacheInTheRequestForcesValidation() {
    assertEquals(ForwardReason.REQUEST, validated(get("Cache-Control", "no-cache"), 1, MINUTE));
    assertEquals(ForwardReason.REQUEST, validated(get("Pragma", "no-cache"), 1, MINUTE));
    assertEquals(ForwardReason.STALE, validated(get("Cache-Control", "no-cache"), 61, MINUTE));
    assertInstanceOf(
        Serve.class, plan(get("Pragma", "no-cache", "Cache-Control", "max-age=99"), 1, MINUTE));
  }

  @Test
  void maxAgeInTheRequestForcesValidationOfWhatIsOlder() {
    assertInstanceOf(Serve.class, plan(get("Cache-Control", "max-age=10"), 10, MINUTE));
    assertEquals(ForwardReason.REQUEST, validated(get("Cache-Control", "max-age=10"), 11, MINUTE));
    assertEquals(ForwardReason.REQUEST, validated(get("Cache-Control", "max-age=x"), 1, MINUTE));
  }

  @Test
  void minFreshAsksForThatMuchRemainingFreshness() {
    assertInstanceOf(Serve.class, plan(get("Cache-Control", "min-fresh=50"), 10, MINUTE));
    assertEquals(
        ForwardReason.REQUEST, validated(get("Cache-Control", "min-fresh=51"), 10, MINUTE));
  }

  @Test
  void maxStalePermitsStaleUse() {
    assertEquals(
        new Serve(MINUTE, seconds(-5)), plan(get("Cache-Control", "max-stale=5"), 65, MINUTE));
    assertEquals(ForwardReason.STALE, validated(get("Cache-Control", "max-stale=5"), 66, MINUTE));
    assertInstanceOf(Serve.class, plan(get("Cache-Control", "max-stale"), 9999, MINUTE));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "max-age=60, must-revalidate",
        "max-age=60, proxy-revalidate",
        "s-maxage=60",
        "max-age=60, no-cache"
      })
  void restrictedResponsesAreNeverServedStale(String directives) {
    var variant =
        variant("Cache-Control", directives + ", stale-while-revalidate=99", "ETag", "\"a\"");
    assertEquals(ForwardReason.STALE, validated(get("Cache-Control", "max-stale"), 61, variant));
    assertEquals(ForwardReason.STALE, validated(get(), 61, variant));
  }

  @Test
  void noStoreInTheRequestDoesNotReuse() {
    assertEquals(
        new Forward(ForwardReason.REQUEST), plan(get("Cache-Control", "no-store"), 1, MINUTE));
    assertEquals(
        new Forward(ForwardReason.STALE), plan(get("Cache-Control", "no-store"), 61, MINUTE));
  }

  @Test
  void onlyIfCachedNeverGoesToTheOrigin() {
    var request = get("Cache-Control", "only-if-cached");
    assertInstanceOf(Serve.class, plan(request, 1, MINUTE));
    assertInstanceOf(Refuse.class, plan(request, 61, MINUTE));
    assertInstanceOf(Refuse.class, plan(request, 1));
    assertInstanceOf(
        Refuse.class,
        plan(get("Cache-Control", "only-if-cached", "foo", "2"), 1, variantFor("Foo", "1")));
    assertInstanceOf(
        Refuse.class, plan(get("Cache-Control", "only-if-cached, no-cache"), 1, MINUTE));
  }

  @ParameterizedTest
  @ValueSource(strings = {"If-Match", "If-Unmodified-Since"})
  void conditionsForTheOriginAreForwardedUntouched(String field) {
    assertEquals(new Forward(ForwardReason.REQUEST), plan(get(field, "\"a\""), 1, MINUTE));
    assertEquals(new Forward(ForwardReason.STALE), plan(get(field, "\"a\""), 61, MINUTE));
  }

  @Test
  void immutableSparesAPlainReloadWhileFresh() {
    var variant = variant("Cache-Control", "max-age=60, immutable", "ETag", "\"a\"");
    assertInstanceOf(Serve.class, plan(get("Cache-Control", "max-age=0"), 30, variant));
    assertEquals(ForwardReason.REQUEST, validated(get("Cache-Control", "max-age=1"), 30, variant));
    assertEquals(ForwardReason.REQUEST, validated(get("Cache-Control", "no-cache"), 30, variant));
    assertEquals(ForwardReason.STALE, validated(get("Cache-Control", "max-age=0"), 61, variant));
    assertEquals(ForwardReason.STALE, validated(get(), 61, variant));
    assertEquals(ForwardReason.REQUEST, validated(get("Cache-Control", "max-age=0"), 30, MINUTE));
  }

  @Test
  void staleWhileRevalidateCountsFromExpiry() {
    var variant =
        variant("Cache-Control", "max-age=60, stale-while-revalidate=30", "ETag", "\"a\"");
    assertInstanceOf(Serve.class, plan(get(), 59, variant));
    assertEquals(new ServeWhileRevalidating(variant, Duration.ZERO), plan(get(), 60, variant));
    assertEquals(new ServeWhileRevalidating(variant, seconds(-30)), plan(get(), 90, variant));
    assertEquals(ForwardReason.STALE, validated(get(), 91, variant));
    assertEquals(ForwardReason.STALE, validated(get("Cache-Control", "no-cache"), 61, variant));
    assertEquals(ForwardReason.STALE, validated(get("Cache-Control", "min-fresh=1"), 61, variant));
  }

  @Test
  void theOperatorMayGrantAWindowTheResponseDoesNotName() {
    var options =
        new HttpCacheOptions(
            List.of(),
            true,
            Duration.ZERO,
            Duration.ZERO,
            seconds(10),
            Duration.ZERO,
            Duration.ZERO,
            true,
            Set.of(),
            1,
            1);
    assertInstanceOf(
        ServeWhileRevalidating.class,
        CachePlan.of(get(), Variants.of(List.of(MINUTE)), THEN.plusSeconds(70), options));
    assertInstanceOf(
        Validate.class,
        CachePlan.of(get(), Variants.of(List.of(MINUTE)), THEN.plusSeconds(71), options));
    var none = variant("Cache-Control", "max-age=60, stale-while-revalidate=0", "ETag", "\"a\"");
    assertInstanceOf(
        Validate.class,
        CachePlan.of(get(), Variants.of(List.of(none)), THEN.plusSeconds(60), options));
    assertInstanceOf(Validate.class, plan(get(), 60, MINUTE));
  }

  @Test
  void aPartAnswersOnlyRangesInside() {
    var part = part();
    assertInstanceOf(Serve.class, plan(get("Range", "bytes=10-19"), 1, part));
    assertInstanceOf(Serve.class, plan(get("Range", "bytes=12-13"), 1, part));
    for (String range :
        List.of("bytes=9-19", "bytes=10-20", "bytes=-5", "bytes=10-", "bytes=10-11,12-13", "x")) {
      assertEquals(new Forward(ForwardReason.PARTIAL), plan(get("Range", range), 1, part));
    }
    assertEquals(new Forward(ForwardReason.PARTIAL), plan(get(), 1, part));
    assertEquals(
        new Forward(ForwardReason.PARTIAL), plan(request("HEAD", "Range", "bytes=10-19"), 1, part));
    assertEquals(
        new Forward(ForwardReason.PARTIAL),
        plan(get("Range", "bytes=10-19", "If-Range", "\"other\""), 1, part));
    assertInstanceOf(Refuse.class, plan(get("Cache-Control", "only-if-cached"), 1, part));
  }

  @Test
  void aStalePartIsValidatedWithItsTag() {
    assertEquals(ForwardReason.STALE, validated(get("Range", "bytes=10-19"), 61, part()));
  }

  private static Variant part() {
    var response = stored(206, "Cache-Control", "max-age=60", "ETag", "\"a\"");
    return Variant.of(
        new StoredResponse(
            206,
            response.fields(),
            Fields.none(),
            THEN,
            THEN,
            10,
            Optional.of(new ContentRange(10, 19, 100)),
            false),
        OPTIONS);
  }

  private static ForwardReason validated(CacheRequest request, long after, Variant variant) {
    return assertInstanceOf(Validate.class, plan(request, after, variant)).reason();
  }

  private static CachePlan plan(CacheRequest request, long after, Variant... stored) {
    return CachePlan.of(request, Variants.of(List.of(stored)), THEN.plusSeconds(after), OPTIONS);
  }

  private static Duration seconds(long seconds) {
    return Duration.ofSeconds(seconds);
  }
}
