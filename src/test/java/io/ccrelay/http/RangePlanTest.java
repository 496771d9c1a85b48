package io.ccrelay.http;

import static io.ccrelay.testing.HttpMessages.DATE;
import static io.ccrelay.testing.HttpMessages.OPTIONS;
import static io.ccrelay.testing.HttpMessages.THEN;
import static io.ccrelay.testing.HttpMessages.get;
import static io.ccrelay.testing.HttpMessages.request;
import static io.ccrelay.testing.HttpMessages.stored;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ccrelay.http.PartialContent.Multipart;
import io.ccrelay.http.RangePlan.Part;
import io.ccrelay.http.RangePlan.Parts;
import io.ccrelay.http.RangePlan.Unsatisfiable;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 9110 sections 14, 15.3.7 and 15.5.17. */
class RangePlanTest {

  @ParameterizedTest
  @CsvSource({
    "bytes=0-0, 0, 0",
    "bytes=0-99, 0, 99",
    "bytes=10-19, 10, 19",
    "bytes=90-, 90, 99",
    "bytes=90-500, 90, 99",
    "bytes=90-99999999999999999999999, 90, 99",
    "bytes=-1, 99, 99",
    "bytes=-100, 0, 99",
    "bytes=-500, 0, 99",
    "BYTES=5-6, 5, 6",
    "bytes= 5-6 , 5, 6"
  })
  void oneRangeIsOnePart(String range, long first, long last) {
    assertEquals(new Part(new ContentRange(first, last, 100)), plan(range));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "bytes=100-",
        "bytes=100-200",
        "bytes=-0",
        "bytes=500-,600-",
        "bytes=99999999999999999999-"
      })
  void aRangeBeyondTheEndIsUnsatisfiable(String range) {
    assertEquals(new Unsatisfiable(100), plan(range));
    assertEquals("bytes */100", new Unsatisfiable(100).contentRange());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "bytes",
        "bytes=",
        "bytes=-",
        "bytes=5-4",
        "bytes=a-b",
        "bytes=0",
        "items=0-5",
        "bytes 0-5",
        "bytes=0-5,x",
        "bytes=0-5,9-8",
        "bytes=0--5",
        "bytes=+0-5",
        "bytes=0 - 5"
      })
  void malformedRangesAndOtherUnitsAreIgnored(String range) {
    assertEquals(RangePlan.WHOLE, plan(range));
  }

  @Test
  void severalRangesAreSeveralParts() {
    assertEquals(
        new Parts(List.of(new ContentRange(90, 99, 100), new ContentRange(0, 4, 100))),
        plan("bytes=-10, 0-4"));
    assertEquals(new Part(new ContentRange(0, 4, 100)), plan("bytes=0-4,200-"));
  }

  @Test
  void overlappingOrTooManyRangesGetTheWhole() {
    assertEquals(RangePlan.WHOLE, plan("bytes=0-4,4-9"));
    assertEquals(RangePlan.WHOLE, plan("bytes=50-60,0-50"));
    assertTrue(plan("bytes=0-4,5-9") instanceof Parts);
    assertTrue(plan("bytes=" + ranges(16)) instanceof Parts);
    assertEquals(RangePlan.WHOLE, plan("bytes=" + ranges(17)));
  }

  @Test
  void rangesAreForGetOnly() {
    assertEquals(
        RangePlan.WHOLE, RangePlan.of(request("HEAD", "Range", "bytes=0-4"), stored(), OPTIONS));
    assertEquals(RangePlan.WHOLE, RangePlan.of(get(), stored(), OPTIONS));
    assertEquals(
        RangePlan.WHOLE,
        RangePlan.of(get("Range", "bytes=0-4", "Range", "bytes=5-9"), stored(), OPTIONS));
  }

  @Test
  void onlyA200IsDivided() {
    assertEquals(RangePlan.WHOLE, RangePlan.of(get("Range", "bytes=0-4"), stored(404), OPTIONS));
  }

  @Test
  void aFailingIfRangeGetsTheWhole() {
    var response = stored("ETag", "\"a\"");
    assertEquals(
        RangePlan.WHOLE,
        RangePlan.of(get("Range", "bytes=0-4", "If-Range", "\"b\""), response, OPTIONS));
    assertEquals(
        new Part(new ContentRange(0, 4, 100)),
        RangePlan.of(get("Range", "bytes=0-4", "If-Range", "\"a\""), response, OPTIONS));
  }

  @Test
  void aStoredPartAnswersByItsPlaceInTheWhole() {
    var part =
        new StoredResponse(
            206,
            Fields.none(),
            Fields.none(),
            THEN,
            THEN,
            10,
            Optional.of(new ContentRange(90, 99, 100)),
            false);
    assertEquals(
        new Part(new ContentRange(95, 99, 100)),
        RangePlan.of(get("Range", "bytes=-5"), part, OPTIONS));
  }

  @Test
  void anEmptyWholeSatisfiesNoRange() {
    var empty = stored().withLength(0);
    assertEquals(new Unsatisfiable(0), RangePlan.of(get("Range", "bytes=0-"), empty, OPTIONS));
    assertEquals(new Unsatisfiable(0), RangePlan.of(get("Range", "bytes=-5"), empty, OPTIONS));
  }

  @Test
  void contentRangesAreReadStrictly() {
    assertEquals(Optional.of(new ContentRange(0, 9, 10)), ContentRange.parse("bytes 0-9/10"));
    assertEquals(Optional.of(new ContentRange(0, 0, 1)), ContentRange.parse("bytes 0-0/1"));
    for (String text :
        List.of(
            "",
            "bytes 1-0/9",
            "bytes 0-9/9",
            "bytes 0-9/*",
            "bytes */9",
            "bytes=0-9/10",
            "bytes 0-9",
            "items 0-9/10",
            "bytes 0-9/10 ",
            "bytes -1-9/10")) {
      assertEquals(Optional.empty(), ContentRange.parse(text), text);
    }
    assertThrows(IllegalArgumentException.class, () -> new ContentRange(-1, 0, 1));
    assertThrows(IllegalArgumentException.class, () -> new ContentRange(1, 0, 2));
    assertThrows(IllegalArgumentException.class, () -> new ContentRange(0, 1, 1));
  }

  @Test
  void containmentNeedsTheSameWhole() {
    var part = new ContentRange(10, 19, 100);
    assertTrue(part.contains(part));
    assertTrue(part.contains(new ContentRange(12, 13, 100)));
    assertFalse(part.contains(new ContentRange(9, 13, 100)));
    assertFalse(part.contains(new ContentRange(12, 20, 100)));
    assertFalse(part.contains(new ContentRange(12, 13, 101)));
  }

  @Test
  void aPartCarriesAllStoredFieldsAndItsOwnPlace() {
    assertEquals(
        Fields.of("ETag", "\"a\"", "Content-Range", "bytes 5-9/100", "Content-Length", "5"),
        PartialContent.single(
            Fields.of("Content-Length", "100", "ETag", "\"a\""), new ContentRange(5, 9, 100)));
  }

  @Test
  void severalPartsAreMultipart() {
    var whole = Fields.of("Content-Type", "text/plain", "Content-Range", "x", "ETag", "\"a\"");
    var first = new ContentRange(0, 4, 100);
    var second = new ContentRange(10, 11, 100);
    var multipart = Multipart.of("sep", whole, List.of(first, second));
    String text =
        multipart.before(first) + "01234" + multipart.before(second) + "01" + multipart.end();
    assertEquals(
        "\r\n--sep\r\nContent-Type: text/plain\r\nContent-Range: bytes 0-4/100\r\n\r\n01234"
            + "\r\n--sep\r\nContent-Type: text/plain\r\nContent-Range: bytes 10-11/100\r\n\r\n01"
            + "\r\n--sep--\r\n",
        text);
    assertEquals(
        Fields.of(
            "ETag",
            "\"a\"",
            "Content-Type",
            "multipart/byteranges; boundary=sep",
            "Content-Length",
            Integer.toString(text.length())),
        PartialContent.multipart(whole, multipart));
    assertEquals(
        "\r\n--s\r\nContent-Range: bytes 0-4/100\r\n\r\n",
        Multipart.of("s", Fields.none(), List.of()).before(first));
  }

  @Test
  void anUnsatisfiableRangeTellsTheLengthAndNothingOfTheContent() {
    assertEquals(
        Fields.of("Date", DATE, "Age", "1", "Content-Range", "bytes */100", "Content-Length", "0"),
        PartialContent.unsatisfiable(
            Fields.of(
                "Date",
                DATE,
                "Content-Type",
                "a/b",
                "Cache-Control",
                "max-age=9",
                "Age",
                "1",
                "Content-Length",
                "100"),
            new Unsatisfiable(100)));
  }

  @Property
  void everyPartLiesWithinTheWhole(
      @ForAll @Chars({'0', '1', '9', '-', ',', ' '}) String ranges,
      @ForAll @LongRange(min = 0, max = 200) long total) {
    var plan = RangePlan.of(get("Range", "bytes=" + ranges), stored().withLength(total), OPTIONS);
    if (plan instanceof Part(ContentRange range)) {
      assertTrue(range.last() < total && range.length() > 0);
    }
    if (plan instanceof Parts(List<ContentRange> parts)) {
      assertTrue(parts.stream().mapToLong(ContentRange::length).sum() <= total);
    }
  }

  private static String ranges(int count) {
    var ranges = new StringBuilder();
    for (int i = 0; i < count; i++) {
      ranges.append(i == 0 ? "" : ",").append(2 * i).append('-').append(2 * i);
    }
    return ranges.toString();
  }

  private static RangePlan plan(String range) {
    return RangePlan.of(get("Range", range), stored(), OPTIONS);
  }
}
