package io.ccrelay.proxy.policy;

import static io.ccrelay.proxy.policy.AttributeCase.attribute;
import static io.ccrelay.proxy.policy.AttributeCase.saying;
import static io.ccrelay.proxy.policy.AttributeCase.told;
import static io.ccrelay.proxy.policy.PolicyRelay.field;

import io.ccrelay.testing.RawClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Every attribute of the statements that change requests, responses and variables. */
class ChangeAttributesTest {

  static Stream<AttributeCase> cases() {
    return Stream.of(
            variables(), headers(), queries(), bodies(), others(), toXml(), namespaces(), toJson())
        .flatMap(all -> all);
  }

  @TestFactory
  Stream<DynamicTest> everyAttributeDoesWhatItSays() {
    return cases().map(AttributeCase::test);
  }

  private static Stream<AttributeCase> variables() {
    return Stream.of(
        attribute("set-variable @name")
            .inbound(
                "<set-variable name=\"n\" value=\"v\" />"
                    + saying("context.Variables.ContainsKey(\"n\").ToString()"))
            .answers("200 True"),
        attribute("set-variable @value")
            .inbound(
                "<set-variable name=\"n\" value=\"@(2)\" />"
                    + saying("((int)context.Variables[\"n\"] + 1).ToString()"))
            .answers("200 3"),
        attribute("include-fragment @fragment-id")
            .with(with -> with.fragment("f", "<fragment>" + saying("\"f\"") + "</fragment>"))
            .inbound("<include-fragment fragment-id=\"f\" />")
            .answers("200 f"));
  }

  private static final Function<PolicyRelay, String> SENT =
      relay -> {
        relay.get("/?q=1", "H", "one");
        return String.join(",", relay.backend.last().fields().all("H"))
            + " "
            + relay.backend.last().uri();
      };

  private static Stream<AttributeCase> headers() {
    return Stream.of(
        attribute("set-header @name")
            .inbound("<set-header name=\"@(\"H\")\"><value>v</value></set-header>")
            .sees("v /?q=1", SENT),
        attribute("set-header @exists-action")
            .inbound(
                "<set-header name=\"H\" exists-action=\"@(\"append\")\"><value>v</value></set-header>")
            .sees("one,v /?q=1", SENT),
        attribute("set-header value")
            .inbound("<set-header name=\"H\"><value>a</value><value>@(\"b\")</value></set-header>")
            .sees("a,b /?q=1", SENT));
  }

  private static Stream<AttributeCase> queries() {
    return Stream.of(
        attribute("set-query-parameter @name")
            .inbound(
                "<set-query-parameter name=\"@(\"q\")\"><value>2</value></set-query-parameter>")
            .sees("one /?q=2", SENT),
        attribute("set-query-parameter @exists-action")
            .inbound(
                "<set-query-parameter name=\"q\" exists-action=\"skip\"><value>2</value></set-query-parameter>")
            .sees("one /?q=1", SENT),
        attribute("set-query-parameter value")
            .inbound(
                "<set-query-parameter name=\"q\"><value>2</value><value>@(\"3\")</value></set-query-parameter>")
            .sees("one /?q=2&q=3", SENT));
  }

  private static Stream<AttributeCase> bodies() {
    return Stream.of(
        attribute("set-body @template")
            .outbound("<set-body template=\"liquid\">{{ context.Response.StatusCode }}</set-body>")
            .answers("200 200"),
        attribute("set-body @xsi-nil")
            .outbound("<set-body xsi-nil=\"null\">a</set-body>")
            .answers("200 a"),
        attribute("set-body @parse-date")
            .outbound("<set-body parse-date=\"false\">2026-01-01</set-body>")
            .answers("200 2026-01-01"),
        attribute("set-body @html-decode-expression")
            .outbound(
                "<set-body html-decode-expression=\"true\">@(\"&lt;\" + \"&amp;lt;\")</set-body>")
            .answers("200 <&lt;"));
  }

