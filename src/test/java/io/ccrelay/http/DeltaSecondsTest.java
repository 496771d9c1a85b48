package io.ccrelay.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 9111 section 1.2.2. */
class DeltaSecondsTest {

  @Test
  void digitsAreSeconds() {
    assertEquals(Optional.of(Duration.ofSeconds(3600)), DeltaSeconds.parse("3600"));
    assertEquals(Optional.of(Duration.ZERO), DeltaSeconds.parse("0"));
    assertEquals(Optional.of(Duration.ofSeconds(9)), DeltaSeconds.parse("9"));
  }

  @Test
  void leadingZerosAreAllowed() {
    assertEquals(Optional.of(Duration.ofSeconds(7)), DeltaSeconds.parse("0000000000000007"));
    assertEquals(Optional.of(Duration.ZERO), DeltaSeconds.parse("00000000000000000"));
  }

  @Test
  void whateverIsTooLargeIsTwoToTheThirtyFirst() {
    assertEquals(Optional.of(DeltaSeconds.MAX), DeltaSeconds.parse("2147483648"));
    assertEquals(Optional.of(DeltaSeconds.MAX), DeltaSeconds.parse("2147483649"));
    assertEquals(Optional.of(DeltaSeconds.MAX), DeltaSeconds.parse("9".repeat(500)));
    assertEquals(Optional.of(Duration.ofSeconds(2147483647L)), DeltaSeconds.parse("2147483647"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "-1", "+1", "1.0", "1a", "a1", "'1'", " 1", "1 ", "\u0661", "1e3"})
  void anythingButDigitsIsInvalid(String text) {
    assertEquals(Optional.empty(), DeltaSeconds.parse(text));
  }

  @Property
  void everyTextIsReadWithoutFailure(@ForAll String text) {
    DeltaSeconds.parse(text)
        .ifPresent(span -> assertEquals(span, DeltaSeconds.atMost(span.toSeconds())));
  }
}
