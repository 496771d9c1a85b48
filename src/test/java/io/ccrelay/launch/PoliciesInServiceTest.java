package io.ccrelay.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ccrelay.config.ConfigLoader;
import io.ccrelay.config.ConfigResult;
import io.ccrelay.config.RelayConfig;
import io.ccrelay.testing.Await;
import io.ccrelay.testing.FakeUpstream;
import io.ccrelay.testing.RawHttp;
import io.ccrelay.testing.RedisProcess;
import io.ccrelay.testing.Waiting;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Policies from files of the configuration to answers, in a whole relay. */
class PoliciesInServiceTest {

  private static final String HOST = "Host: localhost";

  private final Vertx vertx = VertxFactory.create();

  @TempDir Path directory;

  @AfterEach
  void close() {
    Await.result(vertx.close());
  }

  private RelayConfig config(String yaml) throws IOException {
    Path file = directory.resolve("relay.yaml");
    Files.writeString(file, yaml);
    return switch (ConfigLoader.load(file, name -> null)) {
      case ConfigResult.Loaded(RelayConfig config, var warnings) -> config;
      case ConfigResult.Invalid(var problems) -> throw new AssertionError(problems.toString());
    };
  }

  private static RelayServer start(Vertx vertx, RelayConfig config) {
    return Await.result(RelayServer.start(vertx, config, StartOptions.DEFAULTS));
  }

  private void document(String name, String inbound) throws IOException {
    Files.writeString(
        directory.resolve(name), "<policies><inbound><base />" + inbound + "</inbound></policies>");
  }

  @Test
  void documentsReachTheirApiTheirBackendsAndTheExternalCacheAndAreReloaded() throws Exception {
    document("global.xml", "<set-header name=\"X-Global\"><value>{{word}}</value></set-header>");
    Files.writeString(
        directory.resolve("global.xml"),
        Files.readString(directory.resolve("global.xml"))
            .replace("</policies>", "<backend><forward-request /></backend></policies>"));
    document(
        "api.xml",
        "<cache-lookup-value key=\"k\" variable-name=\"v\" default-value=\"none\" caching-type=\"external\" />"
            + "<cache-store-value key=\"k\" value=\"kept\" duration=\"60\" caching-type=\"external\" />"
            + "<set-header name=\"X-Value\"><value>@((string)context.Variables[\"v\"])</value></set-header>");
    try (var redis = RedisProcess.open();
        var backend = FakeUpstream.start(vertx)) {
      backend.always((seen, response) ->
          response.end(
              seen.uri()
                  + " "
                  + seen.fields().first("X-Global").orElse("")
                  + " "
                  + seen.fields().first("X-Value").orElse("")));
      String yaml =
          """
          server: {listen: "127.0.0.1:0"}
          management: {listen: "127.0.0.1:0"}
          apis:
            - {name: web, path: /web, backend: "%s", strip_path: true, policy: api.xml}
          policies:
            global: global.xml
            named_values: {word: WORD}
            external_cache: {endpoints: ["%s"], deadline: 2s}
          """
              .formatted(backend.origin(), redis.endpoint());
      RelayServer server = start(vertx, config(yaml.replace("WORD", "one")));

      assertEquals("/a one none", ask(server));
      Waiting.until(() -> ask(server).equals("/a one kept"), "the value is in redis");
      redis.kill();
      assertEquals("/a one none", ask(server));

      server.reload(config(yaml.replace("WORD", "two")));
      assertEquals("/a two none", ask(server));
      Await.result(server.stop());
    }
  }

  @Test
  void valuesAreFilledInAndTheExternalCacheIsEmptiedFromOutside() throws Exception {
    document(
        "api.xml",
        """
        <cache-lookup-value key="theme" variable-name="a" default-value="no" caching-type="external" />
        <cache-lookup-value key="theme" variable-name="b" default-value="no" caching-type="internal" />
        <cache-lookup-value key="stock" variable-name="c" default-value="@(0)" />
        <return-response><set-body>@((string)context.Variables["a"] + " " + context.Variables["b"] + " " + (context.Variables["c"] is int ? context.Variables["c"] : ((JObject)context.Variables["c"])["left"]))</set-body></return-response>
        """);
    try (var redis = RedisProcess.open();
        var backend = FakeUpstream.start(vertx)) {
      String yaml =
          """
          server: {listen: "127.0.0.1:0"}
          management: {listen: "127.0.0.1:0"}
          apis:
            - {name: web, path: /web, backend: "%s", strip_path: true, policy: api.xml}
          policies:
            external_cache: {endpoints: ["%s"], deadline: 2s}
          """
              .formatted(backend.origin(), redis.endpoint());
      RelayServer server = start(vertx, config(yaml));
      assertEquals("no no 0", ask(server));

      String filled =
          manage(
              server,
              "/admin/cache/values",
              "application/x-ndjson",
              """
              {"key": "theme", "value": "dark", "duration": 60, "cache": "external"}
              {"key": "theme", "value": "light", "duration": 60, "cache": "internal"}
              {"key": "stock", "value": {"left": 7}, "duration": 60}
              {"key": "stock", "value": 7}
              """);
      assertTrue(filled.contains("\"stored\":3"), filled);
      assertTrue(filled.contains("duration: expected"), filled);
      assertEquals("dark light 7", ask(server));

      String one = "{\"key\": \"theme\", \"value\": null, \"cache\": \"internal\"}";
      manage(server, "/admin/cache/values", "application/x-ndjson", one);
      assertEquals("dark no 7", ask(server));

      String counted = purge(server, "{\"external\": true, \"dryRun\": true}");
      assertTrue(counted.contains("\"matched\":2,\"removed\":0"), counted);
      assertEquals("dark no 7", ask(server));
      String purged = purge(server, "{\"external\": true}");
      assertTrue(purged.contains("\"removed\":2"), purged);
      assertEquals("no no 0", ask(server));

      redis.kill();
      assertTrue(purge(server, "{\"external\": true}").contains("does not answer"));
      Await.result(server.stop());
    }
  }

  private static String purge(RelayServer server, String order) {
    return manage(server, "/admin/cache/purge", "application/json", order);
  }

  private static String manage(RelayServer server, String path, String type, String content) {
    return RawHttp.send(
            server.managementPort().orElseThrow(),
            "POST %s HTTP/1.1\r\n%s\r\nConnection: close\r\nContent-Type: %s\r\nContent-Length: %d\r\n\r\n%s"
                .formatted(path, HOST, type, content.length(), content))
        .body();
  }

  private static String ask(RelayServer server) {
    try {
      return RawHttp.ask(server.port(), "GET", "/web/a", HOST).body();
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }
}
