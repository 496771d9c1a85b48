package io.ccrelay.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;

/**
 * The list of attributes, {@code policies/attributes.txt}, is that of what the reader accepts; each
 * has a test that is there and is about it; the README says which have no effect.
 */
class AttributeListTest {

  private static final List<String> PACKAGES =
      List.of("io.ccrelay.policy", "io.ccrelay.policy.run", "io.ccrelay.proxy.policy");

  private static final Pattern CODE = Pattern.compile("`([^`]+)`");

  private static final Map<String, Entry> LIST = list();

  /**
   * A line.
   *
   * @param name such as {@code cors allowed-origins/origin}
   * @param state supported, no effect or refused
   * @param test a class of cases, one of which has this name, or a method of a test class
   */
  private record Entry(String name, String state, String test) {

    String policy() {
      return name.substring(0, name.indexOf(' '));
    }

    /** The last name of the path. */
    String last() {
      return name.replaceFirst(".*[ /@]", "");
    }
  }

  private static Map<String, Entry> list() {
    try (var list = AttributeListTest.class.getResourceAsStream("/policies/attributes.txt")) {
      return new String(list.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.isBlank() && !line.startsWith("#"))
          .map(line -> line.split("\\s*\\|\\s*"))
          .map(parts -> new Entry(parts[0], parts[1], parts[2]))
          .collect(
              Collectors.toMap(
                  Entry::name,
                  Function.identity(),
                  (one, other) -> {
                    throw new AssertionError("twice: " + one);
                  },
                  TreeMap::new));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void listIsWhatTheReaderAccepts() {
    var listed = new TreeSet<>(LIST.keySet());
    listed.removeIf(name -> name.endsWith("/@id"));
    assertEquals(String.join("\n", Schema.all()), String.join("\n", listed));
  }

  @Test
  void bothFamiliesOfNamesAcceptTheSame() {
    for (String name : Catalogue.BINDINGS.keySet()) {
      if (name.startsWith("azure-openai-")) {
        String llm = name.replace("azure-openai-", "llm-");
        assertEquals(
            Schema.of(llm),
            Schema.of(name).stream()
                .map(one -> one.replace(name + " ", llm + " "))
                .collect(Collectors.toSet()));
      }
    }
  }

  @TestFactory
  Stream<DynamicTest> everyAttributeHasATest() {
    return LIST.values().stream()
        .map(entry -> DynamicTest.dynamicTest(entry.name(), () -> assertTested(entry)));
  }

  private static void assertTested(Entry entry) throws Exception {
    String[] parts = entry.test().split("\\.");
    Class<?> test = type(parts[0]);
    if (parts.length == 1) {
      assertTrue(
          documents(test, entry.name()).stream().anyMatch(text -> text.contains(entry.last())),
          "no case of " + test.getSimpleName() + " is about it");
      return;
    }
    assertTrue(
        Stream.of(test.getDeclaredMethods())
            .anyMatch(method -> method.getName().equals(parts[1]) && isTest(method)),
        "there is no test " + entry.test());
    String source = Files.readString(source(test));
    assertTrue(source.contains(entry.last()), test + " does not name " + entry.last());
  }

  private static Class<?> type(String name) {
    return PACKAGES.stream()
        .flatMap(room -> {
          try {
            return Stream.of(Class.forName(room + "." + name));
          } catch (ClassNotFoundException e) {
            return Stream.of();
          }
        })
        .findFirst()
        .orElseThrow(() -> new AssertionError("there is no class " + name));
  }

  private static Path source(Class<?> test) {
    return Path.of("src/test/java", test.getName().replace('.', '/') + ".java");
  }

  private static boolean isTest(Method method) {
    return method.isAnnotationPresent(Test.class)
        || method.isAnnotationPresent(TestFactory.class)
        || method.isAnnotationPresent(ParameterizedTest.class);
  }

  /** The documents of the cases of {@code test} that have {@code name}. */
  private static List<String> documents(Class<?> test, String name) throws Exception {
    Method cases = test.getDeclaredMethod("cases");
    cases.setAccessible(true);
    return ((Stream<?>) cases.invoke(null))
        .filter(one -> read(one, "name").equals(name))
        .map(one -> read(one, "document"))
        .toList();
  }

  private static String read(Object one, String property) {
    try {
      Method getter = one.getClass().getDeclaredMethod(property);
      getter.setAccessible(true);
      return (String) getter.invoke(one);
    } catch (ReflectiveOperationException e) {
      throw new AssertionError(e);
    }
  }

  /** The rows of the README's table, by the names in their first cell. */
  private static Map<String, String> rows() {
    try {
      var rows = new TreeMap<String, String>();
      Files.readAllLines(Path.of("README.md")).stream()
          .dropWhile(line -> !line.startsWith("| statement | attributes |"))
          .skip(2)
          .takeWhile(line -> line.startsWith("|"))
          .forEach(line -> names(line.split("\\|")[1]).forEach(name -> rows.put(name, line)));
      return rows;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** {@code `llm-x` and its `azure-openai-` name} are two. */
  private static Collection<String> names(String cell) {
    var names = new TreeSet<String>();
    CODE.matcher(cell).results().forEach(found -> names.add(found.group(1)));
    if (names.remove("azure-openai-")) {
      Set.copyOf(names).forEach(name -> names.add(name.replaceFirst("^llm-", "azure-openai-")));
    }
    return names;
  }

  @Test
  void readmeHasARowForEveryPolicy() {
    var missing = new TreeSet<>(Catalogue.BINDINGS.keySet());
    missing.removeAll(rows().keySet());
    assertEquals(Set.of(), missing);
  }

  @TestFactory
  Stream<DynamicTest> readmeNamesWhatHasNoEffectOrIsRefused() {
    Map<String, String> rows = rows();
    return LIST.values().stream()
        .filter(entry -> !entry.state().equals("supported"))
        .map(entry ->
            DynamicTest.dynamicTest(
                entry.name(),
                () -> {
                  assertTrue(Set.of("no effect", "refused").contains(entry.state()), entry.state());
                  String row = Optional.ofNullable(rows.get(entry.policy())).orElse("");
                  assertTrue(
                      CODE.matcher(row).results().anyMatch(it -> names(it.group(1), entry)), row);
                }));
  }

  /** Whether {@code code} is the attribute, or the beginning of several as {@code dapr-*} is. */
  private static boolean names(String code, Entry entry) {
    return Arrays.asList(code.split("[ =]")).contains(entry.last());
  }
}
