package io.ccrelay.semantic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("The bound on wrong hits holds at every moment and tightens with labels")
class WrongHitBoundTest {

  @Test
  void withoutLabelsNothingIsKnown() {
    assertEquals(1, WrongHitBound.upper(0, 0, 0.05));
    assertEquals(1, WrongHitBound.upper(5, 5, 0.05));
  }

  @ParameterizedTest
  @CsvSource({"907, 0.1", "984, 0.05", "1161, 0.01"})
  void thisManyRightLabelsCertifyOnePercent(int labels, double alpha) {
    assertTrue(WrongHitBound.upper(labels, 0, alpha) <= 0.01);
    assertTrue(WrongHitBound.upper(labels - 1, 0, alpha) > 0.01);
  }

  @Test
  void nonsenseIsRefused() {
    assertThrows(IllegalArgumentException.class, () -> WrongHitBound.upper(1, 2, 0.05));
    assertThrows(IllegalArgumentException.class, () -> WrongHitBound.upper(1, -1, 0.05));
    assertThrows(IllegalArgumentException.class, () -> WrongHitBound.upper(1, 0, 0));
    assertThrows(IllegalArgumentException.class, () -> WrongHitBound.upper(1, 0, 1));
  }

  @Property(tries = 300)
  void itIsAShareAboveWhatWasSeen(
      @ForAll @IntRange(max = 100_000) int labels, @ForAll @IntRange(max = 100_000) int some) {
    int wrong = Math.min(labels, some);
    double bound = WrongHitBound.upper(labels, wrong, 0.05);
    assertTrue(bound <= 1 && bound >= (labels == 0 ? 1 : (double) wrong / labels));
  }

  @Property(tries = 300)
  void aRightLabelLowersItAndAWrongOneRaisesIt(
      @ForAll @IntRange(min = 1, max = 5000) int labels, @ForAll @IntRange(max = 5000) int some) {
    int wrong = Math.min(labels, some);
    double bound = WrongHitBound.upper(labels, wrong, 0.05);
    assertTrue(WrongHitBound.upper(labels + 1, wrong, 0.05) <= bound + 1e-12);
    assertTrue(WrongHitBound.upper(labels + 1, wrong + 1, 0.05) >= bound - 1e-12);
    assertTrue(WrongHitBound.upper(labels, wrong, 0.01) >= bound - 1e-12);
  }

  /** 400 histories of 600 labels, looked at after each: at most one in twenty may ever fail. */
  @ParameterizedTest
  @CsvSource({"0.01", "0.05", "0.3"})
  void lookingAfterEveryLabelDoesNotBreakIt(double share) {
    var random = new SplittableRandom(7);
    int broken = 0;
    for (int history = 0; history < 400; history++) {
      broken += everBelow(share, random) ? 1 : 0;
    }
    assertTrue(broken <= 20, () -> "broken in this many of 400 histories at " + share);
  }

  private static boolean everBelow(double share, SplittableRandom random) {
    int wrong = 0;
    for (int labels = 1; labels <= 600; labels++) {
      wrong += random.nextDouble() < share ? 1 : 0;
      if (labels % 5 == 0 && WrongHitBound.upper(labels, wrong, 0.05) < share) {
        return true;
      }
    }
    return false;
  }
}
