package io.ccrelay.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import net.jqwik.api.Property;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The map from every rule of a shared cache to the tests that show it holds for what is there. */
class RulesTest {

  private static final String FILE = "/http/rules.txt";
  private static final String TABLE = "SharedCacheRulesTest";
  private static final List<String> ROOMS =
      List.of("io.ccrelay.http.", "io.ccrelay.proxy.api.", "io.ccrelay.upstream.http.");
  private static final Pattern REFERENCE =
      Pattern.compile("(\\w+)#(\\w+)(?:\\[(\\d+_[\\d.]+)\\])?");

  /** A line of the map. */
  private record Rule(String number, String level, String source, String text, List<String> tests) {

    static Rule of(String line) {
      String[] parts = line.split("\\|", -1);
      assertEquals(5, parts.length, line);
      return new Rule(
          parts[0].strip(),
          parts[1].strip(),
          parts[2].strip(),
          parts[3].strip(),
          List.of(parts[4].strip().split(" +")));
    }
  }

  private static final List<Rule> RULES = new ArrayList<>();

  @BeforeAll
  static void read() throws IOException {
    try (var in = RulesTest.class.getResourceAsStream(FILE)) {
      assertNotNull(in, FILE);
      new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.isBlank() && !line.startsWith("#"))
          .map(Rule::of)
          .forEach(RULES::add);
    }
  }

  @Test
  void everyRuleHasANumberOfItsOwnALevelASourceAndAText() {
    var numbers = new HashSet<String>();
    for (Rule rule : RULES) {
      assertTrue(numbers.add(rule.number()), rule.number());
      assertTrue(rule.number().matches("[A-Z]\\d+"), rule.number());
      assertTrue(Set.of("MUST", "SHOULD", "MAY").contains(rule.level()), rule.number());
      assertTrue(rule.source().matches("\\d{4} \\d+(\\.\\d+)*"), rule.number());
      assertTrue(rule.text().length() > 10, rule.number());
    }
    assertTrue(RULES.size() > 100, "rules: " + RULES.size());
  }

  @Test
  void everyRuleHasTestsAndAllOfThemExist() {
    var missing = new TreeSet<String>();
    for (Rule rule : RULES) {
      for (String test : rule.tests()) {
        if (!exists(test)) {
          missing.add(rule.number() + ": " + test);
        }
      }
    }
    assertEquals(Set.of(), missing);
  }

  /** A row that no rule names was written for a rule that the map lacks. */
  @Test
  void everyRowOfTheWholeRelayTableBelongsToARule() {
    var named = new HashSet<String>();
    RULES.forEach(rule -> named.addAll(rule.tests()));
    var forgotten = new TreeSet<String>();
    for (Method method : types(TABLE).findFirst().orElseThrow().getDeclaredMethods()) {
      sections(method)
          .map(section -> TABLE + "#" + method.getName() + "[" + section + "]")
          .filter(row -> !named.contains(row))
          .forEach(forgotten::add);
    }
    assertEquals(Set.of(), forgotten);
  }

  private static boolean exists(String test) {
    var reference = REFERENCE.matcher(test);
    if (!reference.matches()) {
      return false;
    }
    String section = reference.group(3);
    return types(reference.group(1))
        .flatMap(type -> Arrays.stream(type.getDeclaredMethods()))
        .filter(method -> method.getName().equals(reference.group(2)) && isTest(method))
        .anyMatch(method -> section == null || sections(method).anyMatch(section::equals));
  }

  private static boolean isTest(Method method) {
    return method.isAnnotationPresent(Test.class)
        || method.isAnnotationPresent(ParameterizedTest.class)
        || method.isAnnotationPresent(Property.class);
  }

  /** Some names are used in more than one room. */
  private static Stream<Class<?>> types(String name) {
    return ROOMS.stream()
        .flatMap(room -> {
          try {
            return Stream.of(Class.forName(room + name));
          } catch (ClassNotFoundException elsewhere) {
            return Stream.empty();
          }
        });
  }

  /** The sections that rows of a table begin with, such as {@code 9111_4.2}. */
  private static Stream<String> sections(Method method) {
    CsvSource table = method.getAnnotation(CsvSource.class);
    return table == null
        ? Stream.empty()
        : table
            .textBlock()
            .lines()
            .filter(row -> row.contains("|"))
            .map(row -> row.substring(0, row.indexOf('|')).strip().replace(' ', '_'));
  }
}
