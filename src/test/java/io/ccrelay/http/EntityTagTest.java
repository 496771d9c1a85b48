package io.ccrelay.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Chars;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 9110 section 8.8.3. */
class EntityTagTest {

  private static final EntityTag STRONG = new EntityTag("a", false);
  private static final EntityTag WEAK = new EntityTag("a", true);

  @ParameterizedTest
  @ValueSource(strings = {"\"\"", "\"a\"", "W/\"a\"", "W/\"\"", "\"a\\\"", "\"a,b\"", "\"\u00e9\""})
  void tagsAreKeptByteForByte(String text) {
    assertEquals(text, EntityTag.parse(text).orElseThrow().text());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "\"",
        "a",
        "\"a",
        "a\"",
        "w/\"a\"",
        "W/",
        "W/\"",
        "W/a",
        "\"a b\"",
        "\"a\"b\"",
        "'a'",
        "\"\u007f\"",
        "*"
      })
  void everythingElseIsNoTag(String text) {
    assertEquals(Optional.empty(), EntityTag.parse(text));
  }

  @Test
  void strongComparisonNeedsTwoStrongTags() {
    assertTrue(STRONG.equalsStrongly(STRONG));
    assertFalse(STRONG.equalsStrongly(WEAK));
    assertFalse(WEAK.equalsStrongly(STRONG));
    assertFalse(WEAK.equalsStrongly(WEAK));
    assertFalse(STRONG.equalsStrongly(new EntityTag("A", false)));
  }

  @Test
  void weakComparisonIgnoresTheMark() {
    assertTrue(STRONG.equalsWeakly(WEAK));
    assertTrue(WEAK.equalsWeakly(WEAK));
    assertFalse(WEAK.equalsWeakly(new EntityTag("b", true)));
  }

  @Test
  void listsAreSplitOutsideOfTags() {
    assertEquals(
        List.of(new EntityTag("a,b", false), WEAK, new EntityTag("\\", false)),
        EntityTag.list("\"a,b\" ,, W/\"a\", nonsense,\"\\\""));
    assertEquals(List.of(), EntityTag.list(""));
  }

  @Property
  void everyListIsReadWithoutFailure(
      @ForAll @Chars({'"', ',', 'W', '/', 'a', ' ', '\\'}) String text) {
    for (EntityTag tag : EntityTag.list(text)) {
      assertTrue(text.contains(tag.text()));
    }
  }
}
