package io.ccrelay.http;

import static io.ccrelay.testing.HttpMessages.OPTIONS;
import static io.ccrelay.testing.HttpMessages.THEN;
import static io.ccrelay.testing.HttpMessages.get;
import static io.ccrelay.testing.HttpMessages.variant;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.ccrelay.http.StalePlan.Failure;
import io.ccrelay.http.StalePlan.PassOn;
import io.ccrelay.http.StalePlan.Refuse;
import io.ccrelay.http.StalePlan.Serve;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 9111 sections 4.2.4 and 5.2.2.2, RFC 5861 section 4. */
class StalePlanTest {

  private static final Variant MINUTE = variant("Cache-Control", "max-age=60");
  private static final Variant TOLERANT = variant("Cache-Control", "max-age=60, stale-if-error=30");

  @ParameterizedTest
  @ValueSource(ints = {500, 502, 503, 504})
  void staleIfErrorCoversTheFourErrorsWithinItsWindow(int status) {
    assertEquals(new Serve(TOLERANT, Duration.ofSeconds(-30)), after(status, get(), 90, TOLERANT));
    assertInstanceOf(PassOn.class, after(status, get(), 91, TOLERANT));
    assertInstanceOf(PassOn.class, after(status, get(), 61, MINUTE));
  }

  @ParameterizedTest
  @ValueSource(ints = {200, 404, 501, 505, 599})
  void otherStatusesArePassedOn(int status) {
    assertInstanceOf(PassOn.class, after(status, get(), 61, TOLERANT));
  }

  @Test
  void theRequestMayAllowIt() {
    var request = get("Cache-Control", "stale-if-error=9");
    assertInstanceOf(Serve.class, after(503, request, 69, MINUTE));
    assertInstanceOf(PassOn.class, after(503, request, 70, MINUTE));
    assertInstanceOf(Serve.class, after(503, request, 90, TOLERANT));
    assertInstanceOf(
        Serve.class, after(503, get("Cache-Control", "no-cache, stale-if-error=9"), 69, MINUTE));
  }

  @Test
  void aRequestThatInsistsGetsTheError() {
    assertInstanceOf(PassOn.class, after(503, get("Cache-Control", "no-cache"), 61, TOLERANT));
    assertInstanceOf(PassOn.class, after(503, get("If-Match", "\"a\""), 61, TOLERANT));
  }

  @ParameterizedTest
  @ValueSource(strings = {"must-revalidate", "proxy-revalidate", "s-maxage=60", "no-cache"})
  void restrictedResponsesAreNeverServedStale(String directive) {
    var variant = variant("Cache-Control", "max-age=60, stale-if-error=99, " + directive);
    assertInstanceOf(PassOn.class, after(503, get(), 61, variant));
    assertEquals(new Refuse(504), lost(Failure.UNREACHABLE, get(), 61, variant));
    assertEquals(new Refuse(502), lost(Failure.BROKEN, get(), 61, variant));
  }

  @Test
  void aDisconnectedOriginAllowsStaleUseUpToTheLimit() {
    assertInstanceOf(Serve.class, lost(Failure.UNREACHABLE, get(), 60 + 86_400, MINUTE));
    assertInstanceOf(Serve.class, lost(Failure.BROKEN, get(), 61, MINUTE));
    assertEquals(new Refuse(504), lost(Failure.UNREACHABLE, get(), 61 + 86_400, MINUTE));
  }

  @Test
  void whatMustBeValidatedIsNotServedEitherWay() {
    var none = variant("ETag", "\"a\"");
    assertEquals(new Refuse(504), lost(Failure.UNREACHABLE, get(), 1, none));
  }

  @Test
  void nothingStoredMeansAnErrorOfOurOwn() {
    assertEquals(
        new Refuse(504),
        StalePlan.afterFailure(Failure.UNREACHABLE, get(), Optional.empty(), THEN, OPTIONS));
    assertInstanceOf(
        PassOn.class, StalePlan.afterStatus(503, get(), Optional.empty(), THEN, OPTIONS));
  }

  @Test
  void aRequestThatTheResponseDoesNotCoverIsRefused() {
    var response = MINUTE.response();
    var part =
        Variant.of(
            new StoredResponse(
                206,
                response.fields(),
                Fields.none(),
                THEN,
                THEN,
                10,
                Optional.of(new ContentRange(0, 9, 100)),
                false),
            OPTIONS);
    assertEquals(new Refuse(504), lost(Failure.UNREACHABLE, get(), 61, part));
    assertInstanceOf(Serve.class, lost(Failure.UNREACHABLE, get("Range", "bytes=0-9"), 61, part));
  }

  @Test
  void theOperatorMaySetWindows() {
    var options =
        new HttpCacheOptions(
            List.of(),
            true,
            Duration.ZERO,
            Duration.ZERO,
            Duration.ZERO,
            Duration.ofSeconds(5),
            Duration.ZERO,
            true,
            Set.of(),
            1,
            1);
    var some = Optional.of(MINUTE);
    assertInstanceOf(
        Serve.class, StalePlan.afterStatus(500, get(), some, THEN.plusSeconds(65), options));
    assertInstanceOf(
        PassOn.class, StalePlan.afterStatus(500, get(), some, THEN.plusSeconds(66), options));
    assertInstanceOf(
        Refuse.class,
        StalePlan.afterFailure(Failure.UNREACHABLE, get(), some, THEN.plusSeconds(66), options));
  }

  private static StalePlan after(int status, CacheRequest request, long seconds, Variant variant) {
    return StalePlan.afterStatus(
        status, request, Optional.of(variant), THEN.plusSeconds(seconds), OPTIONS);
  }

  private static StalePlan lost(
      Failure failure, CacheRequest request, long seconds, Variant variant) {
    return StalePlan.afterFailure(
        failure, request, Optional.of(variant), THEN.plusSeconds(seconds), OPTIONS);
  }
}
