package io.ccrelay.proxy.policy;

import static io.ccrelay.proxy.policy.PolicyRelay.answer;
import static io.ccrelay.proxy.policy.PolicyRelay.document;
import static io.ccrelay.proxy.policy.PolicyRelay.field;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ccrelay.policy.Profile;
import io.ccrelay.policy.Profile.CachedMethod;
import io.ccrelay.policy.Profile.QueryKey;
import io.ccrelay.proxy.policy.PolicyRelay.With;
import io.ccrelay.testing.Waiting;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** {@code cache-lookup} and {@code cache-store}, through a whole relay. */
class ResponseCachingTest {

  private static final String LOOKUP =
      "<cache-lookup vary-by-developer=\"false\" vary-by-developer-groups=\"false\" %s>%s</cache-lookup>";
  private static final String STORE = "<cache-store duration=\"60\" />";

  private static String lookup(String attributes, String children) {
    return LOOKUP.formatted(attributes, children);
  }

  private static String plain() {
    return lookup("", "");
  }

  private static void settle(PolicyRelay relay) {
    Waiting.until(() -> relay.relay.store.stats().result().keyCount() > 0, "something is stored");
  }

  @Test
  void hitIsAnsweredWithoutTheBackendUntilTheDurationIsOver() {
    try (var relay = PolicyRelay.under(document("<base />" + plain(), STORE))) {
      relay.answers("one", "X-From", "backend");
      assertEquals("one", relay.get("/a").body());
      settle(relay);
      relay.answers("two");

      var hit = relay.get("/a");
      assertEquals("one", hit.body());
      assertEquals("backend", field(hit, "x-from"));
      relay.wait(10);
      assertEquals("10", field(relay.get("/a"), "age"));
      assertEquals(1, relay.backend.calls());

      relay.wait(51);
      assertEquals("two", relay.get("/a").body());
    }
  }

  @Test
  void hitGoesOnAfterTheStore() {
    String before = "<set-header name=\"X-Before\"><value>baked in</value></set-header>";
    String after = "<set-header name=\"X-After\"><value>every time</value></set-header>";
    String inbound = "<set-header name=\"X-Later\"><value>1</value></set-header>";
    try (var relay = PolicyRelay.under(document(plain() + inbound, before + STORE + after))) {
      relay.answers("x");
      var miss = relay.get("/");
      assertEquals("baked in every time", field(miss, "x-before") + " " + field(miss, "x-after"));
      settle(relay);
      relay.backend.always(answer(500, "must not be asked"));

      var hit = relay.get("/");

      assertEquals(200, hit.statusCode());
      assertEquals("baked in every time", field(hit, "x-before") + " " + field(hit, "x-after"));
      assertEquals(1, relay.backend.calls());
    }
  }

  @Test
  void only200IsStoredUnlessTheDocumentSaysAny() {
    try (var relay = PolicyRelay.under(document(plain(), STORE));
        var any =
            PolicyRelay.under(
                document(plain(), "<cache-store duration=\"60\" cache-response=\"true\" />"))) {
      relay.backend.always(answer(404, "none"));
      any.backend.always(answer(404, "none"));
      for (int i = 0; i < 2; i++) {
        assertEquals(404, relay.get("/").statusCode());
        assertEquals(404, any.get("/").statusCode());
        if (i == 0) {
          settle(any);
        }
      }
      assertEquals(2, relay.backend.calls());
      assertEquals(1, any.backend.calls());
    }
  }

  @Test
  void postIsNeverLookedUp() {
    try (var relay = PolicyRelay.under(document(plain(), STORE))) {
      relay.answers("x");
      relay.get("/");
      settle(relay);
      assertEquals("x", relay.ask("POST", "/", "body").body());
      assertEquals("body", relay.backend.last().text());
      assertEquals(2, relay.backend.calls());
    }
  }

  @Test
  void requestsWithAuthorizationAreCachedOnlyIfTheDocumentAllowsIt() {
    String allow =
        lookup(
            "allow-private-response-caching=\"true\"",
            "<vary-by-header>Authorization</vary-by-header>");
    try (var relay = PolicyRelay.under(document(plain(), STORE));
        var allowing = PolicyRelay.under(document(allow, STORE))) {
      relay.answers("x");
      allowing.answers("x");
      for (int i = 0; i < 2; i++) {
        relay.get("/", "Authorization", "Bearer a");
        allowing.get("/", "Authorization", "Bearer a");
        settle(allowing);
      }
      allowing.get("/", "Authorization", "Bearer b");
      assertEquals(2, relay.backend.calls());
      assertEquals(2, allowing.backend.calls());
    }
  }

