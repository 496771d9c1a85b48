package io.ccrelay.config;

import io.ccrelay.admin.ManagementOptions;
import io.ccrelay.proxy.ServerOptions;

/** Reads the whole tree into a {@link RelayConfig}: one reader for each section. */
final class ConfigBinder {

  private ConfigBinder() {}

  /** The configuration {@code root} describes; usable only if {@code problems} has no error. */
  static RelayConfig bind(Node.Mapping root, Problems problems) {
    var file = new Section(problems, "", root);
    var server = ServerSection.read(file.section("server"));
    var management = ManagementSection.read(file.section("management"));
    var cache = file.section("cache");
    var responses = cache.section("responses");
    var cassette = CassetteSection.read(responses);
    var config =
        new RelayConfig(
            server,
            ProvidersSection.read(file),
            RoutingSection.read(file.section("routing"), file.section("health")),
            CacheSection.read(cache),
            ResponsesSection.read(responses),
            management,
            LoggingSection.read(file.section("logging")),
            ApisSection.read(file),
            cassette);
    cache.finish(UnknownKeys.ignoredUnlessLike("deadline", "responses", "persistence"));
    checkListeners(file, server, management);
    file.withoutEffect("grpc", "metrics", "circuit_breaker");
    file.finish(UnknownKeys.ignoredUnlessLike("management", "apis"));
    return config;
  }

  private static void checkListeners(
      Section file, ServerOptions server, ManagementOptions management) {
    boolean same =
        management.enabled()
            && server.port() != 0
            && server.port() == management.port()
            && server.host().equals(management.host());
    if (same) {
      file.problem("management", "listens where server.listen does (expected: another port)");
    }
  }
}
