package io.ccrelay.policy.expression;

import static org.junit.jupiter.api.Assertions.assertNull;

import io.ccrelay.policy.expression.value.JToken;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever is written: compiling only refuses, evaluating only fails as declared. */
class RandomInputTest {

  private static final List<String> PIECES =
      List.of(
          "context",
          ".",
          "Request",
          "Variables",
          "[",
          "]",
          "(",
          ")",
          "{",
          "}",
          "\"a\"",
          "'c'",
          "1",
          "0",
          "2.5",
          "3m",
          "4L",
          "null",
          "true",
          "+",
          "-",
          "*",
          "/",
          "%",
          "==",
          "<",
          ">",
          "&&",
          "||",
          "??",
          "?.",
          "?",
          ":",
          "=>",
          "x",
          "y",
          "return",
          "var",
          "=",
          ";",
          "if",
          "else",
          "for",
          "foreach",
          "in",
          "new",
          "JObject",
          "List",
          "<",
          "int",
          "string",
          "object",
          "as",
          "is",
          "out",
          ",",
          "$\"{",
          "}\"",
          "Length",
          "Count",
          "ToString",
          "Substring",
          "First",
          "Where",
          "Body",
          "As",
          "!",
          "~",
          "++",
          "DateTime",
          "UtcNow",
          "Math",
          "Max",
          "switch",
          "case",
          "default",
          "try",
          "catch",
          "throw",
          "break");

  private static final List<String> VALUES =
      List.of(
          "null",
          "1",
          "0",
          "-1",
          "2147483647",
          "5L",
          "2.5",
          "double.NaN",
          "3m",
          "'c'",
          "\"\"",
          "\"abc\"",
          "true",
          "context",
          "context.Request",
          "context.Variables",
          "context.Request.Headers",
          "context.Request.Body",
          "context.Variables[\"json\"]",
          "(JObject)context.Variables[\"json\"]",
          "context.User",
          "new byte[] {1, 2}",
          "new[] {\"a\", null}",
          "new List<int> {1, 2}",
          "new Dictionary<string, int> { { \"a\", 1 } }",
          "DateTime.UtcNow",
          "DateTimeOffset.UtcNow",
          "TimeSpan.FromDays(1)",
          "Guid.NewGuid()",
          "new Random(1)",
          "new JArray(1, null)",
          "new JProperty(\"a\", 1)",
          "new JValue(5)",
          "new StringBuilder(\"ab\")",
          "new Regex(\"a\")",
          "Encoding.UTF8",
          "(x => x)",
          "new Uri(\"https://e.org/a\")",
          "RegexOptions.IgnoreCase",
          "StringComparison.Ordinal",
          "new { a = 1 }",
          "new HashSet<string> {\"a\"}",
          "SHA256.Create()",
          "Regex.Match(\"a\", \"a\")",
          "context.Request.Url");

  private static final List<String> MEMBERS =
      List.of(
          "ToString",
          "Equals",
          "Substring",
          "Split",
          "Contains",
          "IndexOf",
          "LastIndexOf",
          "Replace",
          "Trim",
          "PadLeft",
          "Insert",
          "Remove",
          "Select",
          "Where",
          "First",
          "Last",
          "Any",
          "Count",
          "Sum",
          "OrderBy",
          "Max",
          "ToList",
          "ToArray",
          "Skip",
          "Take",
          "Zip",
          "Concat",
          "Distinct",
          "GroupBy",
          "ToDictionary",
          "Aggregate",
          "Add",
          "AddRange",
          "RemoveAt",
          "Find",
          "Exists",
          "Sort",
          "ForEach",
          "ContainsKey",
          "GetValueOrDefault",
          "TryGetValue",
          "Value",
          "SelectToken",
          "Children",
          "ToObject",
          "As",
          "AddDays",
          "Subtract",
          "AddMonths",
          "Next",
          "Append",
          "IsMatch",
          "Match",
          "Matches",
          "GetBytes",
          "GetString",
          "CompareTo",
          "GetHashCode",
          "ComputeHash",
          "AsJwt",
          "AsBasic",
          "ToUri",
          "Merge",
          "DeepClone",
          "HasFlag",
          "Cast",
          "Except",
          "StartsWith",
          "NextMatch",
          "GetLeftPart",
          "Trace",
          "Clear",
          "SequenceEqual");

