package io.ccrelay.config;

import io.ccrelay.cache.CacheOptions;
import io.ccrelay.cache.CacheOptions.Local;
import io.ccrelay.cache.CacheOptions.Mode;
import io.ccrelay.cache.CacheOptions.Persistence;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** Reads {@code cache} without {@code cache.responses}. */
final class CacheSection {

  private static final CacheOptions DEFAULTS = CacheOptions.DEFAULTS;

  private static final Map<String, Mode> MODES = modes();

  private CacheSection() {}

  /** Reads it for a process that is to join the cluster, if {@code member}. */
  static CacheOptions read(Section cache, boolean member) {
    Mode mode = mode(cache);
    return new CacheOptions(
        mode,
        cache.duration(
            "deadline", DEFAULTS.deadline(), Duration.ofMillis(1), Duration.ofSeconds(30)),
        local(cache.section("ristretto"), mode),
        ClusterSection.read(cache.section("olric"), mode == Mode.HA, member),
        NodeSection.read(cache.section("cluster")),
        persistence(cache.section("persistence"), mode));
  }

  private static Optional<Persistence> persistence(Section section, Mode mode) {
    String directory = section.text("directory", "");
    Duration interval =
        section.duration(
            "interval", Persistence.DEFAULT_INTERVAL, Duration.ofSeconds(1), Duration.ofDays(1));
    section.finish(UnknownKeys.REFUSED);
    if (!directory.isEmpty() && mode != Mode.SINGLE) {
      section.problem("directory", "is for cache.mode: single only");
    }
    return directory.isEmpty()
        ? Optional.empty()
        : Optional.of(new Persistence(directory, interval));
  }

  /** Absent is the default; an empty text, as from an unset variable in quotes, is refused. */
  private static Mode mode(Section cache) {
    if (cache.text("mode").filter(String::isEmpty).isPresent()) {
      cache.problem(
          "mode",
          "a mode is required (expected: %s)%s"
              .formatted(Section.list(MODES), cache.becauseUnset("mode")));
    }
    return cache.choice("mode", DEFAULTS.mode(), MODES);
  }

  private static Local local(Section ristretto, Mode mode) {
    boolean checked = mode == Mode.SINGLE;
    var options =
        new Local(
            positive(ristretto, "num_counters", Local.DEFAULTS.numCounters(), checked),
            positive(ristretto, "max_cost", Local.DEFAULTS.maxCost(), checked),
            positive(ristretto, "buffer_items", Local.DEFAULTS.bufferItems(), false));
    ristretto.finish(UnknownKeys.IGNORED);
    return options;
  }

  private static long positive(Section section, String key, long fallback, boolean checked) {
    var value = section.whole(key);
    boolean given = value.filter(Predicate.<Long>not(number -> number > 0)).isPresent();
    if (given && checked) {
      section.problem(key, "must be positive, is " + value.get());
    }
    return value.filter(number -> number > 0).orElse(fallback);
  }

  private static Map<String, Mode> modes() {
    var modes = new LinkedHashMap<String, Mode>();
    modes.put("single", Mode.SINGLE);
    modes.put("ha", Mode.HA);
    modes.put("disabled", Mode.DISABLED);
    return modes;
  }
}
