package io.ccrelay.policy.expression;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/**
 * Tests from a table of lines {@code expression --> expected}. What is expected is the text of the
 * value, after {@code !} the type of the exception, after {@code ?} the beginning of the compiler's
 * complaint. An expression in braces is a block; blank lines and those with {@code #} are left out.
 */
final class Table {

  private static final String ARROW = " --> ";

  private Table() {}

  static Stream<DynamicTest> of(String name) {
    return of(name, FakeContext::new);
  }

  static Stream<DynamicTest> of(String name, Supplier<FakeContext> context) {
    return ofLines(lines(name), context);
  }

  static Stream<DynamicTest> ofLines(Stream<String> lines, Supplier<FakeContext> context) {
    return lines
        .filter(line -> !line.isBlank() && !line.startsWith("#"))
        .map(line -> DynamicTest.dynamicTest(line, () -> check(line, context.get())));
  }

  private static Stream<String> lines(String name) {
    try (var table = Table.class.getResourceAsStream("/expressions/" + name + ".txt")) {
      return new String(table.readAllBytes(), StandardCharsets.UTF_8).lines();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private static void check(String line, FakeContext context) {
    int arrow = line.lastIndexOf(ARROW);
    assertTrue(arrow > 0, line);
    String written = line.substring(0, arrow).strip();
    String source = written.startsWith("{") ? "@" + written : "@(" + written + ")";
    String expected = line.substring(arrow + ARROW.length()).strip();
    if (expected.startsWith("!")) {
      var failed =
          assertThrows(EvaluationException.class, () -> Evaluations.value(source, context));
      assertEquals(expected.substring(1), failed.type(), failed.getMessage());
    } else if (expected.startsWith("?")) {
      var refused = assertThrows(ExpressionException.class, () -> Evaluations.compile(source));
      String beginning = expected.substring(1);
      assertTrue(refused.problem().startsWith(beginning), refused.problem());
    } else {
      assertEquals(expected, Evaluations.shown(Evaluations.value(source, context)));
    }
  }
}
