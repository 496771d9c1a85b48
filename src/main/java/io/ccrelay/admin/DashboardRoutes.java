package io.ccrelay.admin;

import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.Router;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
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

  private final String version;

  DashboardRoutes(String version) {
    this.version = version.replaceAll("[^A-Za-z0-9.+-]", "");
  }

  void mount(Router router) {
    String page = read("dashboard/index.html").toString().replace("{version}", version);
    serve(router, "/", HTML, Buffer.buffer(page));
    serve(router, "/dashboard.js", SCRIPT, read("dashboard/dashboard.js"));
    serve(router, "/dashboard.css", STYLE, read("dashboard/dashboard.css"));
    serve(router, "/chart.js", SCRIPT, read(CHARTS + "chart.umd.min.js"));
    serve(router, "/openapi.yaml", "application/yaml", read("openapi.yaml"));
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