  private static final List<String> FUNCTIONS =
      List.of(
          "int.Parse",
          "Convert.ToInt32",
          "Convert.ToBase64String",
          "Convert.ToString",
          "Math.Max",
          "Math.Round",
          "Math.Abs",
          "string.Format",
          "string.Join",
          "string.Concat",
          "string.Compare",
          "JToken.FromObject",
          "JObject.Parse",
          "JToken.DeepEquals",
          "JsonConvert.SerializeObject",
          "Regex.Replace",
          "Regex.IsMatch",
          "Array.IndexOf",
          "Array.Sort",
          "Enumerable.Range",
          "Uri.EscapeDataString",
          "WebUtility.UrlDecode",
          "DateTime.Parse",
          "new DateTime",
          "new DateTimeOffset",
          "new TimeSpan",
          "new Guid",
          "new string",
          "new Uri",
          "new JObject",
          "new JArray",
          "new JProperty",
          "new Dictionary<string, int>",
          "new HashSet<int>",
          "new Exception",
          "DateTime.DaysInMonth",
          "char.IsDigit",
          "TimeSpan.FromDays");

  @Property(tries = 3000)
  void anySourceIsCompiledOrRefused(@ForAll("sources") String source) {
    run(source);
  }

  @Property(tries = 300)
  void anyTextIsCompiledOrRefused(@ForAll String text) {
    run("@(" + text + ")");
    run("@{" + text + "}");
  }

  @Property(tries = 6000)
  void anyMemberOfAnyValueGivesAValueOrADeclaredFailure(
      @ForAll("values") String target,
      @ForAll("members") String member,
      @ForAll("values") String first,
      @ForAll("values") String second) {
    String unknown = "((object)(" + target + "))";
    run("@(" + unknown + "." + member + "())");
    run("@(" + unknown + "." + member + "(" + first + "))");
    run("@(" + unknown + "." + member + "(" + first + ", " + second + "))");
    run("@(" + unknown + "." + member + ")");
    run("@(" + unknown + "[" + first + "])");
  }

  @Property(tries = 4000)
  void anyOperatorAndFunctionGivesAValueOrADeclaredFailure(
      @ForAll("values") String left,
      @ForAll("operators") String operator,
      @ForAll("values") String right,
      @ForAll("functions") String function) {
    run("@((" + left + ") " + operator + " (" + right + "))");
    run("@(" + function + "(" + left + "))");
    run("@(" + function + "(" + left + ", " + right + "))");
    run("@(" + function + "(" + left + ", " + right + ", " + left + "))");
    run(
        "@{ var x = "
            + left
            + "; x "
            + (operator.length() == 1 && "+-*/%&|^".contains(operator) ? operator : "")
            + "= "
            + right
            + "; return x; }");
  }

  private static void run(String source) {
    Expression expression;
    try {
      expression = Evaluations.compile(source);
    } catch (ExpressionException refused) {
      return;
    }
    var context =
        new FakeContext()
            .requestBody("{\"a\":1}")
            .set("json", JToken.parse("{\"a\":[1,{\"b\":null}]}"));
    try {
      Evaluations.shown(expression.evaluate(context, Evaluations.budget()));
    } catch (EvaluationException failed) {
      assertNull(failed.getCause(), () -> source + " failed unforeseen: " + failed.getCause());
    } catch (BudgetExceededException exceeded) {
      assertNull(exceeded.getCause());
    }
  }

  @Provide
  Arbitrary<String> sources() {
    return Arbitraries.of(PIECES)
        .list()
        .ofMaxSize(24)
        .map(pieces -> String.join(" ", pieces))
        .flatMap(text ->
            Arbitraries.of("@(" + text + ")", "@{" + text + "}", "@{return " + text + ";}"));
  }

  @Provide
  Arbitrary<String> values() {
    return Arbitraries.of(VALUES);
  }

  @Provide
  Arbitrary<String> members() {
    return Arbitraries.of(MEMBERS);
  }

  @Provide
  Arbitrary<String> functions() {
    return Arbitraries.of(FUNCTIONS);
  }

  @Provide
  Arbitrary<String> operators() {
    return Arbitraries.of(
        "+", "-", "*", "/", "%", "==", "!=", "<", ">=", "&&", "||", "??", "&", "|", "^", "<<",
        ">>");
  }
}
