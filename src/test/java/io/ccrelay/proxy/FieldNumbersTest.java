package io.ccrelay.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class FieldNumbersTest {

  private final FieldNumbers ttl = new FieldNumbers("hit; ttl=", "; detail=semantic");

  @Test
  void aNumberThatComesAgainIsTheSameValue() {
    assertSame(ttl.of(3599), ttl.of(3599));
  }

  @Test
  void numbersThatShareAPlaceKeepTheirOwnValues() {
    for (int round = 0; round < 3; round++) {
      for (long number = -2; number < 3; number++) {
        assertEquals(
            "hit; ttl=" + number * 256 + "; detail=semantic", ttl.of(number * 256).toString());
      }
    }
  }

  @Property(tries = 200)
  void everyNumberIsWrittenInFull(@ForAll long number) {
    assertEquals(Long.toString(number), new FieldNumbers("", "").of(number).toString());
  }
}
