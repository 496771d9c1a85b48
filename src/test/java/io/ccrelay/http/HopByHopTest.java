package io.ccrelay.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.util.Set;
import org.junit.jupiter.api.Test;

/** RFC 9110 section 7.6.1. */
class HopByHopTest {

  @Test
  void theConnectionFieldsGoAndAllOthersStayInOrder() {
    var fields =
        Fields.of(
            "Set-Cookie",
            "a=1",
            "Keep-Alive",
            "5",
            "proxy-connection",
            "x",
            "TE",
            "trailers",
            "X-Unknown",
            "",
            "Transfer-Encoding",
            "weird",
            "UPGRADE",
            "h2c",
            "Set-Cookie",
            "a=2",
            "Content-Range",
            "bytes 0-1/2",
            "Connection",
            "close");
    assertEquals(
        Fields.of(
            "Set-Cookie",
            "a=1",
            "X-Unknown",
            "",
            "Set-Cookie",
            "a=2",
            "Content-Range",
            "bytes 0-1/2"),
        HopByHop.strip(fields));
  }

  @Test
  void everyFieldThatConnectionNamesGoesWhateverItIs() {
    var fields =
        Fields.of(
            "Connection",
            "A, cache-control",
            "connection",
            "b",
            "a",
            "1",
            "B",
            "2",
            "Cache-Control",
            "max-age=1",
            "c",
            "3");
    assertEquals(Fields.of("c", "3"), HopByHop.strip(fields));
  }

  @Test
  void connectionOfTheHeadersHoldsForTrailersToo() {
    assertEquals(
        Fields.of("Digest", "y"),
        HopByHop.strip(Fields.of("Connection", "X-T"), Fields.of("x-t", "1", "Digest", "y")));
  }

  @Test
  void withoutConnectionTheNamesAreFixed() {
    assertEquals(
        Set.of(
            "connection", "keep-alive", "proxy-connection", "te", "transfer-encoding", "upgrade"),
        HopByHop.names(Fields.none()));
    assertSame(HopByHop.names(Fields.none()), HopByHop.names(Fields.of("a", "b")));
  }
}
