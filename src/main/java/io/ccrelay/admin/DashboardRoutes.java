package io.ccrelay.admin;

import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.Router;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The page of the dashboard and what it is made of, read once. They tell nothing, so they are open
 * to everybody who reaches the port; what the page shows is asked for with the reader's token.
 * Confined to the verticle's context.
 */
final class DashboardRoutes {

  private static final String CHARTS = "/META-INF/resources/webjars/chart.js/4.5.1/dist/";
  private static final String HTML = "text/html; charset=utf-8";
  private static final String SCRIPT = "text/javascript; charset=utf-8";
  private static final String STYLE = "text/css; charset=utf-8";

  private static final List<String> MODULES =
      List.of(
          "main",
          "page",
          "relay",
          "feed",
          "totals",
          "charts",
          "requests",
          "entries",
          "purge",
          "explain",
          "cluster",
          "similar");

  private final Buffer page;
  private final Map<String, Buffer> modules = new HashMap<>();
  private final Buffer style;
  private final Buffer charts;
  private final Buffer description;

  private DashboardRoutes(String version) {
    String shown = version.replaceAll("[^A-Za-z0-9.+-]", "");
    page = Buffer.buffer(read("dashboard/index.html").toString().replace("{version}", shown));
    MODULES.forEach(name -> modules.put(name, read("dashboard/" + name + ".js")));
    style = read("dashboard/dashboard.css");
    charts = read(CHARTS + "chart.umd.min.js");
    description = read("openapi.yaml");
  }

  /** Reads everything from the jar, which takes milliseconds: for a worker. */
  static DashboardRoutes ofVersion(String version) {
    return new DashboardRoutes(version);
  }

  void mount(Router router) {
    serve(router, "/", HTML, page);
    modules.forEach((name, it) -> serve(router, "/dashboard/" + name + ".js", SCRIPT, it));
    serve(router, "/dashboard.css", STYLE, style);
    serve(router, "/chart.js", SCRIPT, charts);
    serve(router, "/openapi.yaml", "application/yaml", description);
  }

  private static void serve(Router router, String path, String type, Buffer content) {
    router.get(path).handler(context -> Replies.asset(context, type, content));
  }

  private static Buffer read(String name) {
    try (InputStream file = DashboardRoutes.class.getResourceAsStream(name)) {
      return Buffer.buffer(Objects.requireNonNull(file, name).readAllBytes());
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }
}
