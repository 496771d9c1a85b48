package io.ccrelay.launch;

import static io.ccrelay.testing.Chats.events;
import static io.ccrelay.testing.Chats.message;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ccrelay.config.ConfigLoader;
import io.ccrelay.config.ConfigResult;
import io.ccrelay.config.RelayConfig;
import io.ccrelay.testing.Await;
import io.ccrelay.testing.FakeUpstream;
import io.ccrelay.testing.LogCapture;
import io.ccrelay.testing.RawHttp;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A secret in every place that may hold one, each unlike the others and unlike what redaction
 * recognises by its form; then everything the relay does, good and bad, at level debug; then a
 * search for them in everything the relay says.
 */
@DisplayName("A27: no secret is ever said")
class CanariesTest {

  private static final Pattern KEY = Pattern.compile("(?i)x-cc-relay-cache-key: ([0-9a-f]+)");

  private static final Map<String, String> ENVIRONMENT =
      Map.of("PROVIDER_KEY", "canary-from-environment");

  private static final String CONFIG =
      """
      server:
        listen: "127.0.0.1:0"
        timeout_ms: 2000
        max_body_bytes: 50000
        auth: {api_key: canary-relay-key, allow_bearer: true, bearer_secret: canary-relay-bearer}
      management: {listen: "127.0.0.1:0", token: canary-management}
      logging: {level: debug, format: json, output: "%2$s"}
      routing: {debug: true}
      cache: {responses: {streaming: true}}
      providers:
        - name: a
          type: anthropic
          enabled: true
          base_url: "http://%1$s"
          keys: [{key: "${PROVIDER_KEY}"}, {key: canary-second-key}]
        - {name: off, type: zai, enabled: false, keys: [{key: canary-disabled-key}]}
      apis:
        - {name: web, path: /web, backend: "http://%1$s", http_cache: on}
      """;

  private final Vertx vertx = VertxFactory.create();
  private final FakeUpstream upstream = FakeUpstream.start(vertx);
  private final List<String> said = new ArrayList<>();
  private final Set<String> keys = new HashSet<>();
  private Path logFile;
  private LogCapture log;
  private RelayServer server;

  @BeforeEach
  void start(@TempDir Path directory) throws IOException {
    logFile = directory.resolve("relay.log");
    RelayConfig config = load(config());
    said.add(config.toString());
    Redaction.protect(Secrets.of(config));
    LogSetup.apply(config.logging());
    log = LogCapture.start();
    server = Await.result(RelayServer.start(vertx, config, StartOptions.DEFAULTS));
  }

  @AfterEach
  void stop() throws IOException {
    log.close();
    Redaction.protect(List.of());
    LogSetup.apply(new LoggingOptions("warn", "console", "stderr", false));
    Await.result(vertx.close());
  }

  @Test
  void inNoLogMeterAnswerOrKey() throws IOException {
    upstream.always(FakeUpstream.whole(200, message("Hello")));
    everyPlaceOfACredential();
    streamsAndApis();
    refusals();
    brokenUpstreams();
    reloads();
    administration();
    Await.result(server.stop());
    LogSetup.apply(new LoggingOptions("warn", "console", "stderr", false));
    assertTrue(upstream.calls() > 20, "the relay was used");
    assertFalse(keys.isEmpty(), "keys were seen");
    assertTrue(log.lines().stream().anyMatch(line -> line.contains("DEBUG io.ccrelay")));
    said.addAll(log.lines());
    said.addAll(Files.readAllLines(logFile));
    said.forEach(CanariesTest::assertSilent);
  }

  private static void assertSilent(String text) {
    assertFalse(text.toLowerCase(Locale.ROOT).contains("canary"), text);
  }

  private void everyPlaceOfACredential() {
    for (int twice = 0; twice < 2; twice++) {
      post("/v1/messages", "q", "x-api-key: canary-relay-key");
      post("/v1/messages", "q", "Authorization: Bearer canary-relay-bearer");
      post("/v1/messages?api_key=canary-q1&key=canary-q2", "q", "x-api-key: canary-relay-key");
      post("/v1/messages", "canary-body", "x-api-key: canary-relay-key");
      for (String name :
          List.of(
              "Cookie: session=canary-cookie",
              "api-key: canary-api-key",
              "x-goog-api-key: canary-goog",
              "Proxy-Authorization: Basic canary-proxy",
              "Authorization: Basic canary-basic",
              "X-Own-Secret: canary-own",
              "X-CC-Relay-Cache-Namespace: canary-namespace",
              "X-CC-Relay-Cache-TTL: canary-ttl",
              "X-Request-ID: 7\u0001canary")) {
        post("/v1/messages", "q", "x-api-key: canary-relay-key", name);
      }
    }
  }

  private void streamsAndApis() {
    upstream.next(FakeUpstream.events(events("Hello")));
    ask("POST", "/v1/messages", chat("canary-s").replace("{", "{\"stream\":true,"), relayKey());
    ask("GET", "/v1/files?key=canary-file", "", relayKey());
    ask("GET", "/web/a?token=canary-web", "", relayKey());
    ask("GET", "/web/a?token=canary-web", "", relayKey());
    ask("GET", "/v1/models", "");
    ask("GET", "/v1/providers", "");
    ask("GET", "/health", "");
  }

