package io.ccrelay.admin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ccrelay.cache.Bytes;
import io.ccrelay.cache.Entry;
import io.ccrelay.cache.Key;
import io.ccrelay.cache.Usage;
import io.ccrelay.http.Fields;
import io.ccrelay.testing.Await;
import io.ccrelay.testing.RawHttp;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** The description of the management listener says what the listener has, no more and no less. */
class OpenApiTest {

  private static final Entry ENTRY =
      new Entry(
          200,
          Entry.Form.JSON,
          Instant.EPOCH,
          Duration.ofMinutes(5),
          Duration.ZERO,
          Fields.none(),
          List.of("tag"),
          Map.of("model", "m"),
          Usage.NONE,
          Bytes.utf8("{}"));

  /** The page and what it is made of describe themselves. */
  private static final Set<String> ASSETS =
      Set.of("/", "/dashboard.css", "/chart.js", "/openapi.yaml");

  private static boolean isAsset(String path) {
    return ASSETS.contains(path) || path.startsWith("/dashboard/");
  }

  @Test
  void everyRouteIsDescribedAndNothingElse() throws IOException {
    assertEquals(served(), described());
  }

  @Test
  @SuppressWarnings("unchecked")
  void everyReferenceHasATarget() throws IOException {
    String text = new String(open().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
    var document = document();
    var matcher = Pattern.compile("#/([a-z]+)/([a-z]+)/([A-Za-z]+)").matcher(text);
    int references = 0;
    while (matcher.find()) {
      var group = (Map<String, Map<String, Object>>) document.get(matcher.group(1));
      assertTrue(group.get(matcher.group(2)).containsKey(matcher.group(3)), matcher.group());
      references++;
    }
    assertTrue(references > 5);
  }

  /** Each answer, of success or refusal, is of a status and a form that the description has. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "200 | operator | GET /health/live | /health/live |",
        "200 | operator | GET /health/ready | /health/ready |",
        "200 | reader | GET /admin/cache/stats | /admin/cache/stats |",
        "200 | reader | GET /admin/cache/stats?cluster=true | /admin/cache/stats |",
        "401 | nobody | GET /admin/cache/stats | /admin/cache/stats |",
        "200 | reader | GET /admin/cache/ping | /admin/cache/ping |",
        "401 | nobody | GET /admin/cache/ping | /admin/cache/ping |",
        "200 | reader | GET /admin/cluster | /admin/cluster |",
        "401 | nobody | GET /admin/live | /admin/live |",
        "200 | reader | GET /metrics | /metrics |",
        "401 | nobody | GET /metrics | /metrics |",
        "200 | reader | GET /admin/cache/entries | /admin/cache/entries |",
        "200 | reader | GET /admin/cache/entries?limit=1 | /admin/cache/entries |",
        "400 | reader | GET /admin/cache/entries?limit=501 | /admin/cache/entries |",
        "400 | reader | GET /admin/cache/entries?after=xyz | /admin/cache/entries |",
        "200 | reader | GET /admin/cache/entries/00ff10 | /admin/cache/entries/{key} |",
        "404 | reader | GET /admin/cache/entries/00 | /admin/cache/entries/{key} |",
        "400 | reader | GET /admin/cache/entries/0 | /admin/cache/entries/{key} |",
        "403 | reader | DELETE /admin/cache/entries/00ff10 | /admin/cache/entries/{key} |",
        "404 | operator | DELETE /admin/cache/entries/00 | /admin/cache/entries/{key} |",
        "204 | operator | DELETE /admin/cache/entries/00ff10 | /admin/cache/entries/{key} |",
        "200 | operator | GET /admin/cache/entries/00ff10/content | /admin/cache/entries/{key}/content |",
        "403 | reader | GET /admin/cache/entries/00ff10/content | /admin/cache/entries/{key}/content |",
        "404 | operator | GET /admin/cache/entries/00/content | /admin/cache/entries/{key}/content |",
        "200 | operator | POST /admin/cache/purge | /admin/cache/purge | {\"all\": true}",
        "400 | operator | POST /admin/cache/purge | /admin/cache/purge | {}",
        "400 | operator | POST /admin/cache/purge | /admin/cache/purge | {\"key\": \"xyz\"}",
        "403 | reader | POST /admin/cache/purge | /admin/cache/purge | {\"all\": true}",
        "200 | reader | POST /admin/cache/explain | /admin/cache/explain | {\"path\": \"/v1/x\"}",
        "400 | reader | POST /admin/cache/explain | /admin/cache/explain | []",
        "200 | operator | POST /admin/cache/import | /admin/cache/import | {}",
        "403 | reader | POST /admin/cache/import | /admin/cache/import | {}",
        "200 | operator | POST /admin/cache/preload | /admin/cache/preload | {}",
        "200 | operator | POST /admin/cache/values | /admin/cache/values | {}",
        "403 | reader | GET /admin/cache/export | /admin/cache/export |",
        "200 | reader | GET /admin/requests | /admin/requests |",
        "400 | reader | GET /admin/requests?outcome=hits | /admin/requests |",
        "400 | reader | GET /admin/requests?limit=0 | /admin/requests |",
      })
  void everyAnswerIsAsDescribed(
      int status, String who, String request, String path, @Nullable String body)
      throws IOException {
    var vertx = Vertx.vertx();
    try {
      var cache = new MapCache();
      cache.entries.put(Key.ofHex("00ff10"), ENTRY);
      cache.entries.put(Key.ofHex("11ff10"), ENTRY);
      var tokens =
          List.of(
              new ManagementOptions.Token("reader", "reader", Role.READ),
              new ManagementOptions.Token("operator", "operator", Role.OPERATE));
      var admin = Listeners.deploy(vertx, tokens, cache, new ScriptedPurger());
      var answer = RawHttp.send(admin.actualPort(), sent(request, who, path, body));
      assertEquals(status, answer.status(), answer.text());
      String method = request.substring(0, request.indexOf(' ')).toLowerCase(Locale.ROOT);
      Map<String, Object> told = at(document(), "paths", path, method, "responses", "" + status);
      new Described(document()).response(told, answer.body());
    } finally {
      Await.result(vertx.close());
    }
  }

  private static String sent(String request, String who, String path, @Nullable String body) {
    String content = body == null ? "" : body;
    String type =
        List.of("import", "preload", "values").stream().anyMatch(path::endsWith)
            ? "application/x-ndjson"
            : "application/json";
    return request
        + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nAuthorization: Bearer "
        + who
        + "\r\nContent-Type: "
        + type
        + "\r\nContent-Length: "
        + content.length()
        + "\r\n\r\n"
        + content;
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> at(Map<String, Object> place, String... names) {
    Map<String, Object> at = place;
    for (String name : names) {
      assertTrue(at.containsKey(name), name + " is not described among " + at.keySet());
      at = (Map<String, Object>) at.get(name);
    }
    return at;
  }

  /** As much of JSON Schema as the description uses. */
  private record Described(Map<String, Object> document) {

    void response(Map<String, Object> told, String body) {
      Map<String, Object> response = resolved(told);
      if (response.get("content") == null) {
        return;
      }
      Map<String, Object> content = at(response, "content");
      if (content.containsKey("application/json")) {
        fits(at(content, "application/json", "schema"), Json.decodeValue(body), "the answer");
      }
    }

    private Map<String, Object> resolved(Map<String, Object> told) {
      return told.get("$ref") instanceof String reference
          ? at(document, reference.substring(2).split("/", -1))
          : told;
    }

    private void fits(Map<String, Object> told, @Nullable Object value, String where) {
      Map<String, Object> schema = resolved(told);
      if (schema.get("enum") instanceof List<?> some) {
        assertTrue(some.contains(value), where + ": " + value);
      }
      switch (String.valueOf(schema.get("type"))) {
        case "string" -> assertTrue(value instanceof String, where + ": " + value);
        case "boolean" -> assertTrue(value instanceof Boolean, where + ": " + value);
        case "number" -> assertTrue(value instanceof Number, where + ": " + value);
        case "integer" ->
            assertTrue(value instanceof Integer || value instanceof Long, where + ": " + value);
        case "array" -> {
          assertTrue(value instanceof JsonArray, where + ": " + value);
          ((JsonArray) value).forEach(one -> fits(at(schema, "items"), one, where + "[]"));
        }
        case "object" -> object(schema, (JsonObject) Objects.requireNonNull(value), where);
        default -> {}
      }
    }

    @SuppressWarnings("unchecked")
    private void object(Map<String, Object> schema, JsonObject value, String where) {
      var required = (List<String>) schema.getOrDefault("required", List.of());
      assertTrue(value.fieldNames().containsAll(required), () -> where + ": " + value);
      if (schema.containsKey("properties")) {
        value.forEach(one ->
            fits(
                at(schema, "properties", one.getKey()),
                one.getValue(),
                where + "." + one.getKey()));
      }
    }
  }

  /** As they are mounted, whatever way. A route for all methods cannot be described: none is. */
  private static Set<String> served() {
    var vertx = Vertx.vertx();
    try {
      var routes = new TreeSet<String>();
      var admin = Listeners.deploy(vertx, List.of(), new MapCache(), new ScriptedPurger());
      for (var route : admin.routes()) {
        if (route.getPath() != null && !isAsset(route.getPath())) {
          String path = route.getPath().replaceAll(":(\\w+)", "{$1}");
          assertNotNull(route.methods(), path);
          route.methods().stream()
              .filter(method -> !method.equals(HttpMethod.HEAD))
              .forEach(it -> routes.add(it.name().toLowerCase(Locale.ROOT) + " " + path));
        }
      }
      return routes;
    } finally {
      Await.result(vertx.close());
    }
  }

  @SuppressWarnings("unchecked")
  private static Set<String> described() throws IOException {
    var routes = new TreeSet<String>();
    var paths = (Map<String, Map<String, Object>>) document().get("paths");
    paths.forEach((path, operations) ->
        operations.keySet().stream()
            .filter(method -> !method.equals("parameters"))
            .forEach(method -> routes.add(method + " " + path)));
    return routes;
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> document() throws IOException {
    try (InputStream file = open()) {
      return (Map<String, Object>)
          new Load(LoadSettings.builder().build()).loadFromInputStream(file);
    }
  }

  private static InputStream open() {
    return Objects.requireNonNull(AdminVerticle.class.getResourceAsStream("openapi.yaml"));
  }
}
