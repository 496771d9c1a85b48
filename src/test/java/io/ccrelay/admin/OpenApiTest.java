package io.ccrelay.admin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ccrelay.testing.Await;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** The description of the management listener says what the listener has, no more and no less. */
class OpenApiTest {

  /** The page and what it is made of describe themselves. */
  private static final Set<String> ASSETS =
      Set.of("/", "/dashboard.js", "/dashboard.css", "/chart.js", "/openapi.yaml");

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

  /** As they are mounted, whatever way. A route for all methods cannot be described: none is. */
  private static Set<String> served() {
    var vertx = Vertx.vertx();
    try {
      var routes = new TreeSet<String>();
      var admin = Listeners.deploy(vertx, List.of(), new MapCache(), new ScriptedPurger());
      for (var route : admin.routes()) {
        if (route.getPath() != null && !ASSETS.contains(route.getPath())) {
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
