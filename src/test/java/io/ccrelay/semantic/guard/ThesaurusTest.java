package io.ccrelay.semantic.guard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Words mean the same only in the commonest senses of both")
class ThesaurusTest {

  private static Thesaurus.Entry entry(String words) {
    return Thesaurus.get().entry(words);
  }

  @ParameterizedTest
  @CsvSource({
    "car, automobile",
    "purchased, bought",
    "constructing, built",
    "consequences, effects",
    "happens, takes place",
    "salary, wages"
  })
  void synonymsInAnyInflection(String one, String other) {
    assertTrue(entry(one).isSynonymOf(entry(other)));
    assertTrue(entry(other).isSynonymOf(entry(one)));
  }

  @ParameterizedTest
  @CsvSource({
    "java, coffee",
    "kill, stop",
    "function, procedure",
    "class, course",
    "table, board",
    "key, paint",
    "tree, corner",
    "bug, insect",
    "save, rescue",
    "save, economize",
    "drive, ride",
    "copy, imitate",
    "cause, effect",
    "big, small"
  })
  void wordsThatShareOnlyARareSenseOrATermAreNone(String one, String other) {
    assertFalse(entry(one).isSynonymOf(entry(other)));
  }

  @Test
  void nounsOfDeedsAndOfDoersAreKnownApart() {
    assertTrue(entry("configure").isDeedOf(entry("configuration")));
    assertTrue(entry("inventors").isDoerOf(entry("invented")));
    assertFalse(entry("invention").isDoerOf(entry("invented")));
    assertFalse(entry("employee").isDoerOf(entry("employ")));
    assertFalse(entry("employer").isDeedOf(entry("employ")));
  }

  @Test
  void placesAndPeopleAreKnown() {
    assertTrue(Thesaurus.get().isPlace("peruvian", "peru"));
    assertFalse(Thesaurus.get().isPlace("peruvian", "chile"));
    assertTrue(Thesaurus.get().isPerson("scientist"));
    assertTrue(Thesaurus.get().isPerson("team"));
    assertFalse(Thesaurus.get().isPerson("river"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"order", "orders", "ordering", "ordered", "women", "whether", "paris"})
  void wordsAndNamesAreWordsInAnyInflection(String word) {
    assertTrue(Lexicon.knows(word));
  }

  @ParameterizedTest
  @ValueSource(strings = {"kichen", "diferent", "chemcial", "nginx"})
  void whatIsMisspeltIsNone(String word) {
    assertFalse(Lexicon.knows(word));
  }

  @ParameterizedTest
  @CsvSource({
    "kichen, kitchen, true",
    "diferent, different, true",
    "desert, dessert, false",
    "sudo, judo, false",
    "ipad, ipod, false",
    "prednisone, prednisolone, false"
  })
  void aLetterLeftOutIsASlipIfItLeavesNoWord(String one, String other, boolean slip) {
    assertEquals(slip, Misspelling.of(one, other));
    assertEquals(slip, Misspelling.of(other, one));
  }

  @Test
  void theResourcesAreWhatTheirSourceMakes() throws IOException {
    assertEquals(ThesaurusSource.lines(), Files.readAllLines(ThesaurusSource.RESOURCE));
    assertEquals(ThesaurusSource.words(), Files.readAllLines(ThesaurusSource.LEXICON));
  }
}
