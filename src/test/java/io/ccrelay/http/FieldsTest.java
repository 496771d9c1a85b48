package io.ccrelay.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** RFC 9110 sections 5.1 to 5.3. */
class FieldsTest {

  private static final Fields FIELDS = Fields.of("A", "1", "b", "2", "a", "3");

  @Test
  void namesAreComparedWithoutLetterCase() {
    assertEquals(Optional.of("1"), FIELDS.first("a"));
    assertEquals(List.of("1", "3"), FIELDS.all("A"));
    assertTrue(FIELDS.has("B"));
    assertFalse(FIELDS.has("c"));
  }

  @Test
  void repeatedLinesAreJoinedByCommas() {
    assertEquals(Optional.of("1, 3"), FIELDS.joined("a"));
    assertEquals(Optional.empty(), FIELDS.joined("c"));
  }

  @Test
  void orderAndRepetitionStay() {
    var names = new ArrayList<String>();
    FIELDS.forEach(line -> names.add(line.name()));
    assertEquals(List.of("A", "b", "a"), names);
    assertEquals(Fields.of("A", "1", "b", "2", "a", "3", "a", "4"), FIELDS.plus("a", "4"));
  }

  @Test
  void withReplacesEveryLineByOne() {
    assertEquals(Fields.of("b", "2", "A", "9"), FIELDS.with("A", "9"));
    assertEquals(Fields.of("b", "2"), FIELDS.without(line -> line.is("a")));
  }

  @Test
  void equalLinesAreEqualAndValuesStaySecret() {
    assertEquals(FIELDS, Fields.of("A", "1", "b", "2", "a", "3"));
    assertEquals(FIELDS.hashCode(), Fields.of("A", "1", "b", "2", "a", "3").hashCode());
    assertNotEquals(FIELDS, Fields.of("a", "1", "b", "2", "a", "3"));
    assertEquals("Fields(3 lines)", FIELDS.toString());
    assertSame(Fields.none(), Fields.of());
  }
}
