package io.ccrelay.admin;

import static io.ccrelay.admin.AdminFixture.LOCAL;
import static io.ccrelay.admin.AdminFixture.TOKEN;
import static io.ccrelay.admin.AdminFixture.get;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ccrelay.testing.RawHttp;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who gets at the management listener, with what an attacker would try first. */
class AdminAccessTest {

  @RegisterExtension static final AdminFixture admin = new AdminFixture();

  @Test
  void listensOnLoopbackByDefault() {
    assertEquals("127.0.0.1", ManagementOptions.DEFAULTS.host());
  }

  @Test
  void refusesToListenBeyondLoopbackWithoutAToken() {
    var failure =
        assertThrows(
            IllegalArgumentException.class,
            () -> new AdminVerticle(admin.parts("0.0.0.0", List.of())));
    assertTrue(failure.getMessage().contains("management.token"));
  }

  @Test
  void probesNeedNoToken() {
    assertEquals(200, get(admin.guarded, "/health/ready").status());
    assertEquals(
        200, RawHttp.ask(admin.guarded.actualPort(), "GET", "/health", "Host: 10.1.2.3").status());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/metrics",
        "/admin/cache/stats",
        "/admin/cache/ping",
        "/admin/cache/entries/00ff10"
      })
  void everythingElseNeedsTheToken(String path) {
    assertEquals(401, get(admin.guarded, path).status());
    assertEquals(401, get(admin.guarded, path, "Authorization: Bearer wrong").status());
    assertEquals(401, get(admin.guarded, path, "Authorization: Bearer ").status());
    assertEquals(401, get(admin.guarded, path, "Authorization: Basic " + TOKEN).status());
    assertEquals(401, get(admin.guarded, path, "X-Api-Key: " + TOKEN).status());
    assertEquals(401, get(admin.guarded, path + "?token=" + TOKEN).status());
    assertEquals(200, get(admin.guarded, path, "Authorization: Bearer " + TOKEN).status());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/%61dmin/cache/stats",
        "//admin/cache/stats",
        "/admin//cache/stats",
        "/./admin/cache/stats",
        "/health/../admin/cache/stats",
        "/health/%2e%2e/admin/cache/stats",
        "/admin/cache/stats/",
        "/ADMIN/cache/stats",
        "/health/live/../../admin/cache/stats",
        "/health;/admin/cache/stats",
        "/admin/cache/stats%00"
      })
  void noSpellingOfAPathEscapesTheToken(String target) {
    int status = get(admin.guarded, target).status();
    assertTrue(status == 401 || status == 404 || status == 400, target + " gave " + status);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "evil.example",
        "localhost.evil.example",
        "127.0.0.1.evil.example",
        "evil.example:9090",
        "localhost@evil.example",
        "192.168.1.1",
        "",
        "127.0.0.1:9090:1",
        "[::2]"
      })
  void withoutATokenAForeignHostIsRefused(String host) {
    var answer = RawHttp.ask(admin.open.actualPort(), "GET", "/admin/cache/stats", "Host: " + host);
    assertTrue(answer.status() == 403 || answer.status() == 400, host + ": " + answer.text());
  }

  @ParameterizedTest
  @ValueSource(strings = {"localhost", "LocalHost:1", "127.0.0.1", "127.9.9.9:80", "[::1]:9090"})
  void withoutATokenLoopbackNamesAreServed(String host) {
    assertEquals(
        200,
        RawHttp.ask(admin.open.actualPort(), "GET", "/admin/cache/stats", "Host: " + host)
            .status());
  }

  @Test
  void noOtherOriginIsInvited() {
    var preflight =
        RawHttp.ask(
            admin.open.actualPort(),
            "OPTIONS",
            "/admin/cache/entries/00ff10",
            LOCAL,
            "Origin: http://evil.example",
            "Access-Control-Request-Method: DELETE");
    assertEquals(405, preflight.status());
    assertFalse(preflight.has("Access-Control-Allow-Origin"), preflight.head());
    var read = get(admin.open, "/admin/cache/stats", "Origin: http://evil.example");
    assertFalse(read.has("Access-Control-Allow-Origin"), read.head());
    assertTrue(read.has("X-Content-Type-Options"), read.head());
  }

  @Test
  void thePageOfTheDashboardIsOpenToAllAndTellsNothing() {
    var page = get(admin.guarded, "/");
    assertEquals(200, page.status());
    assertTrue(page.body().contains("1.2.3"), page.body());
    assertFalse(page.text().contains(TOKEN));
    var assets = new LinkedHashSet<>(List.of("/openapi.yaml"));
    collectAssets(page.body(), assets);
    assertTrue(assets.size() > 10, assets::toString);
    assertEquals(401, get(admin.guarded, "/admin/live").status());
    assertEquals(401, get(admin.guarded, "/admin/requests").status());
  }

  /** All that {@code text} loads, and what that loads. */
  private static void collectAssets(String text, Set<String> assets) {
    var named = Pattern.compile("src=\"(/[^\"]+)\"|href=\"(/[^\"]+\\.css)\"|from '\\.(/[^']+)'");
    for (MatchResult it : named.matcher(text).results().toList()) {
      String path =
          it.group(3) == null
              ? Objects.requireNonNullElse(it.group(1), it.group(2))
              : "/dashboard" + it.group(3);
      if (assets.add(path)) {
        var answer = get(admin.guarded, path);
        assertEquals(200, answer.status(), path);
        collectAssets(path.startsWith("/dashboard/") ? answer.body() : "", assets);
      }
    }
  }
}
