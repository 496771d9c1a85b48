package io.ccrelay.config;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpellingTest {

  @ParameterizedTest
  @CsvSource({
    "'','',0",
    "a,'',1",
    "kitten,sitting,3",
    "tls,tsl,1",
    "abc,abc,0",
    "ttl,tls,2",
    "flaw,lawn,2"
  })
  void slipsAreCounted(String a, String b, int slips) {
    assertEquals(slips, Spelling.distance(a, b));
    assertEquals(slips, Spelling.distance(b, a));
  }

  @Test
  void theNearestIsSuggestedIfItIsNear() {
    var known = List.of("deadline", "responses", "tls");
    assertEquals(Optional.of("deadline"), Spelling.nearest("daedlin", known));
    assertEquals(Optional.empty(), Spelling.nearest("url", known));
    assertEquals(Optional.empty(), Spelling.nearest("d".repeat(10_000), known));
  }
}
