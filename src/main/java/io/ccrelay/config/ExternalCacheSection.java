package io.ccrelay.config;

import io.ccrelay.cache.RedisOptions;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads {@code policies.external_cache}: servers that speak the Redis protocol. */
final class ExternalCacheSection {

  private static final RedisOptions DEFAULTS = RedisOptions.standalone("127.0.0.1:6379");
  private static final Duration SHORTEST = Duration.ofMillis(1);
  private static final Duration LONGEST = Duration.ofSeconds(60);

  private ExternalCacheSection() {}

  /** What documents call it in {@code cache-id}; empty if there is none. */
  static Optional<String> id(Section policies) {
    return policies.has("external_cache")
        ? Optional.of(policies.section("external_cache").text("id", "default"))
        : Optional.empty();
  }

  static Optional<RedisOptions> read(Section policies) {
    if (!policies.has("external_cache")) {
      return Optional.empty();
    }
    var section = policies.section("external_cache");
    var _ = section.text("id", "");
    var options =
        new RedisOptions(
            section.choice("kind", RedisOptions.Kind.STANDALONE, kinds()),
            endpoints(section),
            section.text("master_name", ""),
            section.text("user", ""),
            section.text("password", ""),
            section.flag("tls", false),
            section.text("certificate_authority", ""),
            section.text("prefix", DEFAULTS.prefix()),
            (int) section.whole("connections", DEFAULTS.connections(), 1, 1000),
            (int) section.whole("waiting", DEFAULTS.waiting(), 0, 1_000_000),
            section.duration("deadline", DEFAULTS.deadline(), SHORTEST, LONGEST));
    if (options.kind() == RedisOptions.Kind.SENTINEL && options.masterName().isEmpty()) {
      section.problem("master_name", "is required with sentinels");
    }
    section.finish(UnknownKeys.REFUSED);
    return Optional.of(options);
  }

  private static Map<String, RedisOptions.Kind> kinds() {
    var kinds = new LinkedHashMap<String, RedisOptions.Kind>();
    kinds.put("standalone", RedisOptions.Kind.STANDALONE);
    kinds.put("sentinel", RedisOptions.Kind.SENTINEL);
    kinds.put("cluster", RedisOptions.Kind.CLUSTER);
    return kinds;
  }

  private static List<String> endpoints(Section section) {
    List<String> endpoints = section.textOrTexts("endpoints");
    if (endpoints.isEmpty()) {
      section.problem("endpoints", "is required (expected: host:port or a list)");
    }
    for (String endpoint : endpoints) {
      if (HostPort.parse(endpoint).filter(at -> !at.host().isEmpty()).isEmpty()) {
        section.problem("endpoints", Shown.value(endpoint) + " must be host:port");
      }
    }
    return endpoints;
  }
}
