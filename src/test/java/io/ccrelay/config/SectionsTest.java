package io.ccrelay.config;

import static io.ccrelay.config.Configs.loaded;
import static io.ccrelay.config.Configs.problem;
import static io.ccrelay.config.Configs.problems;
import static io.ccrelay.config.Configs.warnings;
import static io.ccrelay.config.Configs.yaml;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ccrelay.llm.ResponsesOptions.ScopeRule;
import io.ccrelay.llm.ResponsesOptions.UsageOnHit;
import io.ccrelay.proxy.ServerOptions.Auth;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Server, management, logging, routing, responses, and keys nobody knows. */
class SectionsTest {

  @ParameterizedTest
  @CsvSource({
    "127.0.0.1:1,127.0.0.1,1",
    ":8787,'',8787",
    "localhost:0,localhost,0",
    "[::1]:5,::1,5",
    "0.0.0.0:65535,0.0.0.0,65535"
  })
  void listenIsHostAndPort(String text, String host, int port) {
    var server = loaded(yaml("server: {listen: '" + text + "'}")).server();
    assertEquals(host, server.host());
    assertEquals(port, server.port());
  }

  @ParameterizedTest
  @ValueSource(strings = {"host", "host:", ":x", "a b:1", "::1:5", "h:65536", "[::1]", "h:-1"})
  void whatIsNoPlaceToListen(String text) {
    assertTrue(
        problem(yaml("server: {listen: '" + text + "'}")).contains("server.listen: must be"));
  }

