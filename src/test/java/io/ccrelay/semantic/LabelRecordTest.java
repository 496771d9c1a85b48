package io.ccrelay.semantic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ccrelay.cache.Key;
import io.ccrelay.semantic.LabelRecord.OfEntry;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Labels outlive the process, whole or not at all")
class LabelRecordTest {

  private static final LabelRecord RECORD =
      new LabelRecord(
          7, 1, List.of(new OfEntry(Key.of("a"), 3, false), new OfEntry(Key.of("b"), 0, true)));

  @Test
  void theyAreReadAsTheyWereWritten() {
    assertEquals(Optional.of(RECORD), LabelRecord.decode("basis", RECORD.encode("basis"), 2));
  }

  @Test
  void ofOtherSettingsOrTooManyTheyAreNotTaken() {
    byte[] bytes = RECORD.encode("basis");
    assertEquals(Optional.empty(), LabelRecord.decode("other", bytes, 2));
    assertEquals(Optional.empty(), LabelRecord.decode("basis", bytes, 1));
  }

  @Test
  void damagedInAnyPlaceOrCutTheyAreNotTaken() {
    byte[] bytes = RECORD.encode("basis");
    for (int i = 0; i < bytes.length; i++) {
      byte[] damaged = bytes.clone();
      damaged[i] ^= 0x10;
      assertEquals(Optional.empty(), LabelRecord.decode("basis", damaged, 2), "byte " + i);
      assertEquals(
          Optional.empty(), LabelRecord.decode("basis", java.util.Arrays.copyOf(bytes, i), 2));
    }
  }

  @Test
  void moreWrongOnesThanLabelsAreRefused() {
    assertThrows(IllegalArgumentException.class, () -> new LabelRecord(1, 2, List.of()));
  }

  @Test
  void aStandingGoesOnFromThem() {
    var standing = new Standing(SemanticOptions.Audit.DEFAULTS);
    standing.label(Key.of("c"), true);
    standing.restore(RECORD);
    assertEquals(8, standing.labels());
    assertEquals(1, standing.wrong());
    assertTrue(standing.isQuarantined(Key.of("b")));
    assertEquals(WrongHitBound.upper(8, 1, 0.05), standing.bound(), 1e-9);
    assertEquals(3, standing.record().entries().size());
  }
}
