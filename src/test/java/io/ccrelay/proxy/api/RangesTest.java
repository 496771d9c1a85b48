package io.ccrelay.proxy.api;

import static io.ccrelay.proxy.api.CachedApi.answer;
import static io.ccrelay.proxy.api.CachedApi.field;
import static io.ccrelay.proxy.api.CachedApi.status;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

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

  @Test
  void aPartWithWrongLengthIsNotStored() {
    api.origin.always(
        answer(206, "234", "Content-Range", "bytes 2-5/10", "Cache-Control", "max-age=60"));
    api.get("/a", "Range", "bytes=2-5");
    api.get("/a", "Range", "bytes=2-5");
    assertEquals(2, api.calls());
  }
}
