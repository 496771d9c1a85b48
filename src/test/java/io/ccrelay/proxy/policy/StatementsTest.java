package io.ccrelay.proxy.policy;

import static io.ccrelay.proxy.policy.PolicyRelay.answer;
import static io.ccrelay.proxy.policy.PolicyRelay.document;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.ccrelay.proxy.policy.PolicyRelay.With;
import java.net.http.HttpResponse;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What each attribute of the statements that change and call does, one row for each, through a
 * whole relay: the document's sections, and what backend and client then see.
 */
class StatementsTest {

  /**
   * A row.
   *
   * @param what the statement and the attribute
   * @param inbound statements of inbound
   * @param outbound statements of outbound
   * @param expected what {@link #seen} gives
   */
  record Row(String what, String inbound, String outbound, String expected) {
    @Override
    public String toString() {
      return what;
    }
  }

  private static Row in(String what, String inbound, String expected) {
    return new Row(what, inbound, "", expected);
  }

  private static Row out(String what, String outbound, String expected) {
    return new Row(what, "", outbound, expected);
  }

  private static String header(String name, String action, String... values) {
    var all =
        new StringBuilder("<set-header name=\"" + name + "\" exists-action=\"" + action + "\">");
    for (String value : values) {
      all.append("<value>").append(value).append("</value>");
    }
    return all.append("</set-header>").toString();
  }

  private static String query(String name, String action, String... values) {
    return header(name, action, values).replace("set-header", "set-query-parameter");
  }

