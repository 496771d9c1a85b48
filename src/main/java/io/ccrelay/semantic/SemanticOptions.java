package io.ccrelay.semantic;

import java.time.Duration;
import java.util.Optional;

/**
 * The {@code cache.semantic} section.
 *
 * @param enabled false by default: similar questions are not looked for
 * @param mode whether answers are served or only compared
 * @param minSimilarity least cosine of two questions, from 0 to 1
 * @param rewordedSimilarity least cosine of two questions in quite other words; absent = they are
 *     never taken for the same
 * @param maxTemperature requests above it are not looked at; an absent temperature counts as 1
 * @param maxMessages longer conversations are not looked at
 * @param maxQuestion longest question in characters
 * @param deadline longest wait for an embedding or a search
 * @param index bounds of the index
 * @param audit how often a hit is compared with the true answer
 * @param embedder who embeds
 * @param comparison how two answers are compared
 */
public record SemanticOptions(
    boolean enabled,
    Mode mode,
    double minSimilarity,
    Optional<Double> rewordedSimilarity,
    double maxTemperature,
    int maxMessages,
    int maxQuestion,
    Duration deadline,
    Index index,
    Audit audit,
    EmbedderOptions embedder,
    Comparison comparison) {

  /** Off; when on: shadow mode, local embedder. */
  public static final SemanticOptions DEFAULTS =
      new SemanticOptions(
          false,
          Mode.SHADOW,
          0.7,
          Optional.of(0.86),
          1.0,
          3,
          2000,
          Duration.ofMillis(250),
          Index.DEFAULTS,
          Audit.DEFAULTS,
          EmbedderOptions.DEFAULTS,
          Comparison.DEFAULTS);

  /** What becomes of a match. */
  public enum Mode {
    /** Upstream answers; its answer is compared with the one that would have been served. */
    SHADOW,
    /** The stored answer is served. */
    SERVE
  }

  /** Where questions are searched. */
  public enum Place {
    /** In this process. */
    MEMORY,
    /** In the Redis server of policies, if it has vector sets; else in this process. */
    REDIS
  }

  /**
   * Bounds of the index.
   *
   * @param entries most questions remembered
   * @param perPartition most questions in one partition
   * @param perScope most questions of one scope
   * @param place where they are
   */
  public record Index(int entries, int perPartition, int perScope, Place place) {

    /** 100 000, 25 000 and 10 000 in this process. */
    public static final Index DEFAULTS = new Index(100_000, 25_000, 10_000, Place.MEMORY);
  }

  /**
   * How the share of wrong hits is watched.
   *
   * @param share of hits that go upstream all the same, from 0 to 1
   * @param maxError answers are served only while the bound is at or under this; absent = no limit
   * @param confidence that the bound holds, such as 0.95
   * @param entryLabels right labels an entry needs before it may serve
   */
  public record Audit(double share, Optional<Double> maxError, double confidence, int entryLabels) {

    /** 2 of 100, no limit, 95 %, no label. */
    public static final Audit DEFAULTS = new Audit(0.02, Optional.empty(), 0.95, 0);
  }

  /** Who embeds. */
  public enum EmbedderType {
    /** A model in this process. */
    LOCAL,
    /** An OpenAI-compatible service. */
    HTTP
  }

  /**
   * The embedder.
   *
   * @param baseUrl of the service, with its version such as {@code /v1}
   * @param model as the service names it
   * @param key bearer token, may be empty
   * @param workers threads of the local model and of the search
   * @param queue most questions that wait
   * @param batch most questions in one request to the service
   */
  public record EmbedderOptions(
      EmbedderType type,
      String baseUrl,
      String model,
      String key,
      int workers,
      int queue,
      int batch) {

    /** Local, one worker, 64 waiting. */
    public static final EmbedderOptions DEFAULTS =
        new EmbedderOptions(EmbedderType.LOCAL, "", "", "", 1, 64, 16);

    @Override
    public String toString() {
      return "EmbedderOptions(" + type + " " + model + ")";
    }
  }

  /** How two answers are compared. */
  public enum Measure {
    /** Equal but for case, white space and punctuation. */
    EQUALITY,
    /** Embeddings at least as similar as {@link Comparison#similarity}. */
    SIMILARITY,
    /** A model is asked. */
    JUDGE
  }

  /**
   * The comparison.
   *
   * @param similarity least cosine of two answers that say the same
   * @param baseUrl of the judge's service, with its version such as {@code /v1}
   * @param model the judge
   * @param key bearer token, may be empty
   */
  public record Comparison(
      Measure measure, double similarity, String baseUrl, String model, String key) {

    /** Similarity of at least 0.9. */
    public static final Comparison DEFAULTS = new Comparison(Measure.SIMILARITY, 0.9, "", "", "");

    @Override
    public String toString() {
      return "Comparison(" + measure + " " + model + ")";
    }
  }
}
