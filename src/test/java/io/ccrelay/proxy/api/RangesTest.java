package io.ccrelay.proxy.api;

import static io.ccrelay.proxy.api.CachedApi.answer;
import static io.ccrelay.proxy.api.CachedApi.field;
import static io.ccrelay.proxy.api.CachedApi.status;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** RFC 9110 section 14 and RFC 9111 sections 3.3 and 3.4: parts of stored responses. */
class RangesTest {

  private final CachedApi api = CachedApi.start();

  @AfterEach
  void stop() {
    api.close();
  }

  private void stored() {
    api.answers("0123456789", "Cache-Control", "max-age=60", "ETag", "\"1\"");
    api.get("/a");
  }

  @ParameterizedTest
  @CsvSource({
    "bytes=2-4, 234, bytes 2-4/10",
    "bytes=7-, 789, bytes 7-9/10",
    "bytes=-3, 789, bytes 7-9/10",
    "bytes=5-99, 56789, bytes 5-9/10"
  })
  void aStoredResponseAnswersOneRange(String range, String body, String contentRange) {
    stored();
    var part = api.get("/a", "Range", range);
    assertEquals(206, part.statusCode());
    assertEquals(body, part.body());
    assertEquals(contentRange, field(part, "content-range"));
    assertEquals("cc-relay; hit; ttl=60", status(part));
    assertEquals(1, api.calls());
  }

  @Test
  void severalRangesAreAMultipart() {
    stored();
    var parts = api.get("/a", "Range", "bytes=0-1,8-9");
    assertEquals(206, parts.statusCode());
    assertTrue(field(parts, "content-type").startsWith("multipart/byteranges; boundary="));
    assertTrue(parts.body().contains("Content-Range: bytes 8-9/10\r\n\r\n89\r\n"));
  }

  @Test
  void aRangeOutsideIsUnsatisfiable() {
    stored();
    var none = api.get("/a", "Range", "bytes=10-");
    assertEquals(416, none.statusCode());
    assertEquals("bytes */10", field(none, "content-range"));
  }

  @ParameterizedTest
  @CsvSource({"lines=1-2", "bytes=x", "bytes=4-2"})
  void whatIsNoRangeIsIgnored(String range) {
    stored();
    assertEquals("0123456789", api.get("/a", "Range", range).body());
  }

  @Test
  void ifRangeOfAnotherTagGivesTheWhole() {
    stored();
    assertEquals(200, api.get("/a", "Range", "bytes=0-1", "If-Range", "\"2\"").statusCode());
    assertEquals(206, api.get("/a", "Range", "bytes=0-1", "If-Range", "\"1\"").statusCode());
  }

  @Test
  void aStoredPartAnswersWhatLiesInsideAndNeverAPlainGet() {
    api.origin.always(
        answer(
            206,
            "2345",
            "Content-Range",
            "bytes 2-5/10",
            "Cache-Control",
            "max-age=60",
            "ETag",
            "\"1\""));
    assertEquals("2345", api.get("/a", "Range", "bytes=2-5").body());
    var inside = api.get("/a", "Range", "bytes=3-4");
    assertEquals("34", inside.body());
    assertEquals("bytes 3-4/10", field(inside, "content-range"));
    assertEquals(1, api.calls());
    api.answers("0123456789", "Cache-Control", "max-age=60", "ETag", "\"1\"");
    var whole = api.get("/a");
    assertEquals("0123456789", whole.body());
    assertEquals("cc-relay; fwd=partial; stored", status(whole));
  }

  private void part(String tag, int first, int last, String... more) {
    String[] fields = {
      "Content-Range", "bytes " + first + "-" + last + "/10", "Cache-Control", "max-age=60"
    };
    var all = new ArrayList<>(List.of(fields));
    all.addAll(List.of(more));
    all.addAll(List.of("ETag", tag));
    String content = "0123456789".substring(first, last + 1);
    api.origin.next(answer(206, content, all.toArray(String[]::new)));
    assertEquals(content, api.get("/a", "Range", "bytes=" + first + "-" + last).body());
  }

  @Test
  void partsUnderTheSameStrongTagAreJoinedUnderTheFieldsOfTheLatest() {
    part("\"1\"", 0, 3, "X-Old", "a", "X-Two", "old");
    part("\"1\"", 3, 6, "X-Two", "new");
    var joined = api.get("/a", "Range", "bytes=1-5");
    assertEquals("12345", joined.body());
    assertEquals("bytes 1-5/10", field(joined, "content-range"));
    assertEquals("a", field(joined, "x-old"));
    assertEquals("new", field(joined, "x-two"));
    assertEquals(2, api.calls());
  }

  @Test
  void partsThatMakeUpTheWholeAnswerAPlainGet() {
    part("\"1\"", 0, 2);
    part("\"1\"", 6, 9);
    part("\"1\"", 3, 5);
    var whole = api.get("/a");
    assertEquals(200, whole.statusCode());
    assertEquals("0123456789", whole.body());
    assertEquals("10", field(whole, "content-length"));
    assertEquals("", field(whole, "content-range"));
    assertEquals(3, api.calls());
  }

  @ParameterizedTest
  @CsvSource({"'\"2\"'", "'W/\"1\"'"})
  void otherPartsAreNotJoined(String tag) {
    part("\"1\"", 0, 4);
    part(tag, 5, 9);
    api.answers("whole", "Cache-Control", "max-age=60");
    assertEquals("whole", api.get("/a").body());
    assertEquals(3, api.calls());
  }

  @Test
  void aPartWithWrongLengthIsNotStored() {
    api.origin.always(
        answer(206, "234", "Content-Range", "bytes 2-5/10", "Cache-Control", "max-age=60"));
    api.get("/a", "Range", "bytes=2-5");
    api.get("/a", "Range", "bytes=2-5");
    assertEquals(2, api.calls());
  }
}
