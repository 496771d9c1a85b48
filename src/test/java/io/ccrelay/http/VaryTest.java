package io.ccrelay.http;

import static io.ccrelay.testing.HttpMessages.OPTIONS;
import static io.ccrelay.testing.HttpMessages.date;
import static io.ccrelay.testing.HttpMessages.get;
import static io.ccrelay.testing.HttpMessages.stored;
import static io.ccrelay.testing.HttpMessages.storedFor;
import static io.ccrelay.testing.HttpMessages.variant;
import static io.ccrelay.testing.HttpMessages.variantFor;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Chars;
import org.junit.jupiter.api.Test;

/** RFC 9111 section 4.1. */
class VaryTest {

  @Test
  void namesComeFromAllLinesWithoutLetterCase() {
    var vary = Vary.of(Fields.of("Vary", "B, a", "vary", "c,,A"));
    assertEquals(List.of("a", "b", "c"), vary.names());
    assertFalse(vary.any());
    assertTrue(Vary.of(Fields.none()).isNone());
    assertFalse(vary.isNone());
  }

  @Test
  void aStarAnywhereMatchesNothing() {
    var vary = Vary.of(Fields.of("Vary", "a", "Vary", "b, *"));
    assertTrue(vary.any());
    assertFalse(vary.matches(Fields.none(), Fields.none()));
    assertEquals(Optional.empty(), Variants.choose(List.of(variant("Vary", "*")), get()));
  }

  @Test
  void everyNamedFieldMustMatch() {
    var vary = Vary.of(Fields.of("Vary", "A, B"));
    assertTrue(vary.matches(Fields.of("a", "1", "b", "2"), Fields.of("B", "2", "A", "1")));
    assertFalse(vary.matches(Fields.of("a", "1", "b", "2"), Fields.of("a", "1", "b", "3")));
    assertFalse(vary.matches(Fields.of("a", "1", "b", "2"), Fields.of("a", "1")));
    assertTrue(vary.matches(Fields.of("a", "1", "c", "2"), Fields.of("a", "1", "c", "3")));
  }

  @Test
  void absentMatchesOnlyAbsent() {
    var vary = Vary.of(Fields.of("Vary", "a, b"));
    assertTrue(vary.matches(Fields.none(), Fields.none()));
    assertFalse(vary.matches(Fields.none(), Fields.of("a", "")));
    assertFalse(vary.matches(Fields.of("a", "x"), Fields.of("b", "x")));
  }

  @Test
  void blanksAroundCommasAndTheSplitIntoLinesMeanNothing() {
    var vary = Vary.of(Fields.of("Vary", "x"));
    assertTrue(vary.matches(Fields.of("x", "a,b"), Fields.of("x", "a \t, b")));
    assertTrue(vary.matches(Fields.of("x", "a", "x", "b"), Fields.of("x", "a, b")));
    assertFalse(vary.matches(Fields.of("x", "a,b"), Fields.of("x", "b,a")));
    assertFalse(vary.matches(Fields.of("x", "a"), Fields.of("x", "A")));
    assertFalse(vary.matches(Fields.of("x", "\"a, b\""), Fields.of("x", "\"a,b\"")));
    assertFalse(vary.matches(Fields.of("x", "a,,b"), Fields.of("x", "a,b")));
  }

  @Test
  void orderAndCaseOfMembersOfEqualWeightMeanNothing() {
    var vary = Vary.of(Fields.of("Vary", "Accept-Language, Accept-Encoding"));
    assertTrue(
        vary.matches(
            Fields.of("Accept-Language", "de, EN;q=0.5"),
            Fields.of("accept-language", "en ; q=0.50,DE;q=1.000")));
    assertTrue(
        vary.matches(
            Fields.of("Accept-Encoding", "gzip, br"), Fields.of("Accept-Encoding", "BR,gzip")));
    assertFalse(
        vary.matches(
            Fields.of("Accept-Language", "de, en;q=0.5"),
            Fields.of("Accept-Language", "en, de;q=0.5")));
    assertFalse(
        vary.matches(
            Fields.of("Accept-Language", "de;q=0.5"), Fields.of("Accept-Language", "de;q=0.51")));
    assertFalse(
        vary.matches(Fields.of("Accept-Language", "de;q=x"), Fields.of("Accept-Language", "de")));
  }

  @Test
  void theSelectingFieldsAreKeptAsReceived() {
    assertEquals(
        Fields.of("a", "1", "A", "2"),
        Vary.of(Fields.of("Vary", "A")).select(Fields.of("a", "1", "b", "x", "A", "2")));
  }

  @Test
  void theVariantWhoseFieldsMatchIsChosen() {
    var de = variantFor("Foo", "1");
    var en = variantFor("Foo", "2");
    assertEquals(Optional.of(en), Variants.choose(List.of(de, en), get("foo", "2")));
    assertEquals(Optional.of(de), Variants.choose(List.of(de, en), get("foo", "1")));
    assertEquals(Optional.empty(), Variants.choose(List.of(de, en), get("foo", "3")));
    assertEquals(Optional.empty(), Variants.choose(List.of(de, en), get()));
  }

  @Test
  void ofSeveralThatFitTheNewestIsChosen() {
    var old = variantFor("Foo", "1", "Date", date(-10));
    var recent = variantFor("Foo", "1", "Date", date(-5));
    assertEquals(Optional.of(recent), Variants.choose(List.of(old, recent), get("foo", "1")));
    assertEquals(Optional.of(recent), Variants.choose(List.of(recent, old), get("foo", "1")));
  }

