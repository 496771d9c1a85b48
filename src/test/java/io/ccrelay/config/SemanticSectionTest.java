package io.ccrelay.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ccrelay.semantic.SemanticOptions;
import io.ccrelay.semantic.SemanticOptions.EmbedderType;
import io.ccrelay.semantic.SemanticOptions.Measure;
import io.ccrelay.semantic.SemanticOptions.Mode;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code cache.semantic}. */
class SemanticSectionTest {

  private static SemanticOptions read(String yaml) {
    return Configs.loaded(Configs.yaml(yaml)).semantic();
  }

  @Test
  void itIsOffByDefaultAndInShadowModeWhenOn() {
    assertEquals(SemanticOptions.DEFAULTS, read("cache: {mode: single}"));
    assertFalse(SemanticOptions.DEFAULTS.enabled());
    var on = read("cache: {semantic: {enabled: true}}");
    assertTrue(on.enabled());
    assertEquals(Mode.SHADOW, on.mode());
    assertEquals(EmbedderType.LOCAL, on.embedder().type());
  }

  @Test
  void everySettingIsRead() {
    var all =
        read(
            """
            cache:
              semantic:
                enabled: true
                mode: serve
                min_similarity: 0.85
                max_temperature: 0
                max_messages: 1
                max_question_chars: 500
                deadline: 80ms
                max_entries: 10
                max_partition_entries: 9
                max_scope_entries: 8
                embedder: {type: http, base_url: "http://e/v1/", model: m, key: k, workers: 2, queue: 3, batch: 4}
                audit: {share: 0.1, max_error: 0.01, confidence: 0.99, entry_labels: 2}
                compare: {by: judge, similarity: 0.8, base_url: "https://j/v1", model: j, key: s}
            """);
    assertEquals(Mode.SERVE, all.mode());
    assertEquals(0.85, all.minSimilarity());
    assertEquals(0, all.maxTemperature());
    assertEquals(Duration.ofMillis(80), all.deadline());
    assertEquals(new SemanticOptions.Index(10, 9, 8, SemanticOptions.Place.MEMORY), all.index());
    assertEquals("http://e/v1", all.embedder().baseUrl());
    assertEquals(4, all.embedder().batch());
    assertEquals(Optional.of(0.01), all.audit().maxError());
    assertEquals(2, all.audit().entryLabels());
    assertEquals(Measure.JUDGE, all.comparison().measure());
    assertFalse(all.toString().contains("key") || all.toString().contains("=k"), all::toString);
  }

  @Test
  void tomlMeansTheSame() {
    var toml =
        Configs.loaded(
            Configs.toml(
                "[cache.semantic]\nenabled = true\nmin_similarity = 0.9\nmode = \"serve\""));
    assertEquals(0.9, toml.semantic().minSimilarity());
    assertEquals(Mode.SERVE, toml.semantic().mode());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          min_similarity: 2 | conf.yaml:1:37: cache.semantic.min_similarity: is 2.0 (expected: from 0.0 to 1.0)
          min_similarity: x | conf.yaml:1:37: cache.semantic.min_similarity: (expected: a number)
          mode: on | conf.yaml:1:27: cache.semantic.mode: unknown value "on" (expected: shadow, serve)
          similarity: 1 | conf.yaml:1:21: cache.semantic.similarity: unknown key
          embedder: {type: http, model: m} | is required because embedder.type is http
          compare: {by: judge, base_url: 'http://j'} | is required because compare.by is judge
          index: redis | needs policies.external_cache
          audit: {share: 0, max_error: 0.1} | max_error would never be checked
          embedder: {base_url: 'ftp://x'} | must be http:// or https://
          """)
  void mistakesAreReportedWithTheirPlace(String setting, String expected) {
    var result = Configs.yaml("cache: {semantic: {enabled: true, " + setting + "}}");
    String problem = Configs.problem(result);
    String start = expected.replaceFirst("^conf.yaml:1:\\d+: ", "");
    assertTrue(problem.contains(start), problem);
    assertTrue(problem.matches("conf.yaml:1:\\d+: .*"), problem);
  }

  @Test
  void aMisspeltSectionIsNoticed() {
    assertTrue(Configs.problem(Configs.yaml("cache: {semantics: {}}")).contains("semantic"));
  }
}
