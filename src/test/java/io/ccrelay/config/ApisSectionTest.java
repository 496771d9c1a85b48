package io.ccrelay.config;

import static io.ccrelay.config.Configs.loaded;
import static io.ccrelay.config.Configs.problem;
import static io.ccrelay.config.Configs.yaml;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ccrelay.proxy.ApiOptions;
import io.ccrelay.upstream.BackendTls;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The section {@code apis}. */
class ApisSectionTest {

  private static ApiOptions api(String settings) {
    return loaded(yaml("apis: [{name: a, backend: 'http://b/', " + settings + "}]"))
        .apis()
        .getFirst();
  }

  @Test
  void aNameAndABackendAreEnough() {
    var api = api("");
    assertEquals("/", api.path());
    assertEquals(List.of("http://b"), api.backends());
    assertEquals(Optional.empty(), api.cache());
    assertEquals(ApiOptions.Timeouts.DEFAULTS, api.timeouts());
  }

  @Test
  void theCacheIsOnOffOrASection() {
    assertEquals(Optional.of(ApiOptions.Caching.DEFAULTS), api("http_cache: on").cache());
    assertEquals(Optional.empty(), api("http_cache: off").cache());
    assertEquals(Optional.empty(), api("http_cache: {enabled: false}").cache());
    var cache =
        api("http_cache: {max_variants: 3, set_cookie: false, stale_if_error: 5m,"
                + " targeted_fields: [Shop-Cache-Control], key: {ignore_query: [utm],"
                + " credential_headers: [X-Token], credential_query: [token]}}")
            .cache()
            .orElseThrow();
    assertEquals(3, cache.rules().maxVariants());
    assertEquals(Duration.ofMinutes(5), cache.rules().staleIfError());
    assertEquals(List.of("Shop-Cache-Control"), cache.rules().targetedFields());
    assertTrue(cache.rules().credentialFields().containsAll(Set.of("authorization", "x-token")));
    assertEquals(Set.of("utm"), cache.query().ignored());
    assertEquals(Set.of("token"), cache.credentialParameters());
  }

  @Test
  void backendsProveWhoTheyAreUnlessTheFileSaysOtherwise() {
    assertEquals(BackendTls.DEFAULTS, api("").tls());
    var tls = api("tls: {server_name: shop, http2: true, insecure: true}").tls();
    assertEquals(Optional.of("shop"), tls.serverName());
    assertTrue(tls.http2());
    assertFalse(tls.verified());
    assertEquals(
        Duration.ofSeconds(30),
        api("http_cache: {default_ttl: 30s}").cache().orElseThrow().rules().defaultTtl());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "apis: [{backend: 'http://b'}] | name: is required",
        "apis: [{name: a}] | backend: is required",
        "apis: [{name: a, backend: 'ftp://b'}] | backend: must be http",
        "apis: [{name: a, backend: 'http://b', path: 'x'}] | path: must begin with /",
        "apis: [{name: a, backend: 'http://b', path: '/a/../b'}] | path: must begin with /",
        "apis: [{name: a, backend: 'http://b', methods: [get]}] | is no method",
        "apis: [{name: a, backend: 'http://b', pth: '/x'}] | did you mean path?",
        "apis: [{name: a, backend: 'http://b', tls: {trust: /none}}] | trust: \"/none\" cannot be read",
        "apis: [{name: a, backend: 'http://b', policy: /nowhere.xml}] | policy: the file /nowhere.xml does not exist",
        "apis: [{name: a, backend: 'http://b', operations: [{url: /x}]}] | id: is required",
        "apis: [{name: a, backend: 'http://b', operations: [{id: o, url: '/{x'}]}] | has a { without a name",
        "apis: [{name: a, backend: 'http://b', operations: [{id: o, method: get}]}] | method: must be such as GET",
        "apis: [{name: a, backend: 'http://b', operations: [{id: o}, {id: o}]}] | is the id of another operation",
        "apis: [{name: a, backend: 'http://b', http_cache: {max_variants: 0}}] | max_variants: is 0",
        "apis: [{name: a, backend: 'http://b'}, {name: a, backend: 'http://b', path: /x}] | another API",
        "apis: [{name: a, backend: 'http://b'}, {name: c, backend: 'http://b'}] | path of another API"
      })
  void whatIsWrongIsNamedWithItsPlace(String text, String message) {
    String problem = problem(yaml(text));
    assertTrue(problem.contains(message), problem);
  }
}
