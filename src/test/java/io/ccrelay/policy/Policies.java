package io.ccrelay.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Map;

/** Reads documents for tests. */
final class Policies {

  private static final PolicyReader READER = new PolicyReader(Map.of(), Map.of(), false);

  private Policies() {}

  static PolicyReader.Read read(String text) {
    return read(READER, text);
  }

  static PolicyReader.Read read(PolicyReader reader, String text) {
    try {
      return reader.read(new PolicyText("p.xml", text), Scope.API);
    } catch (PolicyException e) {
      throw new AssertionError(e.problems().toString(), e);
    }
  }

  /** The statements of inbound. */
  static List<Policy> inbound(String statements) {
    return section(Section.INBOUND, statements);
  }

  static List<Policy> section(Section section, String statements) {
    String tag = section.token();
    String text = "<policies><" + tag + ">" + statements + "</" + tag + "></policies>";
    return read(text).document().section(section).orElseThrow();
  }

  /** The only statement of {@code section}. */
  static <P extends Policy> P only(Class<P> type, Section section, String statement) {
    List<Policy> statements = section(section, statement);
    assertEquals(1, statements.size(), statements::toString);
    return assertInstanceOf(type, statements.getFirst());
  }

  static List<String> problems(String text) {
    return problems(READER, text, Scope.API);
  }

  static List<String> problems(PolicyReader reader, String text, Scope scope) {
    var refused =
        assertThrows(
            PolicyException.class, () -> reader.read(new PolicyText("p.xml", text), scope));
    return refused.problems().stream().map(PolicyProblem::toString).toList();
  }

  /** The only problem of {@code statements} in inbound, without its position. */
  static String problem(String statements) {
    var problems = problems("<policies><inbound>" + statements + "</inbound></policies>");
    assertEquals(1, problems.size(), problems::toString);
    return problems.getFirst().replaceFirst("^p.xml:\\d+:\\d+: ", "");
  }

  static List<String> lints(String text) {
    return read(text).warnings().stream().map(warning -> warning.lint().token()).toList();
  }

  /** The literal that {@code value} is. */
  static <T> T literal(PolicyValue<T> value) {
    return assertInstanceOf(PolicyValue.Literal.class, value) == null
        ? null
        : ((PolicyValue.Literal<T>) value).value();
  }

  static void assertComputed(PolicyValue<?> value) {
    assertInstanceOf(PolicyValue.Computed.class, value);
  }
}
