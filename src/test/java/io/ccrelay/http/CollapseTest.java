package io.ccrelay.http;

import static io.ccrelay.testing.HttpMessages.OPTIONS;
import static io.ccrelay.testing.HttpMessages.exchange;
import static io.ccrelay.testing.HttpMessages.get;
import static io.ccrelay.testing.HttpMessages.request;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 9111 section 4, collapsing of requests. */
class CollapseTest {

  @Test
  void aStorableResponseIsShared() {
    assertTrue(shareable(get(), "Cache-Control", "max-age=60"));
    assertTrue(shareable(request("HEAD"), "Cache-Control", "max-age=60"));
    assertTrue(shareable(get(), "Cache-Control", "max-age=60, must-revalidate"));
    assertTrue(shareable(get(), "Cache-Control", "max-age=0"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "private, max-age=60",
        "no-store",
        "no-cache, max-age=60",
        "max-age=0, must-revalidate",
        "s-maxage=0"
      })
  void whatMayNotBeReusedIsNotShared(String directives) {
    assertFalse(shareable(get(), "Cache-Control", directives, "ETag", "\"a\""));
  }

  @Test
  void whatHasNoFreshnessIsNotShared() {
    assertFalse(shareable(get(), "ETag", "\"a\""));
  }

  @Test
  void aFollowerThatSelectsAnotherVariantIsNotServed() {
    assertTrue(shareable(get("Foo", "1"), "Cache-Control", "max-age=60", "Vary", "foo"));
    assertFalse(shareable(get("Foo", "2"), "Cache-Control", "max-age=60", "Vary", "foo"));
  }

  @Test
  void aPartIsSharedOnlyWithRangesInside() {
    var plan =
        StorePlan.of(
            exchange(
                get("Range", "bytes=0-9"),
                206,
                "Cache-Control",
                "max-age=60",
                "Content-Range",
                "bytes 0-9/100"),
            OPTIONS);
    assertTrue(Collapse.isShareable(plan, get("Range", "bytes=0-5")));
    assertFalse(Collapse.isShareable(plan, get("Range", "bytes=5-15")));
    assertFalse(Collapse.isShareable(plan, get()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"no-store", "no-cache", "only-if-cached"})
  void aRequestThatWantsItsOwnAnswerDoesNotWait(String directive) {
    assertFalse(Collapse.mayWait(get("Cache-Control", directive)));
    assertFalse(
        shareable(get("Cache-Control", directive, "Foo", "1"), "Cache-Control", "max-age=60"));
  }

  @Test
  void onlyRetrievalsWithoutConditionsForTheOriginWait() {
    assertTrue(Collapse.mayWait(get("Cache-Control", "max-age=0")));
    assertTrue(Collapse.mayWait(request("HEAD")));
    assertFalse(Collapse.mayWait(request("POST")));
    assertFalse(Collapse.mayWait(get("If-Match", "\"a\"")));
  }

  private static boolean shareable(CacheRequest follower, String... response) {
    var leader = get("Foo", "1");
    return Collapse.isShareable(StorePlan.of(exchange(leader, 200, response), OPTIONS), follower);
  }
}
