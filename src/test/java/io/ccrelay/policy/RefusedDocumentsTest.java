package io.ccrelay.policy;

import static io.ccrelay.policy.Policies.problems;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is wrong with a document is named with its place; nothing dangerous is read. */
class RefusedDocumentsTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "<!DOCTYPE policies [<!ENTITY a \"b\">]><policies/> | 1:1: declarations such as DOCTYPE",
        "<policies><inbound>&xxe;</inbound></policies> | 1:20: the entity &xxe; is not defined",
        "<policies><inbound> | 1:11: <inbound> is not closed",
        "<policies><inbound></outbound></inbound></policies> | 1:20: </outbound> closes nothing",
        "<policies><inbound><choose></inbound></policies> | 1:20: <choose> is not closed",
        "<policies><inbnd/></policies> | 1:11: unknown section \"inbnd\" (did you mean inbound?)",
        "<policies><inbound/><inbound/></policies> | 1:21: section inbound is given twice",
        "<policies><inbound>text</inbound></policies> | 1:20: inbound: holds text",
        "<policies/><policies/> | 1:12: stands after </policies>",
        "<fragment/> | 1:1: is a fragment",
        "nothing | 1:1: text outside the elements",
        "~ ~ | 1:1: holds no policies",
        "<policies><inbound><set-metod>GET</set-metod></inbound></policies> | unknown policy \"set-metod\" (did you mean set-method?)",
        "<policies><inbound><set-method verb=\"x\">GET</set-method></inbound></policies> | 1:32: set-method: unknown attribute \"verb\"",
        "<policies><inbound><set-status/></inbound></policies> | 1:20: set-status: attribute code is required",
        "<policies><inbound><set-status code=\"x\"/></inbound></policies> | set-status: code is \"x\" (expected: a whole number from 100 to 999)",
        "<policies><inbound><set-status code=200/></inbound></policies> | 1:37: set-status: the value of code must stand in quotes",
        "<policies><inbound><set-status code=\"1\" code=\"2\"/></inbound></policies> | 1:41: set-status: code is given twice",
        "<policies><inbound><set-variable name=\"@(1)\" value=\"\"/></inbound></policies> | set-variable: name must not be an expression",
        "<policies><inbound><set-variable name=\"a\" value=\"@(1)ms\"/></inbound></policies> | text beside an expression",
        "<policies><inbound><set-method>@(1) GET</set-method></inbound></policies> | text beside an expression",
        "<policies><inbound><set-method>GET @(1)<!-- -->@(2)</set-method></inbound></policies> | text beside an expression",
        "<policies><inbound><set-variable name=\"a\" value=\"@((1)\"/></inbound></policies> | 1:50: set-variable: value: the expression is not closed",
        "<policies><inbound><choose><when condition=\"true\"><base/></when></choose></inbound></policies> | base: stands inside a statement",
        "<policies><inbound><cache-store duration=\"1\"/></inbound></policies> | cache-store: is not allowed in inbound (expected: outbound)",
        "<policies><inbound><quota calls=\"1\" renewal-period=\"1\"/></inbound></policies> | quota: is not allowed in the api scope (expected: product)",
        "<policies><inbound><include-fragment fragment-id=\"nope\"/></inbound></policies> | fragment \"nope\" is not configured",
        "<policies><inbound><set-method>{{verb}}</set-method></inbound></policies> | 1:32: named value \"verb\" is not configured"
      })
  void whatIsWrongIsNamedWithItsPlace(String text, String expected) {
    var problems = problems(text);
    assertTrue(problems.stream().anyMatch(one -> one.contains(expected)), problems::toString);
  }

  @Test
  void severalProblemsAreReportedAtOnce() {
    var problems =
        problems(
            """
            <policies>
              <inbound>
                <set-status code="x" />
                <set-hedder name="a" />
              </inbound>
              <outbound>
                <cache-store />
              </outbound>
            </policies>
            """);
    assertEquals(
        List.of(
            "p.xml:3:23: set-status: code is \"x\" (expected: a whole number from 100 to 999)",
            "p.xml:4:5: unknown policy \"set-hedder\" (did you mean set-header?)",
            "p.xml:7:5: cache-store: attribute duration is required"
                + " (expected: a whole number from 0)"),
        problems);
  }

  @Test
  void placesAreThoseOfTheFileBehindNamedValues() {
    var reader = new PolicyReader(Map.of("long", "x".repeat(500), "n", "a\nb"), Map.of(), false);
    var problems =
        problems(
            reader,
            "<policies><inbound>\n<trace source=\"{{long}} {{n}}\" bad=\"1\"><message>m</message></trace>"
                + "</inbound></policies>",
            Scope.API);
    assertEquals(
        List.of("p.xml:2:32: trace: unknown attribute \"bad\" (expected: id, source, severity)"),
        problems);
  }

  @Test
  void namedValuesDoNotShowInMessages() {
    var reader = new PolicyReader(Map.of("secret", "hunter2"), Map.of(), false);
    var problems =
        problems(
            reader,
            "<policies><inbound><set-status code=\"{{secret}}\"/></inbound></policies>",
            Scope.API);
    assertTrue(problems.getFirst().contains("code has a named value"), problems::toString);
    assertTrue(problems.stream().noneMatch(one -> one.contains("hunter2")), problems::toString);
  }

  @Test
  void sizeDepthAndNumberOfElementsAreBounded() {
    assertTrue(problems("<a>".repeat(100)).getFirst().contains("nested deeper than 64"));
    String many = "<base/>".repeat(10_001);
    assertTrue(problems("<inbound>" + many + "</inbound>").getFirst().contains("10000 elements"));
    assertTrue(problems(" ".repeat(1 << 21)).getFirst().contains("larger than 1 MiB"));
    String attributes = "a".repeat(1);
    var tag = new StringBuilder("<inbound ");
    for (int i = 0; i < 70; i++) {
      tag.append(attributes).append(i).append("=\"\" ");
    }
    assertTrue(problems(tag + "/>").getFirst().contains("64 attributes"));
  }

  @Test
  void fragmentsThatMultiplyAreBounded() {
    var fragments = new HashMap<String, PolicyText>();
    for (int i = 0; i < 40; i++) {
      String twice = ("<include-fragment fragment-id=\"f" + (i + 1) + "\"/>").repeat(2);
      fragments.put("f" + i, new PolicyText("f" + i, twice));
    }
    fragments.put(
        "f40", new PolicyText("f40", "<fragment><set-method>GET</set-method></fragment>"));
    var reader = new PolicyReader(Map.of(), fragments, false);
    var problems =
        problems(reader, "<inbound><include-fragment fragment-id=\"f0\"/></inbound>", Scope.API);
    assertTrue(problems.getFirst().contains("more than 20000 statements"), problems::toString);
  }

  @Test
  void fragmentsThatIncludeThemselvesAreRefused() {
    var reader =
        new PolicyReader(
            Map.of(),
            Map.of(
                "a",
                    new PolicyText(
                        "a.xml", "<fragment>\n<include-fragment fragment-id='b'/></fragment>"),
                "b", new PolicyText("b.xml", "<include-fragment fragment-id='a'/>")),
            false);
    assertEquals(
        List.of("b.xml:1:1: include-fragment: fragment \"a\" includes itself"),
        problems(reader, "<inbound><include-fragment fragment-id='a'/></inbound>", Scope.API));
  }

  @Test
  void proxiesOfCallsAreRefusedOrSkipped() {
    for (String call : new String[] {"send-request", "send-one-way-request"}) {
      String text =
          ("<inbound><%s%s><set-url>http://x</set-url>\n<proxy url=\"http://p\" username=\"u\" password=\"p\" /></%s></inbound>")
              .formatted(
                  call, call.equals("send-request") ? " response-variable-name=\"r\"" : "", call);
      assertEquals(
          List.of(
              "p.xml:2:1: "
                  + call
                  + "/proxy is not supported: calls go straight to their services"),
          Policies.problems(text));
      var read = Policies.read(new PolicyReader(Map.of(), Map.of(), true), text);
      assertEquals(
          List.of("unknown-policy"),
          read.warnings().stream().map(warning -> warning.lint().token()).toList());
    }
  }
}
