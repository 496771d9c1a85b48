package io.ccrelay.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ccrelay.policy.PolicySamples.Attribute;
import io.ccrelay.policy.PolicySamples.Sample;
import java.lang.reflect.RecordComponent;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Every attribute of every policy: absent it has its default, literal and computed it reaches its
 * record, wrong it is named. {@link PolicySamples} is the table.
 */
class BindingTest {

  private static final String CODE = "@(context.Variables[\"x\"])";

  @Test
  void everyPolicyIsInTheTable() {
    var names = new TreeSet<String>();
    PolicySamples.ALL.forEach(sample -> names.add(sample.name()));
    assertEquals(new TreeSet<>(Catalogue.BINDINGS.keySet()), names);
  }

  @TestFactory
  Stream<DynamicTest> withoutOptionalAttributesDefaultsApply() {
    return PolicySamples.ALL.stream()
        .filter(sample -> sample.record() != null)
        .map(sample ->
            DynamicTest.dynamicTest(
                sample.name(), () -> assertEquals(sample.record(), shown(sample, ""))));
  }

  @TestFactory
  Stream<DynamicTest> literalsReachTheRecord() {
    return attributes((sample, attribute) -> {
      String shown = shown(sample, assigned(attribute, attribute.literal()));
      assertTrue(shown.contains(attribute.shown()), shown);
      assertNotEquals(sample.record(), shown);
    });
  }

  @TestFactory
  Stream<DynamicTest> expressionsReachTheRecordWhereTheyAreAllowed() {
    return attributes((sample, attribute) -> {
      String code = assigned(attribute, CODE);
      if (attribute.computed()) {
        assertTrue(shown(sample, code).contains("computed"), code);
      } else {
        var problems = problems(sample, code);
        String expected = sample.name() + ": " + attribute.name() + " must not be an expression";
        assertTrue(problems.getFirst().endsWith(expected), problems::toString);
      }
    });
  }

  @TestFactory
  Stream<DynamicTest> wrongLiteralsAreNamed() {
    return attributes((sample, attribute) -> {
      if (!attribute.wrong().isEmpty()) {
        var problems = problems(sample, assigned(attribute, attribute.wrong()));
        String expected = sample.name() + ": " + attribute.name() + " is ";
        assertTrue(problems.getFirst().contains(expected), problems::toString);
      }
    });
  }

  @TestFactory
  Stream<DynamicTest> requiredAttributesAreNamedWhenTheyAreMissing() {
    var given = Pattern.compile("([a-z-]+)=\"[^\"]*\"");
    return PolicySamples.ALL.stream()
        .flatMap(sample ->
            given
                .matcher(sample.required().substring(0, sample.required().indexOf('>')))
                .results()
                .filter(found -> !sample.alternatives().contains(found.group(1)))
                .map(found ->
                    DynamicTest.dynamicTest(
                        sample.name() + " " + found.group(1),
                        () -> {
                          String less = sample.required().replace(found.group(), "");
                          var problems = problems(sample.requiring(less), "");
                          assertTrue(
                              problems.toString().contains(found.group(1)), problems::toString);
                        })));
  }

  /** What an executable of one attribute checks. */
  private interface Check {
    void check(Sample sample, Attribute attribute) throws PolicyException;
  }

  private static Stream<DynamicTest> attributes(Check check) {
    return PolicySamples.ALL.stream()
        .flatMap(sample ->
            sample.attributes().stream()
                .map(attribute ->
                    DynamicTest.dynamicTest(
                        sample.name() + " " + attribute.name(),
                        () -> check.check(sample, attribute))));
  }

  private static String assigned(Attribute attribute, String value) {
    return attribute.name() + "=\"" + value + "\" ";
  }

  private static String text(Sample sample, String attributes) {
    String section = sample.section().token();
    return "<policies><"
        + section
        + "><"
        + sample.name()
        + " "
        + attributes
        + sample.required()
        + "</"
        + sample.name()
        + "></"
        + section
        + "></policies>";
  }

  private static Scope scope(Sample sample) {
    Set<Scope> scopes = Catalogue.BINDINGS.get(sample.name()).scopes();
    return scopes.contains(Scope.API) ? Scope.API : scopes.iterator().next();
  }

  private static String shown(Sample sample, String attributes) throws PolicyException {
    var reader = new PolicyReader(Map.of(), Map.of(), false);
    var document =
        reader.read(new PolicyText("p.xml", text(sample, attributes)), scope(sample)).document();
    return shown(document.section(sample.section()).orElseThrow().getFirst());
  }

  private static List<String> problems(Sample sample, String attributes) {
    var reader = new PolicyReader(Map.of(), Map.of(), false);
    return Policies.problems(reader, text(sample, attributes), scope(sample));
  }

  /** A record without places, values as themselves. */
  private static String shown(Object value) {
    return switch (value) {
      case PolicyValue.Literal<?> literal -> String.valueOf(literal.value());
      case PolicyValue.Computed<?> _ -> "computed";
      case Optional<?> optional -> optional.map(BindingTest::shown).toString();
      case List<?> list -> list.stream().map(BindingTest::shown).toList().toString();
      case Record one ->
          Stream.of(one.getClass().getRecordComponents())
              .filter(component -> component.getType() != Place.class)
              .map(component -> component.getName() + "=" + shown(read(one, component)))
              .toList()
              .toString()
              .replaceFirst("^", one.getClass().getSimpleName());
      default -> value.toString();
    };
  }

  private static Object read(Record owner, RecordComponent component) {
    try {
      component.getAccessor().setAccessible(true);
      return component.getAccessor().invoke(owner);
    } catch (ReflectiveOperationException e) {
      throw new AssertionError(e);
    }
  }
}
