package io.ccrelay.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.ccrelay.policy.Element.Attribute;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever is read: elements come back as they were written, or the document is refused. */
class ReaderPropertyTest {

  private static final List<String> PARTS =
      List.of(
          "<policies>",
          "</policies>",
          "<inbound>",
          "</inbound>",
          "<outbound/>",
          "<base/>",
          "<choose>",
          "<when condition=\"",
          "@(",
          "@{",
          "\"",
          "'",
          ")",
          "}",
          "\">",
          "/>",
          "</when>",
          "</choose>",
          "<set-body",
          " template=\"liquid\"",
          ">",
          "</set-body>",
          "<!--",
          "-->",
          "<![CDATA[",
          "]]>",
          "<?",
          "?>",
          "<!DOCTYPE x",
          "&amp;",
          "&lt;",
          "&#0;",
          "&#x41;",
          "&nope;",
          "{{name}}",
          "{{",
          "}}",
          "$\"{",
          "@\"",
          "//",
          "/*",
          "*/",
          "\n",
          "\\",
          "<include-fragment fragment-id=\"f\"/>",
          "x",
          "<",
          "\uFEFF",
          "\uD800",
          "<set-variable name=\"a\" value=\"");

  @Property(tries = 2000)
  void familiarPartsInAnyOrderGiveADocumentOrAPolicyException(@ForAll("mixtures") String text) {
    readable(text);
  }

  @Property(tries = 500)
  void anyTextGivesADocumentOrAPolicyException(@ForAll String text) {
    readable(text);
    readable("<policies><inbound>" + text + "</inbound></policies>");
  }

  @Property(tries = 500)
  void aDamagedDocumentGivesADocumentOrAPolicyException(
      @ForAll int from, @ForAll int length, @ForAll("parts") String part) throws IOException {
    String whole = Files.readString(Path.of("src/test/resources/examples/apim-value-caching.xml"));
    int start = Math.floorMod(from, whole.length());
    int end = Math.min(whole.length(), start + Math.floorMod(length, 30));
    readable(whole.substring(0, start) + part + whole.substring(end));
  }

  @Provide
  Arbitrary<String> parts() {
    return Arbitraries.of(PARTS);
  }

  @Provide
  Arbitrary<String> mixtures() {
    return parts().list().ofMaxSize(40).map(parts -> String.join("", parts));
  }

  private static void readable(String text) {
    var reader =
        new PolicyReader(
            Map.of("name", "value"), Map.of("f", new PolicyText("f", "<base/>")), false);
    try {
      reader.read(new PolicyText("p.xml", text), Scope.API);
    } catch (PolicyException e) {
      for (PolicyProblem problem : e.problems()) {
        assertEquals(true, problem.line() > 0 && problem.column() > 0, problem::toString);
      }
    }
  }

  /** Attributes by name and children, comparable. */
  private record Tree(String name, Map<String, String> attributes, List<Tree> children) {

    String written() {
      var text = new StringBuilder("<").append(name);
      attributes.forEach((name, value) -> text.append(' ').append(name).append(value(value)));
      text.append(">\n");
      children.forEach(child -> text.append(child.written()));
      return text.append("<!-- > --></").append(name).append(" >").toString();
    }

    /** Expressions as they are, or escaped; literals escaped. */
    private static String value(String value) {
      boolean raw = CodeScan.begins(value, 0) && value.length() % 2 == 0;
      return "=\"" + (raw ? value : escaped(value)) + "\"";
    }

    private static String escaped(String value) {
      return value
          .replace("&", "&amp;")
          .replace("\"", "&quot;")
          .replace("<", "&lt;")
          .replace(">", "&#62;");
    }

    static Tree of(Element element) {
      var attributes = new TreeMap<String, String>();
      for (Attribute attribute : element.attributes()) {
        attributes.put(attribute.name(), attribute.value().text());
      }
      return new Tree(
          element.name(), attributes, element.children().stream().map(Tree::of).toList());
    }
  }

  @Property(tries = 500)
  void elementsComeBackAsTheyWereWritten(@ForAll("trees") Tree tree) {
    var findings = new Findings();
    var roots = Markup.read(SourceText.plain("p.xml", tree.written()), findings);
    assertEquals(List.of(), findings.errors());
    assertEquals(List.of(tree), roots.stream().map(Tree::of).toList());
  }

  @Provide
  Arbitrary<Tree> trees() {
    return Arbitraries.lazyOf(
        () -> tree(List.of()), () -> trees().list().ofMaxSize(3).flatMap(this::tree));
  }

  private Arbitrary<Tree> tree(List<Tree> children) {
    var names = Arbitraries.of("a", "b-c", "d.e", "x1");
    Arbitrary<Map<String, String>> attributes =
        Arbitraries.maps(names, values()).ofMaxSize(3).map(TreeMap::new);
    return Combinators.combine(names, attributes).as((name, all) -> new Tree(name, all, children));
  }

  private static Arbitrary<String> values() {
    Arbitrary<String> literals =
        Arbitraries.strings()
            .withChars("ab &\"'<>@();{}=\n")
            .ofMaxLength(12)
            .filter(text -> !text.strip().startsWith("@(") && !text.strip().startsWith("@{"));
    Arbitrary<String> strings =
        Arbitraries.strings()
            .withChars("ab &'<>@(){}[]")
            .ofMaxLength(8)
            .map(text -> '"' + text + '"');
    Arbitrary<String> expressions =
        strings
            .list()
            .ofMinSize(1)
            .ofMaxSize(4)
            .map(parts -> "@(" + String.join(" + ", parts) + ")");
    Arbitrary<String> blocks =
        strings.map(
            text -> "@{ /* \" } */ if (a < b && c[\"x\"] == '\"') { return " + text + "; } }");
    return Arbitraries.oneOf(literals, expressions, blocks);
  }

  @Example
  void hugeDocumentsOfDelimitersAreReadInTime() {
    for (String part : PARTS) {
      String text = part.repeat(Math.min((1 << 20) / part.length(), 500_000));
      assertTimeoutPreemptively(
          Duration.ofSeconds(10), () -> readable("<policies><inbound>" + text), part);
    }
  }
}