  @Test
  void absentHeaderIsNotAnEmptyOne() {
    String vary = lookup("", "<vary-by-header>X-Kind</vary-by-header>");
    try (var relay = PolicyRelay.under(document(vary, STORE))) {
      relay.backend.always((seen, response) ->
          response.end(
              seen.fields().first("X-Kind").map(kind -> "[" + kind + "]").orElse("absent")));
      assertEquals("absent", relay.get("/").body());
      settle(relay);
      assertEquals("[]", relay.get("/", "X-Kind", "").body());
      assertEquals("[1]", relay.get("/", "X-Kind", "1").body());
      assertEquals("absent", relay.get("/").body());
      assertEquals(3, relay.backend.calls());
    }
  }

  @Test
  void queryParametersSeparateResponsesAsTheProfileSays() {
    var declared =
        new Profile(
            QueryKey.DECLARED,
            Profile.DEFAULTS.missingVariable(),
            Profile.DEFAULTS.anonymousRate(),
            false,
            false,
            Profile.DEFAULTS.internalCache(),
            Set.of(CachedMethod.GET));
    String vary = lookup("", "<vary-by-query-parameter>version;lang</vary-by-query-parameter>");
    try (var all = PolicyRelay.under(document(plain(), STORE));
        var none = new With(document(plain(), STORE)).profile(declared).start();
        var named = PolicyRelay.under(document(vary, STORE))) {
      for (var relay : new PolicyRelay[] {all, none, named}) {
        relay.answers("x");
        relay.get("/?version=1&b=2");
        settle(relay);
        relay.get("/?b=2&version=1");
        relay.get("/?version=2&b=2");
        relay.get("/?version=1&b=3");
      }
      assertEquals(3, all.backend.calls());
      assertEquals(1, none.backend.calls());
      assertEquals(2, named.backend.calls());
    }
  }

  @Test
  void productAndDeveloperSeparateResponses() {
    String vary = "<cache-lookup vary-by-developer=\"true\" vary-by-developer-groups=\"true\" />";
    try (var relay = PolicyRelay.under(document(vary, STORE))) {
      relay.answers("x");
      relay.get("/");
      settle(relay);
      relay.get("/", "Ocp-Apim-Subscription-Key", PolicyRelay.KEY);
      relay.get("/", "Ocp-Apim-Subscription-Key", PolicyRelay.KEY);
      assertEquals(2, relay.backend.calls());
    }
  }

  @Test
  void cachesBehindTheRelayAreToldWhatTheDocumentSays() {
    record Case(String attributes, String miss, String hit) {}
    for (var one :
        new Case[] {
          new Case("", "no-store", "no-store"),
          new Case(
              "downstream-caching-type=\"private\"",
              "private, must-revalidate, max-age=60",
              "private, must-revalidate, max-age=50"),
          new Case(
              "downstream-caching-type=\"public\" must-revalidate=\"false\"",
              "public, max-age=60",
              "public, max-age=50")
        }) {
      try (var relay = PolicyRelay.under(document(lookup(one.attributes, ""), STORE))) {
        relay.answers("x", "Cache-Control", "max-age=5", "Expires", "0");
        var miss = relay.get("/");
        settle(relay);
        relay.wait(10);
        assertEquals(one.miss, field(miss, "cache-control"));
        assertEquals("", field(miss, "expires"));
        assertEquals(one.hit, field(relay.get("/"), "cache-control"));
      }
    }
  }

  @Test
  void requestsOwnDirectivesDoNotCountAndAreNotForwarded() {
    try (var relay = PolicyRelay.under(document(plain(), STORE))) {
      relay.answers("x", "ETag", "\"1\"");
      relay.get(
          "/",
          "Cache-Control",
          "no-cache, no-store",
          "If-None-Match",
          "\"1\"",
          "Range",
          "bytes=0-0");
      settle(relay);
      var fields = relay.backend.last().fields();
      assertTrue(
          fields.first("Cache-Control").isEmpty() && fields.first("If-None-Match").isEmpty());
      assertTrue(fields.first("Range").isEmpty());

      assertEquals(200, relay.get("/", "Cache-Control", "no-cache, no-store").statusCode());
      assertEquals(304, relay.get("/", "If-None-Match", "\"1\"").statusCode());
      assertEquals(1, relay.backend.calls());
    }
  }

  @Test
  void withoutStoreThereIsNoHitAndWithoutLookupNoStore() {
    try (var relay = PolicyRelay.under(document(plain(), ""));
        var storing = PolicyRelay.under(document("", STORE))) {
      relay.answers("x");
      storing.answers("x");
      for (int i = 0; i < 2; i++) {
        relay.get("/");
        storing.get("/");
      }
      assertEquals(2, relay.backend.calls());
      assertEquals(2, storing.backend.calls());
    }
  }

  @Test
  void responsesTooLargeToStoreStreamThrough() {
    String large = "0123456789".repeat(300_000);
    try (var relay = PolicyRelay.under(document(plain(), STORE))) {
      relay.answers(large);
      assertEquals(large, relay.get("/").body());
      assertEquals(large, relay.get("/").body());
      assertEquals(2, relay.backend.calls());
    }
  }
}
