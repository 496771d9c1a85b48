package io.ccrelay.policy.expression;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Every type of the service's allow-list: it works as one expression shows, under its whole name
 * too, or a document that names it is told that it is not supported.
 */
class AllowedTypesTest {

  /** Static classes of extension methods, which nobody names. */
  private static final String EXTENSIONS = "Extensions";

  private record Line(String type, String shown) {

    static Line of(String line) {
      int end = line.indexOf(" | ");
      return new Line(line.substring(0, end), line.substring(end + 3));
    }
  }

  private static Stream<Line> lines() {
    try (var list = AllowedTypesTest.class.getResourceAsStream("/expressions/allowed.txt")) {
      return new String(list.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.startsWith("#"))
          .map(Line::of);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @TestFactory
  Stream<DynamicTest> allowedTypesWorkOrAreRefusedByName() {
    return Table.ofLines(lines().map(Line::shown), FakeContext::new);
  }

  @TestFactory
  Stream<DynamicTest> theirWholeNamesAreKnown() {
    return lines()
        .filter(line -> !line.type().endsWith(EXTENSIONS))
        .map(line ->
            DynamicTest.dynamicTest(
                line.type(),
                () -> {
                  boolean refused = line.shown().contains(" --> ?type");
                  assertEquals(refused, Types.named(line.type()) == null);
                  assertEquals(refused, Types.isWithoutTable(line.type()));
                  assertNotEquals("", line.shown());
                }));
  }
}
