package io.ccrelay.config;

import io.ccrelay.admin.ManagementOptions;
import io.ccrelay.proxy.ServerOptions;
import io.ccrelay.tracing.TracingOptions;
import io.ccrelay.upstream.Origin;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Reads the whole tree into a {@link RelayConfig}: one reader for each section. */
final class ConfigBinder {

  private ConfigBinder() {}

  /**
   * The configuration {@code root} describes; usable only if {@code problems} has no error.
   *
   * @param files reads what it names
   * @param environment gives null for unset variables
   */
  static RelayConfig bind(
      Node.Mapping root,
      Problems problems,
      PolicyFiles files,
      UnaryOperator<@Nullable String> environment) {
    var file = new Section(problems, "", root);
    var server = ServerSection.read(file.section("server"));
    var management = ManagementSection.read(file.section("management"));
    var cache = file.section("cache");
    var responses = cache.section("responses");
    var cassette = CassetteSection.read(responses);
    var apis = ApisSection.read(file, files);
    var policies = file.section("policies");
    var externalCache = ExternalCacheSection.read(policies);
    var config =
        new RelayConfig(
            server,
            ProvidersSection.read(file),
            RoutingSection.read(file.section("routing"), file.section("health")),
            CacheSection.read(cache, ClusterSection.isMember(environment)),
            ResponsesSection.read(responses),
            management,
            LoggingSection.read(file.section("logging")),
            apis.options(),
            PoliciesSection.read(policies, apis.entities(), files, environment, problems),
            externalCache,
            SemanticSection.read(cache.section("semantic"), externalCache),
            tracing(file.section("tracing")),
            cassette);
    cache.finish(UnknownKeys.ignoredUnlessLike("deadline", "responses", "semantic", "persistence"));
    checkListeners(file, server, management);
    file.withoutEffect("grpc", "metrics", "circuit_breaker");
    file.finish(UnknownKeys.ignoredUnlessLike("management", "apis", "policies", "tracing"));
    return config;
  }

  private static TracingOptions tracing(Section tracing) {
    var options =
        new TracingOptions(
            tracing.text("otlp", ""),
            tracing.decimal("sample").map(Number::doubleValue).orElse(1.0));
    if (options.enabled() && Origin.parse(options.otlp()).isEmpty()) {
      tracing.problem("otlp", "must be a URL such as http://localhost:4318/v1/traces");
    }
    if (!(options.sample() >= 0 && options.sample() <= 1)) {
      tracing.problem("sample", "must be from 0 to 1");
    }
    tracing.finish(UnknownKeys.REFUSED);
    return options;
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