  static Stream<Row> changesOfTheRequest() {
    return Stream.of(
        in("nothing", "", "POST /a/b?q=1 h=one body=content"),
        in("set-header override", header("H", "override", "x"), "POST /a/b?q=1 h=x body=content"),
        in("set-header skip", header("H", "skip", "x"), "POST /a/b?q=1 h=one body=content"),
        in("set-header append", header("H", "append", "x"), "POST /a/b?q=1 h=one,x body=content"),
        in("set-header delete", header("h", "delete"), "POST /a/b?q=1 h= body=content"),
        in(
            "set-header values",
            header("H", "override", "x", "y"),
            "POST /a/b?q=1 h=x,y body=content"),
        in(
            "set-header name and value by expression",
            "<set-header name=\"@(\"H\")\"><value>@(\"v\" + 1)</value></set-header>",
            "POST /a/b?q=1 h=v1 body=content"),
        in(
            "set-header on one line",
            "<set-header name=\"H\"><value>@(\"a\\r\\nEvil: 1\")</value></set-header>",
            "POST /a/b?q=1 h=a  Evil: 1 body=content"),
        in(
            "set-header of framing",
            "<set-header name=\"@(\"Content-Length\")\"><value>1</value></set-header>",
            "POST /a/b?q=1 h=one body=content"),
        in(
            "set-query-parameter override",
            query("q", "override", "a b"),
            "POST /a/b?q=a%20b h=one body=content"),
        in("set-query-parameter skip", query("q", "skip", "2"), "POST /a/b?q=1 h=one body=content"),
        in(
            "set-query-parameter append",
            query("q", "append", "2"),
            "POST /a/b?q=1&q=2 h=one body=content"),
        in("set-query-parameter delete", query("q", "delete"), "POST /a/b h=one body=content"),
        in("set-method", "<set-method>put</set-method>", "PUT /a/b?q=1 h=one body=content"),
        in(
            "set-method by expression",
            "<set-method>@(\"PUT\")</set-method>",
            "PUT /a/b?q=1 h=one body=content"),
        in("set-body literal", "<set-body>text</set-body>", "POST /a/b?q=1 h=one body=text"),
        in(
            "set-body by expression",
            "<set-body>@(context.Request.Body.As<string>() + \"!\")</set-body>",
            "POST /a/b?q=1 h=one body=content!"),
        in(
            "set-body of JSON",
            "<set-body>@(new JObject(new JProperty(\"a\", 1)).ToString(Newtonsoft.Json.Formatting.None))</set-body>",
            "POST /a/b?q=1 h=one body={\"a\":1}"),
        in(
            "set-body of bytes",
            "<set-body>@(System.Text.Encoding.UTF8.GetBytes(\"b\"))</set-body>",
            "POST /a/b?q=1 h=one body=b"),
        in(
            "set-body liquid",
            "<set-variable name=\"n\" value=\"7\" /><set-body template=\"liquid\">{{context.Request.Method}} {{context.Variables[\"n\"]}} {{body}}</set-body>",
            "POST /a/b?q=1 h=one body=POST 7 content"),
        in(
            "body consumed by an expression",
            "<set-variable name=\"b\" value=\"@(context.Request.Body.As<string>())\" />",
            "POST /a/b?q=1 h=one body="),
        in(
            "body preserved by an expression",
            "<set-variable name=\"b\" value=\"@(context.Request.Body.As<string>(preserveContent: true))\" />",
            "POST /a/b?q=1 h=one body=content"),
        in("rewrite-uri", "<rewrite-uri template=\"/new\" />", "POST /new?q=1 h=one body=content"),
        in(
            "rewrite-uri with a query",
            "<rewrite-uri template=\"/new?p=2\" />",
            "POST /new?p=2&q=1 h=one body=content"),
        in(
            "rewrite-uri copy-unmatched-params",
            "<rewrite-uri template=\"/new\" copy-unmatched-params=\"false\" />",
            "POST /new h=one body=content"),
        in(
            "rewrite-uri by expression",
            "<rewrite-uri template=\"@(\"/x\" + context.Request.Url.Path)\" />",
            "POST /x/a/b?q=1 h=one body=content"),
        in(
            "find-and-replace in the request",
            "<find-and-replace from=\"ten\" to=\"eleven\" />",
            "POST /a/b?q=1 h=one body=conelevent"),
        in(
            "set-variable literal and typed",
            "<set-variable name=\"s\" value=\"5\" /><set-variable name=\"i\" value=\"@(5)\" /><set-header name=\"H\"><value>@((string)context.Variables[\"s\"] + ((int)context.Variables[\"i\"] + 1))</value></set-header>",
            "POST /a/b?q=1 h=56 body=content"),
        in(
            "choose takes the first that is true",
            "<choose><when condition=\"@(false)\"><set-method>A</set-method></when><when condition=\"true\"><set-method>B</set-method></when><when condition=\"@(int.Parse(\"x\") == 1)\"><set-method>C</set-method></when><otherwise><set-method>D</set-method></otherwise></choose>",
            "B /a/b?q=1 h=one body=content"),
        in(
            "choose otherwise",
            "<choose><when condition=\"@(false)\"><set-method>A</set-method></when><otherwise><set-method>D</set-method></otherwise></choose>",
            "D /a/b?q=1 h=one body=content"),
        in(
            "include-fragment",
            "<include-fragment fragment-id=\"f\" />",
            "POST /a/b?q=1 h=from a fragment body=content"),
        in(
            "named value",
            "<set-header name=\"H\"><value>{{nv}}</value></set-header>",
            "POST /a/b?q=1 h=named body=content"),
        in(
            "trace",
            "<trace source=\"s\" severity=\"verbose\"><message>@(\"m\")</message><metadata name=\"n\" value=\"v\" /></trace>",
            "POST /a/b?q=1 h=one body=content"),
        in(
            "authentication-basic",
            "<authentication-basic username=\"u\" password=\"p\" /><set-header name=\"H\"><value>@(context.Request.Headers.GetValueOrDefault(\"Authorization\",\"\"))</value></set-header>",
            "POST /a/b?q=1 h=Basic dTpw body=content"),
        in(
            "authentication-managed-identity",
            "<authentication-managed-identity resource=\"r\" output-token-variable-name=\"t\" /><set-header name=\"H\"><value>@((string)context.Variables[\"t\"])</value></set-header>",
            "POST /a/b?q=1 h=token for r body=content"));
  }

  @ParameterizedTest
  @MethodSource
  void changesOfTheRequest(Row row) {
    try (var relay = start(row)) {
      relay.answers("x");
      relay.ask("POST", "/a/b?q=1", "content", "H", "one");
      assertEquals(row.expected(), seen(relay));
    }
  }

  private static PolicyRelay start(Row row) {
    return new With(document(row.inbound(), row.outbound()))
        .name("nv", "named")
        .fragment("f", "<fragment>" + header("H", "override", "from a fragment") + "</fragment>")
        .tokens((resource, _) -> io.vertx.core.Future.succeededFuture("token for " + resource))
        .allow(PolicyRelay.serviceAllowed())
        .start();
  }

