package io.ccrelay.cache;

import static org.junit.jupiter.api.Assertions.assertEquals;

import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.ByteRange;
import net.jqwik.api.constraints.Size;

class KeyTest {

  @Property
  void keysAreInTheOrderOfTheirHexadecimalForms(
      @ForAll @Size(max = 12) @ByteRange(min = -2, max = 1) byte[] one,
      @ForAll @Size(max = 12) @ByteRange(min = -2, max = 1) byte[] other) {
    Key first = Key.ofDigest(one);
    Key second = Key.ofDigest(other);
    assertEquals(
        Integer.signum(first.hex().compareTo(second.hex())),
        Integer.signum(first.compareTo(second)),
        first.hex() + " and " + second.hex());
  }

  @Example
  void aKeyThatEndsWhereAnotherGoesOnWithZerosIsTheLesser() {
    assertEquals(-1, Integer.signum(Key.ofHex("61").compareTo(Key.ofHex("6100"))));
    assertEquals(-1, Integer.signum(Key.ofHex("").compareTo(Key.ofHex("00"))));
  }
}