  private static String statusLine(PolicyRelay relay) {
    try (var client = new RawClient(relay.relay.port())) {
      return client.send("GET / HTTP/1.1\r\nHost: h\r\n\r\n").readUntil("\r\n").strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Stream<AttributeCase> others() {
    return Stream.of(
        attribute("set-status @code").outbound("<set-status code=\"@(203)\" />").answers("203 x"),
        attribute("set-status @reason")
            .outbound("<set-status code=\"203\" reason=\"@(\"Well \" + 1)\" />")
            .sees("HTTP/1.1 203 Well 1", ChangeAttributesTest::statusLine),
        attribute("rewrite-uri @template")
            .with(with -> with.operation("o", "GET", "/a/{id}"))
            .inbound("<rewrite-uri template=\"/b?i={id}\" />")
            .sees(
                "/b?i=7&q=1",
                relay -> {
                  relay.get("/a/7?q=1");
                  return relay.backend.last().uri();
                }),
        attribute("rewrite-uri @copy-unmatched-params")
            .inbound("<rewrite-uri template=\"/b\" copy-unmatched-params=\"@(false)\" />")
            .sees("one /b", SENT),
        attribute("find-and-replace @from")
            .outbound("<find-and-replace from=\"@(\"x\")\" to=\"y\" />")
            .answers("200 y"),
        attribute("find-and-replace @to")
            .outbound("<find-and-replace from=\"x\" to=\"@(\"z\")\" />")
            .answers("200 z"));
  }

  private static AttributeCase toXml(String name, String attributes, String json) {
    return attribute("json-to-xml " + name)
        .outbound("<set-body>" + json + "</set-body><json-to-xml " + attributes + " />");
  }

  private static Stream<AttributeCase> toXml() {
    String always = "apply=\"always\" consider-accept-header=\"false\" ";
    String json = "{\"a\":\"2026-01-02T03:04:05.000Z\"}";
    return Stream.of(
        toXml("@apply", "apply=\"content-type-json\" consider-accept-header=\"false\"", "{}")
            .answers("200 {}"),
        toXml("@apply", "apply=\"@(\"always\")\" consider-accept-header=\"false\"", "{}")
            .answers("200 <Document></Document>"),
        toXml(
                "@consider-accept-header",
                "apply=\"always\" consider-accept-header=\"@(true)\"",
                "{}")
            .answers("200 {}"),
        toXml(
                "@consider-accept-header",
                "apply=\"always\" consider-accept-header=\"@(true)\"",
                "{}")
            .sees(
                "200 <Document></Document>",
                relay -> told(relay.get("/", "Accept", "application/xml"))),
        toXml("@parse-date", always + "parse-date=\"false\"", json)
            .answers("200 <Document><a>2026-01-02T03:04:05.000Z</a></Document>"),
        toXml("@parse-date", always, json)
            .answers("200 <Document><a>2026-01-02T03:04:05Z</a></Document>"),
        toXml(
                "@attribute-block-name",
                always + "attribute-block-name=\"#a\"",
                "{\"x\":{\"#a\":{\"b\":1},\"c\":2}}")
            .answers("200 <Document><x b=\"1\"><c>2</c></x></Document>"));
  }

  private static Stream<AttributeCase> namespaces() {
    String always = "apply=\"always\" consider-accept-header=\"false\" ";
    return Stream.of(
        toXml(
                "@namespace-prefix",
                always,
                "{\"x\":{\"xmlns\":\"urn:a\",\"xmlns_p\":\"urn:b\",\"p_c\":1,\"@p_d\":2,\"q_e\":3}}")
            .answers(
                "200 <Document><x xmlns=\"urn:a\" xmlns:p=\"urn:b\" p:d=\"2\"><p:c>1</p:c><q_e>3</q_e></x></Document>"),
        toXml(
                "@namespace-prefix",
                always + "namespace-prefix=\"ns\"",
                "{\"ns_p\":\"urn:b\",\"p_c\":1}")
            .answers("200 <Document xmlns:p=\"urn:b\"><p:c>1</p:c></Document>"),
        toXml(
                "@namespace-separator",
                always + "namespace-separator=\"@(\":\")\"",
                "{\"xmlns:p\":\"urn:b\",\"p:c\":1}")
            .answers("200 <Document xmlns:p=\"urn:b\"><p:c>1</p:c></Document>"));
  }

  private static AttributeCase toJson(String name, String attributes) {
    return attribute("xml-to-json " + name)
        .outbound(
            "<set-body><![CDATA[<a b=\"1\"><c>2</c></a>]]></set-body><xml-to-json "
                + attributes
                + " />");
  }

  private static Stream<AttributeCase> toJson() {
    String xml = "200 <a b=\"1\"><c>2</c></a>";
    String always = " apply=\"always\" consider-accept-header=\"false\"";
    return Stream.of(
        toJson("@kind", "kind=\"direct\"" + always)
            .answers("200 {\"a\":{\"@b\":\"1\",\"c\":\"2\"}}"),
        toJson("@kind", "kind=\"@(\"javascript-friendly\")\"" + always)
            .answers("200 {\"a\":{\"b\":\"1\",\"c\":\"2\"}}"),
        toJson(
                "@apply",
                "kind=\"direct\" apply=\"content-type-xml\" consider-accept-header=\"false\"")
            .answers(xml),
        toJson(
                "@consider-accept-header",
                "kind=\"direct\" apply=\"always\" consider-accept-header=\"true\"")
            .answers(xml),
        toJson(
                "@always-array-child-elements",
                "kind=\"direct\" always-array-child-elements=\"true\"" + always)
            .sees(
                "application/json {\"a\":{\"@b\":\"1\",\"c\":[\"2\"]}}",
                relay -> {
                  var answer = relay.get("/");
                  return field(answer, "Content-Type") + " " + answer.body();
                }));
  }
}
