package io.ccrelay.semantic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ccrelay.semantic.Evaluation.Pair;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The report on pairs that are known. */
class EvaluationTest {

  private final Evaluation evaluation = new Evaluation(0.8);

  @Test
  void hitsAreCountedByThresholdVetoAndLanguage() {
    evaluation.add(new Pair(true, "en", 0.9, Set.of()));
    evaluation.add(new Pair(true, "en", 0.7, Set.of()));
    evaluation.add(new Pair(true, "en", 0.95, Set.of(Veto.SLOT)));
    evaluation.add(new Pair(false, "en", 0.99, Set.of(Veto.NUMBER)));
    evaluation.add(new Pair(false, "de", 0.85, Set.of()));
    var all = evaluation.quality("");
    assertEquals(0.5, all.precision());
    assertEquals(1 / 3.0, all.recall());
    assertEquals(0.4, all.hitRate());
    assertEquals(1, evaluation.quality("en").precision());
    assertEquals(0, evaluation.quality("de").right());
    assertTrue(evaluation.lines().stream().anyMatch(line -> line.matches("slot +0 +0 +1")));
    assertTrue(evaluation.lines().stream().anyMatch(line -> line.matches("number +1 +1 +0")));
  }

  @Test
  void withoutPairsNothingIsWrong() {
    assertEquals(1, evaluation.quality("").precision());
    assertEquals(1, evaluation.quality("").recall());
    assertEquals(0, evaluation.quality("").hitRate());
  }
}
