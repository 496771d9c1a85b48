package io.ccrelay.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class SurrogateTagsTest {

  @Test
  void bothSpellingsCountOverAllLinesAndEachTagOnce() {
    var fields =
        Fields.of(
            "Surrogate-Key",
            " a  b\tc ",
            "Cache-Tag",
            "d e, a,,",
            "surrogate-key",
            "f",
            "Cache-Control",
            "g");
    assertEquals(List.of("a", "b", "c", "f", "d e"), SurrogateTags.of(fields));
  }

  @Test
  void aResponseWithoutThemHasNone() {
    assertEquals(List.of(), SurrogateTags.of(Fields.of("Vary", "x")));
  }
}
