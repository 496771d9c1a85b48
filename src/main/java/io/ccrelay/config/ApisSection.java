package io.ccrelay.config;

import io.ccrelay.policy.ApiEntity;
import io.ccrelay.proxy.ApiOptions;
import io.ccrelay.proxy.ApiOptions.Timeouts;
import io.ccrelay.upstream.BackendTls;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads {@code apis}. */
final class ApisSection {

  /** Scheme, host, port and path; neither credentials nor a query. */
  static final Pattern BACKEND =
      Pattern.compile(
          "(?i)https?://(?:[a-z0-9._-]+|\\[[0-9a-f:.]+\\])(?::[0-9]{1,5})?(?:/[^?#@\\s]*)?");

  private static final Pattern PATH = Pattern.compile("/[!-~&&[^?#\\\\]]*");
  private static final Pattern METHOD = Pattern.compile("[A-Z][A-Z-]*");
  private static final Duration SHORTEST = Duration.ofMillis(1);
  private static final Duration LONGEST = Duration.ofDays(1);

  private ApisSection() {}

  /**
   * What {@code apis} says.
   *
   * @param options how each API is served
   * @param entities what policy documents know of each
   */
  record Apis(List<ApiOptions> options, List<ApiEntity> entities) {}

  static Apis read(Section file, PolicyFiles files) {
    var names = new HashSet<String>();
    var paths = new HashSet<String>();
    var ids = new HashSet<String>();
    var apis = new ArrayList<ApiOptions>();
    var entities = new ArrayList<ApiEntity>();
    for (Section entry : file.sections("apis")) {
      String name = entry.text("name", "");
      if (name.isEmpty()) {
        entry.problem("name", "is required");
      } else if (!names.add(name)) {
        entry.problem("name", Shown.value(name) + " is the name of another API");
      }
      ApiOptions api = api(entry, name);
      if (!paths.add(api.path())) {
        entry.problem("path", Shown.value(api.path()) + " is the path of another API");
      }
      ApiEntity entity = OperationsSection.read(entry, api, files);
      if (!ids.add(entity.id()) && entry.has("id")) {
        entry.problem("id", Shown.value(entity.id()) + " is the id of another API");
      }
      entry.finish(UnknownKeys.REFUSED);
      apis.add(api);
      entities.add(entity);
    }
    return new Apis(apis, entities);
  }

  private static ApiOptions api(Section section, String name) {
    var api =
        new ApiOptions(
            name,
            path(section),
            backends(section),
            section.flag("preserve_host", false),
            section.flag("strip_path", false),
            methods(section),
            timeouts(section.section("timeouts")),
            tls(section),
            HttpCacheSection.read(section));
    return api;
  }

  private static String path(Section section) {
    String path = section.text("path", "/");
    boolean normal =
        PATH.matcher(path).matches()
            && !path.contains("//")
            && !(path + "/").contains("/./")
            && !(path + "/").contains("/../");
    if (!normal) {
      section.problem("path", "must begin with / and have neither query nor empty or dot segments");
    }
    return path.length() > 1 && path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
  }

  private static List<String> backends(Section section) {
    var backends = section.textOrTexts("backend");
    if (backends.isEmpty()) {
      section.problem("backend", "is required (expected: a URL or a list of URLs)");
    }
    for (String backend : backends) {
      if (!BACKEND.matcher(backend).matches()) {
        section.problem(
            "backend", "must be http:// or https:// with a host, without user, query or fragment");
      }
    }
    return backends.stream().map(backend -> backend.replaceAll("/+$", "")).toList();
  }

  private static Set<String> methods(Section section) {
    var methods = section.texts("methods");
    for (String method : methods) {
      if (!METHOD.matcher(method).matches()) {
        section.problem(
            "methods", Shown.value(method) + " is no method (expected: such as GET or POST)");
      }
    }
    return Set.copyOf(methods);
  }

  /** Of a peer that proves nothing only the word {@code insecure} makes a backend. */
  private static BackendTls tls(Section section) {
    var tls = section.section("tls");
    var options =
        new BackendTls(
            optional(tls, "trust"),
            optional(tls, "server_name"),
            !tls.flag("insecure", false),
            tls.flag("http2", false));
    options
        .trust()
        .filter(file -> !Files.isReadable(Path.of(file)))
        .ifPresent(file -> tls.problem("trust", Shown.value(file) + " cannot be read"));
    if (!options.verified()) {
      tls.warning("insecure", "whoever answers at the address is taken for the backend");
    }
    tls.finish(UnknownKeys.REFUSED);
    return options;
  }

  private static Optional<String> optional(Section section, String key) {
    return Optional.of(section.text(key, "")).filter(text -> !text.isEmpty());
  }

  private static Timeouts timeouts(Section section) {
    Timeouts defaults = Timeouts.DEFAULTS;
    var timeouts =
        new Timeouts(
            section.duration("connect", defaults.connect(), SHORTEST, LONGEST),
            section.duration("first_byte", defaults.firstByte(), SHORTEST, LONGEST),
            section.duration("between_bytes", defaults.betweenBytes(), SHORTEST, LONGEST),
            Optional.of(section.duration("total", Duration.ZERO, Duration.ZERO, LONGEST))
                .filter(Duration::isPositive));
    section.finish(UnknownKeys.REFUSED);
    return timeouts;
  }
}
