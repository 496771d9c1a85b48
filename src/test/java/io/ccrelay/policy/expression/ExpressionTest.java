package io.ccrelay.policy.expression;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ExpressionTest {

  private static final SourcePosition HERE = new SourcePosition("limits.xml", 3, 9);

  @Test
  void complaintsOfTheCompilerNameDocumentLineAndColumn() {
    var refused =
        assertThrows(
            ExpressionException.class,
            () ->
                Expression.compile("@{\n  var x = 1;\n  return y;\n}", HERE, ExpressionKind.BLOCK));
    assertEquals(new SourcePosition("limits.xml", 5, 10), refused.position());
    assertEquals(
        "limits.xml:5:10: 'y' is neither a local variable nor an allowed type",
        refused.getMessage());
  }

  @Test
  void failuresOfAnEvaluationNameTheOperation() {
    var expression = Expression.compile("@(1 + int.Parse(\"x\"))", HERE, ExpressionKind.EXPRESSION);
    var failed =
        assertThrows(
            EvaluationException.class,
            () -> expression.evaluate(new FakeContext(), Evaluations.budget()));
    assertEquals(new SourcePosition("limits.xml", 3, 19), failed.position());
    assertEquals("Input string was not in a correct format.", failed.problem());
  }

  @Test
  void theMarkerMayBeLeftOut() {
    var bare = Expression.compile("1 + 1", HERE, ExpressionKind.EXPRESSION);
    assertEquals(2, bare.evaluate(new FakeContext(), Evaluations.budget()));
  }

  @Test
  void commentsAndLinesDoNotMatter() {
    var source = "@{ // from http://example.org\n /* a\n b */ return 1; // end\n}";
    assertEquals(1, Evaluations.value(source, new FakeContext()));
  }

  @Test
  void valuesKeepTheirTypes() {
    assertInstanceOf(Integer.class, Evaluations.value("1"));
    assertInstanceOf(Long.class, Evaluations.value("1L"));
    assertInstanceOf(Double.class, Evaluations.value("1.0"));
    assertInstanceOf(BigDecimal.class, Evaluations.value("1m"));
    assertInstanceOf(Character.class, Evaluations.value("'a'"));
    assertInstanceOf(byte[].class, Evaluations.value("new byte[] {1}"));
    assertInstanceOf(Object[].class, Evaluations.value("\"a\".Split(',')"));
    assertInstanceOf(List.class, Evaluations.value("new List<int>()"));
  }

  @Test
  void readingABodyIsKnownBeforeTheEvaluation() {
    assertTrue(Evaluations.compile("@(context.Request.Body.As<string>())").readsRequestBody());
    assertFalse(Evaluations.compile("@(context.Request.Body.As<string>())").readsResponseBody());
    assertTrue(
        Evaluations.compile("@{ var r = context.Request; return r.Body; }").readsRequestBody());
    assertTrue(Evaluations.compile("@(context.Response)").readsResponseBody());
    assertFalse(Evaluations.compile("@(context.Response.StatusCode)").readsResponseBody());
    assertFalse(
        Evaluations.compile("@(context.Request.Headers.GetValueOrDefault(\"a\"))")
            .readsRequestBody());
    assertFalse(
        Evaluations.compile("@(((IResponse)context.Variables[\"a\"]).Body.As<string>())")
            .readsResponseBody());
  }

  @Test
  void oneExpressionServesManyThreads() {
    var expression =
        Evaluations.compile(
            "@{ var s = 0; foreach (var x in new[] {1, 2, 3}) { s += x * (int)context.Variables[\"n\"]; } return s; }");
    var wrong =
        IntStream.range(0, 2000)
            .parallel()
            .filter(n ->
                !Integer.valueOf(6 * n)
                    .equals(
                        expression.evaluate(new FakeContext().set("n", n), Evaluations.budget())))
            .count();
    assertEquals(0, wrong);
  }

  @Test
  void nestingIsBounded() {
    var deep = "(".repeat(5000) + "1" + ")".repeat(5000);
    assertThrows(ExpressionException.class, () -> Evaluations.compile("@(" + deep + ")"));
    var negated = "!".repeat(5000) + "true";
    assertThrows(ExpressionException.class, () -> Evaluations.compile("@(" + negated + ")"));
    var holes = "$\"{".repeat(3000) + "1" + "}\"".repeat(3000);
    assertThrows(ExpressionException.class, () -> Evaluations.compile("@(" + holes + ")"));
    var chain = "1" + "*1".repeat(5000);
    assertThrows(ExpressionException.class, () -> Evaluations.compile("@(" + chain + ")"));
    var calls = "\"a\"" + ".Trim()".repeat(5000);
    assertThrows(ExpressionException.class, () -> Evaluations.compile("@(" + calls + ")"));
  }
}