  private static String seen(PolicyRelay relay) {
    var last = relay.backend.last();
    return last.method()
        + " "
        + last.uri()
        + " h="
        + String.join(",", last.fields().all("H"))
        + " body="
        + last.text();
  }

  static Stream<Row> changesOfTheResponse() {
    return Stream.of(
        out("nothing", "", "200 h=one x"),
        out("set-header", header("H", "override", "y"), "200 h=y x"),
        out("set-status", "<set-status code=\"202\" reason=\"Fine\" />", "202 h=one x"),
        out(
            "set-status by expression",
            "<set-status code=\"@(200 + 3)\" reason=\"@(\"r\")\" />",
            "203 h=one x"),
        out("set-body", "<set-body>new</set-body>", "200 h=one new"),
        out(
            "set-body from the response",
            "<set-body>@(context.Response.Body.As<string>().ToUpper())</set-body>",
            "200 h=one X"),
        out(
            "find-and-replace",
            "<find-and-replace from=\"@(\"x\")\" to=\"found\" />",
            "200 h=one found"),
        out(
            "xml-to-json direct",
            "<set-body><![CDATA[<a b=\"1\"><c>2</c><c>3</c><d/></a>]]></set-body><xml-to-json kind=\"direct\" apply=\"always\" consider-accept-header=\"false\" />",
            "200 h=one {\"a\":{\"@b\":\"1\",\"c\":[\"2\",\"3\"],\"d\":null}}"),
        out(
            "xml-to-json javascript-friendly, always-array-child-elements",
            "<set-body><![CDATA[<a b=\"1\"><c>2</c></a>]]></set-body><xml-to-json kind=\"javascript-friendly\" apply=\"always\" consider-accept-header=\"false\" always-array-child-elements=\"true\" />",
            "200 h=one {\"a\":{\"b\":\"1\",\"c\":[\"2\"]}}"),
        out(
            "xml-to-json apply by content type",
            "<xml-to-json kind=\"direct\" apply=\"content-type-xml\" consider-accept-header=\"false\" />",
            "200 h=one x"),
        out(
            "xml-to-json consider-accept-header",
            "<xml-to-json kind=\"direct\" apply=\"always\" />",
            "200 h=one x"),
        out(
            "xml-to-json of what is no XML",
            "<xml-to-json kind=\"direct\" apply=\"always\" consider-accept-header=\"false\" />",
            "500 h= { \"statusCode\": 500, \"message\": \"Internal server error\" }"),
        out(
            "json-to-xml",
            "<set-body>{\"a\":{\"@b\":true,\"c d\":[1,\"&lt;\"]},\"e\":null}</set-body><json-to-xml apply=\"always\" consider-accept-header=\"false\" />",
            "200 h=one <Document><a b=\"true\"><c_x0020_d>1</c_x0020_d><c_x0020_d>&lt;</c_x0020_d></a><e></e></Document>"),
        out(
            "set-body liquid of XML",
            "<set-header name=\"Content-Type\"><value>text/xml</value></set-header><set-body><![CDATA[<s:Envelope xmlns:s=\"u\"><s:Body><n id=\"7\">t&amp;u</n></s:Body></s:Envelope>]]></set-body><set-body template=\"liquid\">{{body.envelope.body.n.id}} {{body.Envelope.Body.n.text}}</set-body>",
            "200 h=one 7 t&u"),
        out(
            "status has its usual reason",
            "<set-body>@(context.Response.StatusCode + context.Response.StatusReason)</set-body>",
            "200 h=one 200OK"),
        out("return-response", "<return-response />", "200 h= "),
        out(
            "return-response with all",
            "<return-response><set-status code=\"418\" reason=\"t\" /><set-header name=\"H\"><value>z</value></set-header><set-body>tea</set-body></return-response>",
            "418 h=z tea"),
        out(
            "return-response liquid has no body to read",
            "<return-response><set-body template=\"liquid\">[{{body}}]</set-body></return-response>",
            "200 h= []"),
        in(
            "return-response ends everything",
            "<return-response><set-body>early</set-body></return-response><set-method>NEVER</set-method>",
            "200 h= early"),
        in(
            "mock-response",
            "<mock-response status-code=\"201\" content-type=\"application/json\" />",
            "201 h= "),
        in(
            "send-request",
            "<send-request response-variable-name=\"r\"><set-url>SERVICE/s</set-url></send-request>"
                + returning("r"),
            "200 h= service GET /s "),
        in(
            "send-request set-method and set-body",
            "<send-request mode=\"new\" response-variable-name=\"r\"><set-url>@(\"SERVICE/s\")</set-url><set-method>POST</set-method><set-header name=\"K\"><value>k</value></set-header><set-body>sent</set-body></send-request>"
                + returning("r"),
            "200 h= service POST /s sentk"),
        in(
            "send-request copy",
            "<send-request mode=\"copy\" response-variable-name=\"r\"><set-url>SERVICE/c</set-url></send-request>"
                + returning("r"),
            "200 h= service POST /c content"),
        in(
            "send-request ignore-error",
            "<send-request ignore-error=\"true\" response-variable-name=\"r\"><set-url>http://nowhere.test/</set-url></send-request><return-response><set-body>@(context.Variables[\"r\"] == null ? \"null\" : \"?\")</set-body></return-response>",
            "200 h= null"),
        in(
            "send-request to a service that is not allowed",
            "<send-request response-variable-name=\"r\"><set-url>http://nowhere.test/</set-url></send-request>",
            "500 h= { \"statusCode\": 500, \"message\": \"Internal server error\" }"),
        in(
            "send-request with a client's authentication",
            "<send-request response-variable-name=\"r\"><set-url>SERVICE/a</set-url><authentication-managed-identity resource=\"r\" /></send-request>"
                + returning("r"),
            "200 h= service GET /a Bearer token for r"),
        in(
            "set-backend-service base-url",
            "<set-backend-service base-url=\"SERVICE/base\" />",
            "200 h= service POST /base/a/b?q=1 content"),
        in(
            "set-backend-service backend-id",
            "<set-backend-service backend-id=\"second\" />",
            "200 h= service POST /a/b?q=1 contents3"),
        in(
            "wait for all",
            "<wait for=\"all\"><send-request response-variable-name=\"r\"><set-url>SERVICE/1</set-url></send-request><send-request response-variable-name=\"q\"><set-url>SERVICE/2</set-url></send-request></wait><return-response><set-body>@(((IResponse)context.Variables[\"r\"]).StatusCode + ((IResponse)context.Variables[\"q\"]).StatusCode + \"\")</set-body></return-response>",
            "200 h= 400"),
        in(
            "wait ends with a reply of a branch",
            "<wait for=\"any\"><choose><when condition=\"@(true)\"><return-response><set-body>branch</set-body></return-response></when></choose></wait>",
            "200 h= branch"),
        in(
            "retry runs until the condition is false",
            "<set-variable name=\"n\" value=\"@(0)\" /><retry condition=\"@((int)context.Variables[\"n\"] &lt; 4)\" count=\"10\" interval=\"0\"><set-variable name=\"n\" value=\"@((int)context.Variables[\"n\"] + 1)\" /></retry><return-response><set-body>@(context.Variables[\"n\"].ToString())</set-body></return-response>",
            "200 h= 4"),
        in(
            "retry count",
            "<set-variable name=\"n\" value=\"@(0)\" /><retry condition=\"@(true)\" count=\"3\" interval=\"0\"><set-variable name=\"n\" value=\"@((int)context.Variables[\"n\"] + 1)\" /></retry><return-response><set-body>@(context.Variables[\"n\"].ToString())</set-body></return-response>",
            "200 h= 4"));
  }

  private static String returning(String variable) {
    return "<return-response response-variable-name=\"" + variable + "\" />";
  }

  @ParameterizedTest
  @MethodSource
  void changesOfTheResponse(Row row) {
    try (var relay = start(row)) {
      relay.answers("x", "H", "one");
      relay.service.always((seen, response) ->
          response.end(
              "service "
                  + seen.method()
                  + " "
                  + seen.uri()
                  + " "
                  + seen.text()
                  + String.join("", seen.fields().all("K"))
                  + String.join("", seen.fields().all("api-key"))
                  + String.join("", seen.fields().all("Authorization"))));

      HttpResponse<String> answer = relay.ask("POST", "/a/b?q=1", "content");

      assertEquals(
          row.expected(),
          answer.statusCode() + " h=" + PolicyRelay.field(answer, "h") + " " + answer.body());
    }
  }
}