  @Test
  void ofSeveralThatFitByDifferentFieldsTheNewestIsChosen() {
    var request = get("foo", "1", "bar", "1", "baz", "1");
    for (String newest : List.of("Foo", "Bar", "Baz")) {
      var stored =
          Stream.of("Foo", "Bar", "Baz")
              .map(name -> variantFor(name, "1", "Date", date(name.equals(newest) ? -1 : -5)))
              .toList();
      var chosen = Variants.choose(stored, request).orElseThrow();
      assertEquals(newest, chosen.response().fields().first("Vary").orElse(""));
    }
  }

  @Test
  void responsesWithoutVaryAreComparedByTheNewestVary() {
    var plain = variant("Cache-Control", "max-age=9", "Date", date(0));
    var varied = variantFor("Foo", "1", "Date", date(-5));
    var stored = List.of(plain, varied);
    assertEquals(Optional.of(varied), Variants.choose(stored, get("foo", "1")));
    assertEquals(Optional.of(plain), Variants.choose(stored, get()));
    assertEquals(Optional.empty(), Variants.choose(stored, get("foo", "2")));
    var newer = variantFor("Bar", "1", "Date", date(-1));
    assertEquals(
        Optional.of(plain), Variants.choose(List.of(varied, plain, newer), get("foo", "2")));
  }

  @Test
  void theFavouriteLanguageChoosesAmongVariants() {
    var de = language("de-CH", "de-CH");
    var en = language("en", "en");
    var stored = List.of(de, en);
    assertEquals(
        Optional.of(de), Variants.choose(stored, get("Accept-Language", "en;q=0.5, de-ch")));
    assertEquals(
        Optional.of(en), Variants.choose(stored, get("Accept-Language", "en, de-CH;q=0.9")));
    assertEquals(Optional.empty(), Variants.choose(stored, get("Accept-Language", "en, de-CH")));
    assertEquals(Optional.empty(), Variants.choose(stored, get("Accept-Language", "fr, en;q=0.1")));
    assertEquals(Optional.empty(), Variants.choose(stored, get("Accept-Language", "en;q=0")));
    assertEquals(Optional.empty(), Variants.choose(stored, get("Accept-Language", "")));
  }

  @Test
  void theLanguageAloneDoesNotChooseWhereOtherFieldsSelectToo() {
    var response =
        storedFor(
            Fields.of("Accept-Language", "de", "Foo", "1"),
            200,
            "Vary",
            "Accept-Language, Foo",
            "Content-Language",
            "de");
    var stored = List.of(Variant.of(response, OPTIONS));
    assertTrue(
        Variants.choose(stored, get("Accept-Language", "de, en;q=0.1", "Foo", "1")).isPresent());
    assertFalse(
        Variants.choose(stored, get("Accept-Language", "de, en;q=0.1", "Foo", "2")).isPresent());
    var notByLanguage = List.of(variantFor("Foo", "1", "Content-Language", "de"));
    assertFalse(
        Variants.choose(notByLanguage, get("Accept-Language", "de", "Foo", "2")).isPresent());
  }

  @Test
  void aCompleteResponseIsChosenBeforeAPartThatLacksTheRange() {
    var part =
        new StoredResponse(
            206,
            Fields.of("Date", date(9), "Content-Range", "bytes 0-4/100"),
            Fields.none(),
            stored().requestTime(),
            stored().responseTime(),
            5,
            Optional.of(new ContentRange(0, 4, 100)),
            false);
    var partial = Variant.of(part, OPTIONS);
    var whole = variant("Date", date(0));
    var stored = List.of(partial, whole);
    assertEquals(Optional.of(whole), Variants.choose(stored, get()));
    assertEquals(Optional.of(whole), Variants.choose(stored, get("Range", "bytes=0-9")));
    assertEquals(Optional.of(partial), Variants.choose(stored, get("Range", "bytes=1-4")));
    assertEquals(Optional.of(partial), Variants.choose(List.of(partial), get()));
  }

  @Property
  void matchingIsSymmetricUnderNormalisation(
      @ForAll @Chars({'a', 'B', ',', ' ', ';', 'q', '=', '0', '.', '5', '"'}) String one,
      @ForAll @Chars({'a', 'b', ',', ' ', ';', 'q', '=', '0', '.', '5', '"'}) String other) {
    for (String name : List.of("accept-language", "x")) {
      var vary = Vary.of(Fields.of("Vary", name));
      var left = Fields.of(name, one);
      var right = Fields.of(name, other);
      assertEquals(vary.matches(left, right), vary.matches(right, left));
      assertTrue(vary.matches(left, left));
      var normal = Fields.of(name, Vary.normalised("x", one));
      assertTrue(vary.matches(left, normal));
    }
  }

  @Property
  void everyOrderOfMembersSelectsTheSame(@ForAll java.util.Random random) {
    var members = new ArrayList<>(List.of("de", "en;q=0.5", "fr;q=0.5", "it", "*;q=0.1"));
    java.util.Collections.shuffle(members, random);
    assertTrue(
        Vary.of(Fields.of("Vary", "Accept-Language"))
            .matches(
                Fields.of("Accept-Language", "it, de, fr;q=0.5, en;q=0.5, *;q=0.1"),
                Fields.of("Accept-Language", String.join(" , ", members))));
  }

  private static Variant language(String asked, String content) {
    return variantFor("Accept-Language", asked, "Content-Language", content);
  }
}
