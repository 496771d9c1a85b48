package io.ccrelay.config;

import io.ccrelay.cache.RedisOptions;
import io.ccrelay.semantic.SemanticOptions;
import io.ccrelay.semantic.SemanticOptions.Audit;
import io.ccrelay.semantic.SemanticOptions.Comparison;
import io.ccrelay.semantic.SemanticOptions.EmbedderOptions;
import io.ccrelay.semantic.SemanticOptions.EmbedderType;
import io.ccrelay.semantic.SemanticOptions.Index;
import io.ccrelay.semantic.SemanticOptions.Measure;
import io.ccrelay.semantic.SemanticOptions.Mode;
import io.ccrelay.semantic.SemanticOptions.Place;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads {@code cache.semantic}; every unknown key in it is an error. */
final class SemanticSection {

  private static final SemanticOptions DEFAULTS = SemanticOptions.DEFAULTS;

  /** Scheme, host, port and path; neither credentials nor a query. */
  private static final Pattern URL =
      Pattern.compile("(?i)https?://[a-z0-9._\\[\\]:-]+(?:/[^?#@\\s]*)?");

  private SemanticSection() {}

  /**
   * Reads {@code semantic}.
   *
   * @param server that of {@code policies.external_cache}, if there is one
   */
  static SemanticOptions read(Section semantic, Optional<RedisOptions> server) {
    boolean enabled = semantic.flag("enabled", DEFAULTS.enabled());
    EmbedderOptions embedder = embedder(semantic.section("embedder"), enabled);
    var options =
        new SemanticOptions(
            enabled,
            semantic.choice("mode", DEFAULTS.mode(), names(Mode.values())),
            semantic.decimal("min_similarity", DEFAULTS.minSimilarity(), 0, 1),
            semantic.decimal("reworded_similarity", 0, 1).or(() -> reworded(embedder)),
            semantic.decimal("max_temperature", DEFAULTS.maxTemperature(), 0, 2),
            (int) semantic.whole("max_messages", DEFAULTS.maxMessages(), 1, 100),
            (int) semantic.whole("max_question_chars", DEFAULTS.maxQuestion(), 1, 4000),
            semantic.duration(
                "deadline", DEFAULTS.deadline(), Duration.ofMillis(1), Duration.ofSeconds(30)),
            index(semantic, server),
            audit(semantic.section("audit")),
            embedder,
            comparison(semantic.section("compare"), enabled));
    semantic.finish(UnknownKeys.REFUSED);
    return options;
  }

  /** The default was measured with the local model; what others make of two questions differs. */
  private static Optional<Double> reworded(EmbedderOptions embedder) {
    return embedder.type() == EmbedderType.LOCAL ? DEFAULTS.rewordedSimilarity() : Optional.empty();
  }

  private static Index index(Section semantic, Optional<RedisOptions> server) {
    Index defaults = Index.DEFAULTS;
    Place place = semantic.choice("index", defaults.place(), names(Place.values()));
    boolean searches = server.isPresent() && server.get().kind() != RedisOptions.Kind.CLUSTER;
    if (place == Place.REDIS && !searches) {
      semantic.problem(
          "index",
          "is redis, which needs policies.external_cache to name a server or its sentinels");
    }
    return new Index(
        (int) semantic.whole("max_entries", defaults.entries(), 1, 10_000_000),
        (int) semantic.whole("max_partition_entries", defaults.perPartition(), 1, 1_000_000),
        (int) semantic.whole("max_scope_entries", defaults.perScope(), 1, 10_000_000),
        place);
  }

  private static Audit audit(Section audit) {
    Audit defaults = Audit.DEFAULTS;
    var read =
        new Audit(
            audit.decimal("share", defaults.share(), 0, 1),
            audit.decimal("max_error", 0, 1),
            audit.decimal("confidence", defaults.confidence(), 0.5, 0.9999),
            (int) audit.whole("entry_labels", defaults.entryLabels(), 0, 1000));
    if (read.maxError().isPresent() && read.share() == 0) {
      audit.problem("share", "is 0, so that max_error would never be checked (expected: above 0)");
    }
    audit.finish(UnknownKeys.REFUSED);
    return read;
  }

  private static EmbedderOptions embedder(Section embedder, boolean enabled) {
    EmbedderOptions defaults = EmbedderOptions.DEFAULTS;
    EmbedderType type = embedder.choice("type", defaults.type(), names(EmbedderType.values()));
    boolean needed = enabled && type == EmbedderType.HTTP;
    var read =
        new EmbedderOptions(
            type,
            url(embedder, needed, "embedder.type is http"),
            model(embedder, needed, "embedder.type is http"),
            embedder.text("key", ""),
            (int) embedder.whole("workers", defaults.workers(), 1, 64),
            (int) embedder.whole("queue", defaults.queue(), 1, 10_000),
            (int) embedder.whole("batch", defaults.batch(), 1, 64));
    embedder.finish(UnknownKeys.REFUSED);
    return read;
  }

  private static Comparison comparison(Section compare, boolean enabled) {
    Comparison defaults = Comparison.DEFAULTS;
    Measure measure = compare.choice("by", defaults.measure(), names(Measure.values()));
    boolean needed = enabled && measure == Measure.JUDGE;
    var read =
        new Comparison(
            measure,
            compare.decimal("similarity", defaults.similarity(), 0, 1),
            url(compare, needed, "compare.by is judge"),
            model(compare, needed, "compare.by is judge"),
            compare.text("key", ""));
    compare.finish(UnknownKeys.REFUSED);
    return read;
  }

  private static String url(Section section, boolean needed, String why) {
    String url = section.text("base_url", "");
    if (url.isEmpty() && needed) {
      section.problem("base_url", "is required because " + why);
    } else if (!url.isEmpty() && !URL.matcher(url).matches()) {
      section.problem(
          "base_url", "must be http:// or https:// with a host, without user, query or fragment");
    }
    return url.replaceAll("/+$", "");
  }

  private static String model(Section section, boolean needed, String why) {
    String model = section.text("model", "");
    if (model.isEmpty() && needed) {
      section.problem("model", "is required because " + why);
    }
    return model;
  }

  private static <E extends Enum<E>> Map<String, E> names(E[] values) {
    var names = new LinkedHashMap<String, E>();
    for (E value : values) {
      names.put(value.name().toLowerCase(Locale.ROOT), value);
    }
    return names;
  }
}
