package io.ccrelay.config;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExpansionTest {

  private static final Map<String, String> FOO = Map.of("FOO", "bar");

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '"',
      value = {
        "${FOO},bar",
        "$FOO,bar",
        "${FOO}x,barx",
        "$FOOx,\"\"",
        "${X},\"\"",
        "${FOO:-d},\"\"",
        "${FOO BAR},\"\"",
        "\\$FOO,\\bar",
        "${FOO,FOO",
        "${},\"\"",
        "${,\"\"",
        "$$,\"\"",
        "$*,\"\"",
        "$#,\"\"",
        "$-,\"\"",
        "$?,\"\"",
        "$@,\"\"",
        "$!,\"\"",
        "${*},\"\"",
        "$1a,a",
        "$,$",
        "a$,a$",
        "a$ b,a$ b",
        "p@$w0rd!,p@!",
        "plain,plain",
        "$FOO$FOO-${FOO},barbar-bar",
        "$FOO.x,bar.x",
        "$$FOO,FOO",
        "é$FOOé,ébaré",
      })
  void referencesReadAsInTheOriginal(String source, String expected) {
    assertEquals(expected, Expansion.of(source, FOO::get).text());
  }

  @Test
  void anOpenBraceReachesToTheNextClosingOneOnWhateverLine() {
    assertEquals("a  d", Expansion.of("a ${FOO\nb: {c} d", FOO::get).text());
  }

  @Test
  void aVariableWithALineFeedBringsSettingsOfItsOwn() {
    var config =
        Configs.loaded(
            Configs.yaml("server:\n  $LINES", Map.of("LINES", "timeout_ms: 7\n  drain: 1s")));
    assertEquals(7, config.server().timeout().toMillis());
    assertEquals(1, config.server().drain().toSeconds());
  }

  @Test
  void placesAreThoseOfTheFileNotOfTheExpandedText() {
    var expanded = Expansion.of("a: ${MANY} x\nb: $FOO y\nc: z", name -> "1\n2\n3\n4");
    assertEquals("a: 1\n2\n3\n4 x\nb: 1\n2\n3\n4 y\nc: z", expanded.text());
    assertEquals(new Position(1, 1), expanded.origins().of(new Position(1, 1)));
    assertEquals(new Position(1, 4), expanded.origins().of(new Position(3, 1)));
    assertEquals(new Position(1, 12), expanded.origins().of(new Position(4, 3)));
    assertEquals(new Position(2, 1), expanded.origins().of(new Position(5, 1)));
    assertEquals(new Position(2, 9), expanded.origins().of(new Position(8, 3)));
    assertEquals(new Position(3, 4), expanded.origins().of(new Position(9, 4)));
  }

  @Test
  void theUnsetVariableOfALineIsKnown() {
    var origins = Expansion.of("a: $FOO\nb: ${NONE}\nc: ${}", FOO::get).origins();
    assertEquals(Optional.empty(), origins.unsetOn(new Position(1, 4)));
    assertEquals(Optional.of("NONE"), origins.unsetOn(new Position(2, 4)));
    assertEquals(Optional.empty(), origins.unsetOn(new Position(3, 4)));
  }

  @Test
  void manyOpenBracesAreReadFast() {
    assertEquals("", Expansion.of("${".repeat(500_000), FOO::get).text());
  }

  @Test
  void aTextThatGrowsTooLargeIsRefused() {
    String large = "x".repeat(100_000);
    assertEquals(
        "conf.yaml: is larger than 1 MiB after environment expansion",
        Configs.problem(Configs.yaml("# $L$L$L$L$L$L$L$L$L$L$L", Map.of("L", large))));
  }
}
