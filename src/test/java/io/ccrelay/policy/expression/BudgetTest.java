package io.ccrelay.policy.expression;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.ccrelay.policy.expression.BudgetExceededException.Resource;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BudgetTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "@{ while (true) { } }",
        "@{ for (;;) { var x = 1; } }",
        "@{ var i = 0; while (i >= 0) { i++; i--; } return i; }",
        "@{ do { continue; } while (true); }",
        "@{ while (true) { try { while (true) { } } finally { } } }",
        "@{ while (true) { try { int.Parse(\"x\"); } catch { } } }",
        "@(Regex.IsMatch(\"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!\", @\"^(a+)+\\1b$\"))",
        "@(Regex.Replace(new string('a', 60), @\"(a|aa)+\\1!\", \"\"))",
      })
  void endlessWorkIsStoppedByItsSteps(String source) {
    assertEquals(Resource.STEPS, stopped(source));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "@{ var s = \"ab\"; for (var i = 0; i < 100; i++) { s += s; } return s; }",
        "@{ var s = \"ab\"; for (var i = 0; i < 100; i++) { s = $\"{s}{s}\"; } return s; }",
        "@{ var s = \"ab\"; for (var i = 0; i < 100; i++) { s = string.Concat(s, s); } return s; }",
        "@{ var s = \"ab\"; for (var i = 0; i < 100; i++) { s = s.Replace(\"a\", \"aab\"); } return s; }",
        "@{ var s = \"ab\"; for (var i = 0; i < 100; i++) { s = string.Join(s, \"a\", \"b\", \"c\"); } return s; }",
        "@{ var b = new StringBuilder(\"ab\"); for (var i = 0; i < 100; i++) { b.Append(b); } return b; }",
        "@{ var b = new StringBuilder(\"ab\"); for (var i = 0; i < 100; i++) { b.Replace(\"a\", \"aaa\"); } return b; }",
        "@{ var l = new List<int> {1}; for (var i = 0; i < 100; i++) { l.AddRange(l); } return l; }",
        "@{ var a = new JArray(1); for (var i = 0; i < 100; i++) { a.Add(a); } return a; }",
        "@{ var o = new JObject(); for (var i = 0; i < 100; i++) { o[\"a\" + i] = o; } return o; }",
        "@{ var d = \"\".PadLeft(1000000000); return d; }",
        "@{ while (true) { try { throw new Exception(); } catch { } } }",
        "@(Enumerable.Range(0, 2000).Where(a => Enumerable.Range(0, 2000).Any(b => b < 0)).Count())",
        "@{ var o = new JObject(); for (var i = 0; i < 5000; i++) { o = new JObject(new JProperty(\"a\", o)); } return o; }",
        "@(new string('x', 2147483647))",
        "@(new int[2147483647])",
        "@(new byte[2000000000])",
        "@(Enumerable.Range(0, 2000000000).Count())",
        "@(Enumerable.Repeat(\"x\", 2000000000).Count())",
        "@($\"{1,1000000000}\")",
        "@(string.Format(\"{0,2000000000}\", 1))",
        "@(new StringBuilder().Append('x', 2000000000).Length)",
      })
  void growthIsStoppedBeforeMemoryIsTaken(String source) {
    assertEquals(Resource.MEMORY, stopped(source));
  }

  @Test
  void theTickerStopsWhatTakesTooLong() {
    var ticker = new AtomicLong();
    var budget =
        new Budget(
            new Budget.Limits(1_000_000, Duration.ofMillis(50), 1 << 20),
            () -> ticker.addAndGet(Duration.ofMillis(1).toNanos()));
    var endless = Evaluations.compile("@{ while (true) { } }");
    var stopped =
        assertThrows(
            BudgetExceededException.class, () -> endless.evaluate(new FakeContext(), budget));
    assertEquals(Resource.TIME, stopped.resource());
    assertEquals("expression-time", stopped.resource().token());
  }

  @Test
  void aBudgetIsUsedUpByAllEvaluationsThatShareIt() {
    var budget = new Budget(new Budget.Limits(100, Duration.ofSeconds(1), 1 << 20), () -> 0);
    var work = Evaluations.compile("@{ for (var i = 0; i < 30; i++) { } return 1; }");
    assertEquals(1, work.evaluate(new FakeContext(), budget));
    assertThrows(
        BudgetExceededException.class,
        () -> {
          for (int i = 0; i < 5; i++) {
            work.evaluate(new FakeContext(), budget);
          }
        });
  }

  @Test
  void aLargeBodyMayBeReadAndChanged() {
    var text = "{\"content\":\"" + "x".repeat(500_000) + "\"}";
    var context = new FakeContext().requestBody(text);
    var source =
        "@{ var o = context.Request.Body.As<JObject>(true); o[\"n\"] = 1; return o.ToString(Formatting.None).Length; }";
    assertEquals(text.length() + 6, Evaluations.value(source, context));
  }

  private static Resource stopped(String source) {
    var compiled = Evaluations.compile(source);
    return assertThrows(
            BudgetExceededException.class,
            () -> compiled.evaluate(new FakeContext(), Evaluations.budget()),
            source)
        .resource();
  }
}
