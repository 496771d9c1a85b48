package io.ccrelay.policy.expression;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.ccrelay.policy.expression.value.Text;

/** Compiles and evaluates for tests. */
final class Evaluations {

  private static final SourcePosition HERE = new SourcePosition("test.xml", 10, 5);

  private Evaluations() {}

  static Expression compile(String source) {
    var kind = source.startsWith("@{") ? ExpressionKind.BLOCK : ExpressionKind.EXPRESSION;
    return Expression.compile(source, HERE, kind);
  }

  static Budget budget() {
    return new Budget(Budget.Limits.DEFAULT, () -> 0);
  }

  static Object value(String source, FakeContext context) {
    return compile(source).evaluate(context, budget());
  }

  /** The value of what stands between the brackets of {@code @(...)}. */
  static Object value(String expression) {
    return value("@(" + expression + ")", new FakeContext());
  }

  /** The result of the statements between the braces of {@code @{...}}. */
  static Object block(String statements) {
    return value("@{" + statements + "}", new FakeContext());
  }

  /** {@code ToString()} of the value; null is {@code null}. */
  static String text(String expression) {
    return shown(value(expression));
  }

  static String shown(Object value) {
    return value == null ? "null" : Text.of(value);
  }

  static void refuses(String expression, String problem) {
    var refused = assertThrows(ExpressionException.class, () -> compile(expression));
    assertEquals(problem, refused.problem());
  }

  static void fails(String expression, String type) {
    var failed = assertThrows(EvaluationException.class, () -> value(expression));
    assertEquals(type, failed.type(), failed.getMessage());
  }
}
