package io.ccrelay.policy;

import static io.ccrelay.policy.Policies.assertComputed;
import static io.ccrelay.policy.Policies.inbound;
import static io.ccrelay.policy.Policies.literal;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.ccrelay.policy.Element.Content;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Documents as people write them: most are not well-formed XML. */
class UglyDocumentsTest {

  /** The one attribute of {@code text}, a start tag. */
  private static Content attribute(String text) {
    var findings = new Findings();
    var roots = Markup.read(SourceText.plain("p.xml", text), findings);
    assertEquals(List.of(), findings.errors());
    return roots.getFirst().attributes().getFirst().value();
  }

  private static Content content(String text) {
    var findings = new Findings();
    var roots = Markup.read(SourceText.plain("p.xml", text), findings);
    assertEquals(List.of(), findings.errors());
    return roots.getFirst().content().orElseThrow();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "@(context.Variables[\"x\"])",
        "@(context.Variables[\"a\"] == \"b\" && 1 < 2 || 3 > 2)",
        "@(\"a\\\"b)\")",
        "@(@\"c:\\\" + \"x\")",
        "@(@\"say \"\"hi\"\" )\" + 1)",
        "@($\"{context.Variables[\"x\"]}-{1:00}\")",
        "@($@\"\"\"{1}\"\" {{ }\" + 2)",
        "@(x == '\"' ? ')' : '\\'')",
        "@{ // a comment with \" and )\n return 1; }",
        "@{ /* \" ) } */ return \"}\"; }",
        "@{ var u = \"https://host/path\"; return u; }",
        "@(new JObject(new JProperty(\"a\", new JArray(1, 2))).ToString())",
        "@(((IResponse)context.Variables[\"r\"]).Body.As<string>())",
        "@{\n  if (a < b && c > d) {\n    return \"<x/>\";\n  }\n  return '}';\n}"
      })
  void expressionsStandUnescapedInAttributesAndTexts(String code) {
    assertEquals(
        new Content(code, true, 6, 6 + code.length()), attribute("<a b=\"" + code + "\"/>"));
    assertEquals(code, attribute("<a b=\"  " + code + "  \"/>").text());
    assertEquals(code, content("<a>\n " + code + " \n</a>").text());
    assertEquals(code, content("<set-body>" + code + "</set-body>").text());
    assertEquals(code, content("<set-body><!-- c --> " + code + "</set-body>").text());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "@(context.Variables[\"x\"])",
        "@(\"a\" == \"b\" && 1 < 2)",
        "@{ return \"&\" + '<'; }"
      })
  void expressionsMayBeEscapedAsXmlWantsIt(String code) {
    String escaped =
        code.replace("&", "&amp;")
            .replace("\"", "&quot;")
            .replace("<", "&lt;")
            .replace(">", "&gt;");
    assertEquals(code, attribute("<a b=\"" + escaped + "\"/>").text());
    assertEquals(code, content("<a>" + escaped + "</a>").text());
    assertEquals(code, content("<set-body>" + escaped + "</set-body>").text());
    assertEquals(code, content("<a><![CDATA[" + code + "]]></a>").text());
    assertEquals(code, content("<set-body>\n<![CDATA[" + code + "]]>\n</set-body>").text());
  }

  @Test
  void eachAttributeIsJudgedForItself() {
    var policy =
        Policies.only(
            CachePolicy.StoreValue.class,
            Section.INBOUND,
            "<cache-store-value key=\"@(&quot;a&quot; + &quot;&amp;b&quot;)\""
                + " value=\"@(context.Variables[\"x\"] ?? \"a&b\")\" duration='60'/>");
    assertComputed(policy.key());
    assertComputed(policy.value());
    assertEquals(60, literal(policy.duration()));
  }

  @Test
  void singleQuotesHoldExpressionsToo() {
    assertEquals("@(x[\"a\"] + 'c')", attribute("<a b='@(x[\"a\"] + 'c')'/>").text());
  }

  @Test
  void literalsKeepBareAmpersandsAndAngleBrackets() {
    assertEquals("a=1&b=2", attribute("<a b=\"a=1&b=2\"/>").text());
    assertEquals("a&b\"<", attribute("<a b=\"a&amp;b&quot;&#60;\"/>").text());
    assertEquals("1 < 2 && 3", content("<a>1 < 2 && 3</a>").text());
    assertEquals("x<y>&amp;", content("<a><![CDATA[x<y>&amp;]]></a>").text());
  }

  @Test
  void theBodyOfSetBodyIsKeptAsItIsWritten() {
    String soap = "<soap:Envelope xmlns:soap=\"x\">{{body.a}}&amp;</soap:Envelope>";
    var body =
        Policies.only(
            TransformPolicy.SetBody.class,
            Section.INBOUND,
            "<set-body template=\"liquid\">" + soap + "</set-body>");
    assertEquals(soap, literal(body.body()));
    assertEquals(
        "{\"a\": \"b\"}",
        literal(
            ((TransformPolicy.SetBody) inbound("<set-body>{\"a\": \"b\"}</set-body>").getFirst())
                .body()));
    var unbalanced =
        (TransformPolicy.SetBody)
            inbound(
                    "<set-body template='liquid'>{% if a %}<x>{% else %}<x y='1'>{% endif %}</set-body>")
                .getFirst();
    assertEquals("{% if a %}<x>{% else %}<x y='1'>{% endif %}", literal(unbalanced.body()));
  }

  @Test
  void namespacesDeclarationsCommentsAndByteOrderMarksDoNotMatter() {
    var read =
        Policies.read(
            "\uFEFF<?xml version=\"1.0\"?>\n<!-- - \"@( -->\n"
                + "<policies xmlns=\"x\"><inbound><!-- <broken --><base /></inbound></policies>\n");
    assertInstanceOf(
        ControlPolicy.Base.class,
        read.document().section(Section.INBOUND).orElseThrow().getFirst());
  }

  @Test
  void sectionsMayStandWithoutARoot() {
    var read = Policies.read("<inbound><base/></inbound><outbound/>");
    assertEquals(2, read.document().sections().size());
  }

  @Test
  void escapedOperatorsBesideRawQuotesAreUnderstood() {
    assertComputed(
        ((ControlPolicy.Choose)
                inbound(
                        "<choose><when condition=\"@(context.Variables.ContainsKey(\"a\") &amp;&amp; 1 &lt; 2)\">"
                            + "<base2/></when></choose>".replace("<base2/>", ""))
                    .getFirst())
            .whens()
            .getFirst()
            .condition());
  }
}
