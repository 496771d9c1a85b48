package io.ccrelay.http;

import static io.ccrelay.testing.HttpMessages.OPTIONS;
import static io.ccrelay.testing.HttpMessages.THEN;
import static io.ccrelay.testing.HttpMessages.get;
import static io.ccrelay.testing.HttpMessages.variant;
import static io.ccrelay.testing.HttpMessages.variantFor;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** RFC 9111 section 4.3.1. */
class ForwardConditionsTest {

  private static final String MODIFIED = "sun, 01 Feb 2026 00:00:00 gmt";

  @Test
  void theTagsOfAllCandidatesAreSentAsReceived() {
    var one = variantFor("Foo", "1", "ETag", "W/\"1\"");
    var two = variantFor("Foo", "2", "ETag", "\"\u00e9\"");
    var three = variantFor("Foo", "3", "ETag", "\"\u00e9\"");
    assertEquals(
        Optional.of(Fields.of("foo", "1", "If-None-Match", "W/\"1\", \"\u00e9\"")),
        ForwardConditions.of(get("foo", "1"), Optional.of(one), List.of(one, two, three)));
  }

  @Test
  void lastModifiedOfTheSelectedIsSentVerbatim() {
    assertEquals(
        Optional.of(Fields.of("If-Modified-Since", MODIFIED)),
        conditions(get(), variant("Last-Modified", MODIFIED)));
    assertEquals(
        Optional.of(Fields.of("If-None-Match", "\"a\"", "If-Modified-Since", MODIFIED)),
        conditions(get(), variant("Last-Modified", MODIFIED, "ETag", "\"a\"")));
  }

  @Test
  void theClientsTagsAreJoinedAndItsDateIsReplaced() {
    assertEquals(
        Optional.of(Fields.of("X", "y", "If-None-Match", "\"c\", \"a\"")),
        conditions(
            get("if-none-match", "\"c\"", "X", "y", "If-Modified-Since", MODIFIED),
            variant("ETag", "\"a\"")));
    assertEquals(
        Optional.of(Fields.of("If-None-Match", "\"a\"")),
        conditions(get("If-None-Match", "\"a\""), variant("ETag", "\"a\"")));
  }

  @Test
  void aStarOfTheClientIsLeftToTheCache() {
    assertEquals(
        Optional.of(Fields.of("If-None-Match", "\"a\"")),
        conditions(get("If-None-Match", "*"), variant("ETag", "\"a\"")));
  }

  @Test
  void withoutValidatorsNothingIsChanged() {
    assertEquals(Optional.empty(), conditions(get("If-None-Match", "\"c\""), variant()));
    assertEquals(
        Optional.empty(),
        conditions(get(), variant("ETag", "unquoted", "Last-Modified", "yesterday")));
  }

  @Test
  void tagsOfPartsGoAlongOnlyIfTheRangeLiesInside() {
    var part =
        Variant.of(
            new StoredResponse(
                206,
                Fields.of("ETag", "\"p\"", "Last-Modified", MODIFIED),
                Fields.none(),
                THEN,
                THEN,
                10,
                Optional.of(new ContentRange(0, 9, 100)),
                false),
            OPTIONS);
    assertEquals(Optional.empty(), conditions(get(), part));
    assertEquals(Optional.empty(), conditions(get("Range", "bytes=0-10"), part));
    assertTrue(conditions(get("Range", "bytes=0-9"), part).orElseThrow().has("If-None-Match"));
    assertTrue(conditions(get("Range", "bytes=0-9"), part).orElseThrow().has("Range"));
  }

  @Test
  void aValidationOfOurOwnTakesTheSelectingFieldsAlong() {
    assertEquals(
        Fields.of("Foo", "1", "If-None-Match", "\"a\"", "If-Modified-Since", MODIFIED),
        ForwardConditions.background(
            variantFor("Foo", "1", "ETag", "\"a\"", "Last-Modified", MODIFIED)));
    assertEquals(Fields.none(), ForwardConditions.background(variant()));
  }

  @Test
  void aTagTheClientListedIsTheClients() {
    var request = get("If-None-Match", "W/\"a\", \"b\"");
    assertTrue(ForwardConditions.isClients(request, new EntityTag("a", false)));
    assertFalse(ForwardConditions.isClients(request, new EntityTag("c", false)));
    assertFalse(ForwardConditions.isClients(get(), new EntityTag("a", false)));
  }

  private static Optional<Fields> conditions(CacheRequest request, Variant variant) {
    return ForwardConditions.of(request, Optional.of(variant), List.of(variant));
  }
}
