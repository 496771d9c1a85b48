package io.ccrelay.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.netty.util.AsciiString;
import java.nio.charset.StandardCharsets;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import org.junit.jupiter.api.Test;

class WireTextTest {

  private final WireText wire = new WireText();

  @Test
  void namesAreKnownByWhatTheySay() {
    wire.name("etag");
    assertSame(wire.name(new String("etag")), wire.name("etag"));
    assertEquals(AsciiString.class, wire.name("etag").getClass());
  }

  @Test
  void aFloodOfNamesIsWrittenAndNotKept() {
    for (int i = 0; i < 1000; i++) {
      assertEquals("x-" + i, wire.name("x-" + i).toString());
    }
    assertEquals(String.class, wire.name("x-999").getClass());
  }

  @Test
  void valuesAreKnownByIdentityFromTheSecondTimeOn() {
    String value = new String("max-age=60");
    assertSame(value, wire.value(value));
    assertSame(wire.value(value), wire.value(value));
    assertEquals(AsciiString.class, wire.value(value).getClass());
    String equal = new String("max-age=60");
    assertSame(equal, wire.value(equal));
  }

  @Test
  void longValuesStayTexts() {
    String value = "x".repeat(257);
    wire.value(value);
    assertSame(value, wire.value(value));
  }

  /** Field values may hold any octet of ISO 8859-1 (RFC 9110 section 5.5). */
  @Property(tries = 200)
  void everyValueStaysWhatItIs(@ForAll @CharRange(from = ' ', to = '\u00ff') String text) {
    wire.value(text);
    CharSequence sent = wire.value(text);
    byte[] octets =
        sent instanceof AsciiString bytes
            ? bytes.toByteArray()
            : text.getBytes(StandardCharsets.ISO_8859_1);
    assertEquals(text, new String(octets, StandardCharsets.ISO_8859_1));
  }
}