  private void refusals() {
    post("/v1/messages", "q");
    post("/v1/messages", "q", "x-api-key: canary-wrong");
    post("/v1/messages", "q", "Authorization: Bearer canary-wrong");
    post("/v1/chat/completions", "q", relayKey());
    post("/v1/messages", "q", relayKey(), "Cache-Control: only-if-cached, canary-directive");
    post("/v1/messages", "x".repeat(60_000) + "canary", relayKey());
    post("/v1/messages?" + "canary".repeat(2000), "q", relayKey());
    post("/v1/messages", "q", relayKey(), "X-A: " + "canary".repeat(8000));
    post("/v1/messages", "q", relayKey(), "Expect: canary-expectation");
    post("/v1/messages", "q", relayKey(), "Transfer-Encoding: canary-coding");
    post("/v1/messages", "q", relayKey(), relayKey());
    post("/v1/messages", "q", relayKey(), "Connection: x-api-key, canary-option");
    ask("GET", "/v1/messages?canary", "", relayKey());
    ask("CANARY", "/v1/messages", "", relayKey());
    ask("GET", "/nowhere/canary", "", relayKey());
    ask("GET", "/%zz?canary", "", relayKey());
    ask("POST", "/v1/messages", "{\"canary\":1,\"canary\":2}", relayKey());
    ask("POST", "/v1/messages", "{\"canary\"", relayKey());
  }

  private void brokenUpstreams() {
    for (int status : new int[] {400, 401, 429, 500, 529}) {
      upstream.next(FakeUpstream.whole(status, "{\"type\":\"error\",\"error\":{}}"));
      post("/v1/messages", "canary-" + status, relayKey());
    }
    upstream.next(FakeUpstream.cut("application/json", "{"));
    post("/v1/messages", "canary-cut", relayKey());
    upstream.next(FakeUpstream.cut("text/event-stream", events("a").getFirst()));
    ask("POST", "/v1/messages", chat("canary-t").replace("{", "{\"stream\":true,"), relayKey());
    upstream.next(FakeUpstream.hang(FakeUpstream.gate()));
    post("/v1/messages", "canary-hang", relayKey());
    upstream.next(FakeUpstream.cut("text/plain", "x"));
    ask("GET", "/web/cut?canary", "", relayKey());
  }

  private void reloads() {
    var reloading = new Reloading(vertx, server, config -> config);
    for (String spoiled :
        List.of(
            config().replace("canary-second-key", "[canary-list]"),
            config().replace("canary-second-key}", "canary-open, rpm_limit: canary-number}"),
            config().replace("canary-second-key}]", "canary-open"),
            config().replace("canary-relay-key,", "{canary-map: 1},"),
            config().replace("127.0.0.1:0", "canary-host:canary-port:1"),
            config().replace("base_url: \"http://", "base_url: \"http://me:canary-password@"),
            config().replace("base_url: \"http://", "base_url: \"canary://"),
            config().replace("canary-management", "\"canary-open"))) {
      var result = ConfigLoader.parse("test.yaml", spoiled, ENVIRONMENT::get);
      assertInstanceOf(ConfigResult.Invalid.class, result, spoiled);
      reloading.accept(result);
    }
    reloading.accept(ConfigLoader.parse("test.yaml", config(), ENVIRONMENT::get));
    assertEquals(1, server.config().providers().stream().filter(p -> p.enabled()).count());
    post("/v1/messages", "canary-reloaded", relayKey());
  }

  private void administration() {
    String token = "Authorization: Bearer canary-management";
    for (String path :
        List.of(
            "/metrics",
            "/admin/cache/stats",
            "/admin/cache/ping",
            "/admin/cache/entries?limit=500",
            "/admin/requests?limit=500",
            "/admin/cluster",
            "/openapi.yaml",
            "/")) {
      said.add(admin("GET", path, token));
    }
    said.add(admin("GET", "/admin/cache/stats", "Authorization: Bearer canary-wrong"));
    said.add(admin("GET", "/admin/cache/entries/canary", token));
    said.add(admin("GET", "/admin/canary?canary", token));
    for (String key : keys) {
      said.add(admin("GET", "/admin/cache/entries/" + key, token));
      said.add(admin("DELETE", "/admin/cache/entries/" + key, token));
    }
  }

  private String admin(String method, String path, String... fields) {
    return RawHttp.ask(server.managementPort().orElseThrow(), method, path, with(fields)).text();
  }

  private void post(String target, String prompt, String... fields) {
    ask("POST", target, chat(prompt), fields);
  }

  /** Sends it and notes the answer and, if there is one, the key. */
  private void ask(String method, String target, String body, String... fields) {
    var request = new StringBuilder(method + " " + target + " HTTP/1.1\r\n");
    request.append("Connection: close\r\nX-CC-Relay-Cache-Debug: 1\r\n");
    for (String field : with(fields)) {
      request.append(field).append("\r\n");
    }
    if (!body.isEmpty()) {
      request.append("Content-Type: application/json\r\nContent-Length: ").append(body.length());
      request.append("\r\n");
    }
    String answer = RawHttp.send(server.port(), request + "\r\n" + body).text();
    said.add(answer);
    var key = KEY.matcher(answer);
    if (key.find()) {
      keys.add(key.group(1));
    }
  }

  private static String[] with(String... fields) {
    var all = new ArrayList<>(List.of(fields));
    all.add("Host: localhost");
    return all.toArray(String[]::new);
  }

  private static String relayKey() {
    return "x-api-key: canary-relay-key";
  }

  private static String chat(String prompt) {
    return io.ccrelay.testing.Chats.ask(prompt);
  }

  private String config() {
    return CONFIG.formatted(upstream.origin().substring("http://".length()), logFile);
  }

  private static RelayConfig load(String yaml) {
    return switch (ConfigLoader.parse("test.yaml", yaml, ENVIRONMENT::get)) {
      case ConfigResult.Loaded(RelayConfig config, var warnings) -> config;
      case ConfigResult.Invalid(var problems) -> throw new AssertionError(problems.toString());
    };
  }
}