  @Test
  void zeroReadsAsTheDefaultOfTimeoutAndBody() {
    var server = loaded(yaml("server: {timeout_ms: 0, max_body_bytes: 0}")).server();
    assertEquals(Duration.ofMinutes(10), server.timeout());
    assertEquals(64L << 20, server.maxBodyBytes());
    assertEquals(1 << 20, loaded(yaml("server: {max_body_bytes: 1MiB}")).server().maxBodyBytes());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "timeout_ms: -1",
        "timeout_ms: 86400001",
        "max_concurrent: -1",
        "max_body_bytes: -1",
        "drain: -1s",
        "drain: 2h"
      })
  void figuresOfTheServerOutOfRange(String setting) {
    assertTrue(problem(yaml("server: {" + setting + "}")).contains("server."));
  }

  @Test
  void theOlderPlaceOfTheApiKeyIsAFallback() {
    assertEquals(new Auth("old", false, ""), auth("api_key: old"));
    assertEquals(new Auth("new", false, ""), auth("api_key: old, auth: {api_key: new}"));
    assertEquals(new Auth("old", false, ""), auth("api_key: old, auth: {api_key: \"\"}"));
  }

  @Test
  void theBearerSecretCountsOnlyWhereBearersAreAllowed() {
    assertEquals(new Auth("", false, ""), auth("auth: {bearer_secret: s}"));
    assertEquals(new Auth("", true, "s"), auth("auth: {bearer_secret: s, allow_bearer: true}"));
    assertEquals(new Auth("", true, ""), auth("auth: {allow_subscription: true}"));
    assertTrue(
        warnings(yaml("server: {auth: {bearer_secret: s}}")).getFirst().contains("no effect"));
  }

  private static Auth auth(String settings) {
    return loaded(yaml("server: {" + settings + "}")).server().auth();
  }

  @Test
  void anOpenRelayBeyondLoopbackIsWarnedOf() {
    assertTrue(warnings(yaml("server: {listen: ':1'}")).getFirst().contains("not on loopback"));
    assertEquals(List.of(), warnings(yaml("server: {listen: ':1', api_key: k}")));
  }

  @Test
  void tlsNeedsBothFiles() {
    assertEquals(2, problems(yaml("server: {tls: {}}")).size());
    assertEquals(
        "c",
        loaded(yaml("server: {tls: {certificate: c, key: k}}"))
            .server()
            .tls()
            .orElseThrow()
            .certificate());
    assertTrue(
        problems(yaml("server: {tls: {certificate: c, key: k, cert: x}}"))
            .getFirst()
            .contains("tls.cert: unknown key"));
  }

  @Test
  void managementBeyondLoopbackNeedsAToken() {
    assertTrue(
        problem(yaml("management: {listen: ':9090'}")).contains("management.token: is required"));
    assertTrue(
        problem(yaml("management: {listen: '1.2.3.4:1', token: $T}")).contains("T is not set"));
    var open = loaded(yaml("management: {listen: ':1', token: t}")).management();
    assertEquals("t", open.tokens().getFirst().secret());
    for (var host : List.of("localhost", "127.1.2.3", "[::1]")) {
      assertTrue(loaded(yaml("management: {listen: '" + host + ":1'}")).management().enabled());
    }
  }

  @Test
  void managementIsOffWhenItsAddressIsEmpty() {
    assertFalse(loaded(yaml("management: {listen: \"\"}")).management().enabled());
    assertTrue(loaded(yaml("management: {listen: }")).management().enabled());
  }

  @Test
  void twoListenersDoNotShareAPort() {
    assertTrue(
        problem(yaml("server: {listen: '127.0.0.1:9090'}")).contains("where server.listen does"));
  }

  @Test
  void loggingAndWhatHasNoEffectThere() {
    var result =
        yaml(
            "logging: {level: debug, format: json, file: x, debug_options: {log_request_body: on}}");
    assertEquals("json", loaded(result).logging().format());
    assertEquals(2, warnings(result).size());
    assertTrue(
        problem(yaml("logging: {debug_options: {max_body_log_size: -1}}")).contains("at least 0"));
  }

  @Test
  void routingByModelNeedsAMapping() {
    assertTrue(problem(yaml("routing: {strategy: model_based}")).contains("routing.model_mapping"));
    var routing =
        loaded(
                yaml(
                    "routing: {strategy: model_based, model_mapping: {glm: zai}, failover_timeout: 0}"))
            .routing();
    assertEquals("zai", routing.modelMapping().get("glm"));
    assertEquals(Duration.ofSeconds(5), routing.failoverTimeout());
  }

  @Test
  void healthFallsBackToDefaultsExceptBelowZeroWhereTheOriginalRefuses() {
    var result =
        yaml(
            """
            health:
              health_check: {enabled: ~, interval_ms: -1}
              circuit_breaker: {failure_threshold: 0, open_duration_ms: -1, half_open_probes: 9}
            """);
    assertTrue(loaded(result).routing().healthCheckEnabled());
    assertEquals(Duration.ofSeconds(10), loaded(result).routing().healthCheckInterval());
    assertEquals(5, loaded(result).routing().failureThreshold());
    assertEquals(9, loaded(result).routing().halfOpenProbes());
    assertTrue(
        problem(yaml("health: {circuit_breaker: {failure_threshold: -1}}")).contains("at least 0"));
  }

  @Test
  void responsesAreReadWhole() {
    var responses =
        loaded(
                yaml(
                    """
                    cache:
                      responses:
                        enabled: no
                        ttl: 90s
                        ttl_deterministic: 2h
                        max_ttl: 1d
                        streaming: yes
                        scope: header:X-Team
                        coalesce: no
                        coalesce_wait: 1s
                        stale_while_revalidate: 1m
                        stale_if_error: 0
                        tool_use: on
                        max_entry_bytes: 1.5KiB
                        usage_on_hit: zero
                        finish_after_disconnect: true
                        ignore: [/user, /a~1b/0]
                        rules:
                        - {path: /v1/*, ttl: 1s, scope: shared}
                        - {model: x, header: a, streaming: true, enabled: false}
                    """))
            .responses();
    assertFalse(responses.enabled());
    assertEquals(Duration.ofSeconds(90), responses.ttl());
    assertEquals(Duration.ofHours(2), responses.ttlDeterministic());
    assertEquals(Duration.ofDays(1), responses.maxTtl());
    assertEquals(new ScopeRule.Header("X-Team"), responses.scope());
    assertEquals(Duration.ofMinutes(1), responses.staleWhileRevalidate());
    assertEquals(1536, responses.maxEntryBytes());
    assertEquals(UsageOnHit.ZERO, responses.usageOnHit());
    assertEquals(List.of("/user", "/a~1b/0"), responses.ignore());
    assertEquals(Optional.of(new ScopeRule.Shared()), responses.rules().get(0).scope());
    assertEquals(Optional.of(false), responses.rules().get(1).enabled());
    assertEquals(Optional.empty(), responses.rules().get(1).ttl());
  }

  @ParameterizedTest
  @CsvSource({
    "ttl: 0,never expire",
    "ttl: 0s,never expire",
    "ttl: -1s,must be positive",
    "ttl: 5,with its unit",
    "max_ttl: 4000d,at most 3650d",
    "'rules: [{ttl: 0}]',never expire",
    "coalesce_wait: 0s,must be from 1ms",
    "stale_if_error: -1s,must be from 0s",
    "max_entry_bytes: 0,from 1 to",
    "max_entry_bytes: 1MB,a size such as 8MiB",
    "scope: all,header:NAME",
    "'scope: \"header:a b\"',header:NAME",
    "usage_on_hit: none,'verbatim, zero'",
    "ignore: [user],JSON pointer",
    "'ignore: [\"\"]',JSON pointer",
    "'rules: [{pth: x}]',did you mean path?",
  })
  void responsesOutOfRange(String setting, String message) {
    String problem = problem(yaml("cache: {responses: {" + setting + "}}"));
    assertTrue(problem.contains(message), problem);
  }

  @ParameterizedTest
  @CsvSource({
    "manegement: {},manegement: unknown key (did you mean management?)",
    "Management: {},Management: unknown key (did you mean management?)",
    "apsi: [],apsi: unknown key (did you mean apis?)",
    "cache: {responces: {}},cache.responces: unknown key (did you mean responses?)",
    "cache: {dedline: 1s},cache.dedline: unknown key (did you mean deadline?)",
    "server: {tsl: {}},server.tsl: unknown key (did you mean tls?)",
    "server: {drian: 1s},server.drian: unknown key (did you mean drain?)",
    "cache: {responses: {tll: 5m}},cache.responses.tll: unknown key (did you mean ttl?)",
    "management: {tokn: x},management.tokn: unknown key (did you mean token?)",
    "'management: {colour: x}','management.colour: unknown key (expected: listen, token, tokens, prices)'",
  })
  void misspeltKeysOfOursAreErrors(String text, String message) {
    assertTrue(problem(yaml(text)).endsWith(message), problem(yaml(text)));
  }

  @ParameterizedTest
  @CsvSource({
    "services: {},'services: unknown key, ignored'",
    "sever: {},sever: unknown key (ignored)",
    "'cache: {ttl: 5m}','cache.ttl: unknown key, ignored'",
    "'server: {url: x}','server.url: unknown key, ignored'",
    "'routing: {retries: 3}','routing.retries: unknown key, ignored'",
    "grpc: {},grpc: has no effect",
    "metrics: {},metrics: has no effect",
    "health: {check_interval_seconds: 1},health.check_interval_seconds: has no effect",
    "circuit_breaker: {},circuit_breaker: has no effect",
  })
  void otherUnknownKeysAreIgnoredWithAWarning(String text, String message) {
    String expected = message.replace(" (ignored)", ", ignored (did you mean server?)");
    assertTrue(warnings(yaml(text)).getFirst().endsWith(expected), warnings(yaml(text))::toString);
  }

  @Test
  void httpApisAreNotAvailable() {
    assertEquals(List.of(), warnings(yaml("apis: []")));
  }
}
