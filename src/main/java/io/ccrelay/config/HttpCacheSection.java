package io.ccrelay.config;

import io.ccrelay.http.HttpCacheOptions;
import io.ccrelay.http.QueryRules;
import io.ccrelay.proxy.ApiOptions.Caching;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads {@code apis[].http_cache}: {@code on} and {@code off}, or a section. */
final class HttpCacheSection {

  private static final HttpCacheOptions DEFAULTS = HttpCacheOptions.DEFAULTS;
  private static final Duration LONGEST = Duration.ofDays(365);
  private static final long LARGEST = 1L << 30;

  private HttpCacheSection() {}

  static Optional<Caching> read(Section api) {
    if (!api.has("http_cache")) {
      return Optional.empty();
    }
    if (api.isScalar("http_cache")) {
      return api.flag("http_cache", false) ? Optional.of(Caching.DEFAULTS) : Optional.empty();
    }
    var section = api.section("http_cache");
    boolean enabled = section.flag("enabled", true);
    var caching = caching(section);
    section.finish(UnknownKeys.REFUSED);
    return enabled ? Optional.of(caching) : Optional.empty();
  }

  private static Caching caching(Section section) {
    var key = section.section("key");
    var caching =
        new Caching(
            rules(section, key),
            new QueryRules(Set.copyOf(key.texts("ignore_query")), key.flag("sort_query", false)),
            Set.copyOf(key.texts("credential_query")),
            section.size("max_entry_bytes", Caching.DEFAULTS.maxEntryBytes(), 0, LARGEST));
    key.finish(UnknownKeys.REFUSED);
    return caching;
  }

  private static HttpCacheOptions rules(Section section, Section key) {
    return new HttpCacheOptions(
        targeted(section),
        section.flag("heuristic", DEFAULTS.heuristic()),
        window(section, "heuristic_cap", DEFAULTS.heuristicCap()),
        window(section, "default_ttl", DEFAULTS.defaultTtl()),
        window(section, "stale_while_revalidate", DEFAULTS.staleWhileRevalidate()),
        window(section, "stale_if_error", DEFAULTS.staleIfError()),
        window(section, "stale_if_disconnected", DEFAULTS.staleIfDisconnected()),
        section.flag("set_cookie", DEFAULTS.storeSetCookie()),
        credentials(key),
        (int) section.whole("max_variants", DEFAULTS.maxVariants(), 1, 1000),
        DEFAULTS.maxRanges());
  }

  private static List<String> targeted(Section section) {
    return section.has("targeted_fields")
        ? section.texts("targeted_fields")
        : DEFAULTS.targetedFields();
  }

  /** {@code Authorization} is a credential whatever the file says (RFC 9111 section 3.5). */
  private static Set<String> credentials(Section key) {
    var names = new HashSet<>(DEFAULTS.credentialFields());
    names.addAll(key.texts("credential_headers"));
    return names;
  }

  private static Duration window(Section section, String key, Duration fallback) {
    return section.duration(key, fallback, Duration.ZERO, LONGEST);
  }
}
