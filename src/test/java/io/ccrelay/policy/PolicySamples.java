package io.ccrelay.policy;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Every policy with every attribute: caching, flow, changes and calls. */
final class PolicySamples {

  private PolicySamples() {}

  /**
   * One policy.
   *
   * @param required attributes and children that make it complete
   * @param record what it is with nothing else, without place
   * @param attributes the others
   */
  record Sample(
      String name, Section section, String required, String record, List<Attribute> attributes) {

    /** Attributes of {@code required} without which it is complete too. */
    Set<String> alternatives() {
      return switch (name) {
        case "authentication-certificate" -> Set.of("thumbprint");
        case "llm-token-limit", "azure-openai-token-limit" ->
            Set.of("tokens-per-minute", "token-quota");
        default -> Set.of();
      };
    }

    Sample requiring(String other) {
      return new Sample(name, section, other, record, attributes);
    }
  }

  /**
   * One attribute.
   *
   * @param literal a literal that is not the default
   * @param shown what the record shows then, such as {@code duration=60}
   * @param computed whether it may be an expression
   * @param wrong a literal that is refused; empty if every one is fine
   */
  record Attribute(String name, String literal, String shown, boolean computed, String wrong) {}

  static Attribute may(String name, String literal, String shown, String wrong) {
    return new Attribute(name, literal, shown, true, wrong);
  }

  static Attribute plain(String name, String literal, String shown, String wrong) {
    return new Attribute(name, literal, shown, false, wrong);
  }

  static List<Attribute> with(List<Attribute> first, Attribute... more) {
    var all = new ArrayList<>(List.of(more));
    all.addAll(first);
    return all;
  }

  private static final Attribute CACHING_TYPE =
      plain("caching-type", "internal", "cachingType=INTERNAL", "redis");

  static final List<Sample> ALL =
      Stream.of(
              caching(),
              flow(),
              changes(),
              calls(),
              LimitSamples.limits(),
              LimitSamples.security(),
              LimitSamples.models())
          .flatMap(List::stream)
          .toList();

  private static List<Sample> caching() {
    return List.of(
        new Sample(
            "cache-lookup",
            Section.INBOUND,
            "vary-by-developer=\"false\" vary-by-developer-groups=\"true\">",
            "Lookup[varyByDeveloper=false, varyByDeveloperGroups=true,"
                + " cachingType=PREFER_EXTERNAL, downstreamCachingType=NONE, mustRevalidate=true,"
                + " allowPrivateResponseCaching=false, varyByHeaders=[], varyByQueryParameters=[]]",
            List.of(
                CACHING_TYPE,
                may("downstream-caching-type", "private", "downstreamCachingType=PRIVATE", "some"),
                may("must-revalidate", "false", "mustRevalidate=false", "no"),
                may(
                    "allow-private-response-caching",
                    "true",
                    "allowPrivateResponseCaching=true",
                    "1"))),
        new Sample(
            "cache-store",
            Section.OUTBOUND,
            "duration=\"60\">",
            "Store[duration=60, cacheResponse=false]",
            List.of(may("cache-response", "true", "cacheResponse=true", "maybe"))),
        new Sample(
            "cache-lookup-value",
            Section.BACKEND,
            "key=\"k\" variable-name=\"v\">",
            "LookupValue[key=k, variableName=v, defaultValue=Optional.empty,"
                + " cachingType=PREFER_EXTERNAL]",
            List.of(may("default-value", "", "defaultValue=Optional[]", ""), CACHING_TYPE)),
        new Sample(
            "cache-store-value",
            Section.ON_ERROR,
            "key=\"k\" value=\"v\" duration=\"5\">",
            "StoreValue[key=k, value=v, duration=5, cachingType=PREFER_EXTERNAL]",
            List.of(CACHING_TYPE)),
        new Sample(
            "cache-remove-value",
            Section.OUTBOUND,
            "key=\"k\">",
            "RemoveValue[key=k, cachingType=PREFER_EXTERNAL, failOnCacheRemovalError=false]",
            List.of(
                CACHING_TYPE,
                may("fail-on-cache-removal-error", "true", "failOnCacheRemovalError=true", "x"))),
        new Sample(
            "cache-value",
            Section.INBOUND,
            "key=\"k\" variable-name=\"v\"><value></value>",
            "CachedValue[key=k, variableName=v, expiresAfter=28800, refreshAfter=Optional.empty,"
                + " defaultValue=Optional.empty, cachingType=PREFER_EXTERNAL, value=[]]",
            List.of(
                CACHING_TYPE,
                may("expires-after", "9", "expiresAfter=9", "-1"),
                may("refresh-after", "0", "refreshAfter=Optional[0]", "x"),
                may("default-value", "d", "defaultValue=Optional[d]", ""))));
  }

  private static List<Sample> flow() {
    return List.of(
        new Sample(
            "choose",
            Section.INBOUND,
            "><when condition=\"true\"><set-method>GET</set-method></when><otherwise></otherwise>",
            "Choose[whens=[When[condition=true, body=[SetMethod[method=GET]]]], otherwise=[]]",
            List.of()),
        new Sample(
            "return-response",
            Section.ON_ERROR,
            "><set-status code=\"418\" reason=\"Tea\"/><set-header name=\"A\"><value>b</value></set-header><set-body>c</set-body>",
            "ReturnResponse[responseVariableName=Optional.empty,"
                + " status=Optional[SetStatus[code=418, reason=Optional[Tea]]],"
                + " headers=[SetHeader[name=A, existsAction=OVERRIDE, values=[b]]],"
                + " body=Optional[SetBody[body=c, template=NONE, xsiNil=BLANK, parseDate=true,"
                + " htmlDecodeExpression=false]]]",
            List.of(plain("response-variable-name", "r", "responseVariableName=Optional[r]", " "))),
        new Sample(
            "retry",
            Section.BACKEND,
            "condition=\"true\" count=\"3\" interval=\"1\"><forward-request/>",
            null,
            List.of(
                may("max-interval", "9", "maxInterval=Optional[9]", "x"),
                may("delta", "2", "delta=Optional[2]", "x"),
                may("first-fast-retry", "true", "firstFastRetry=true", "x"))),
        new Sample(
            "wait",
            Section.INBOUND,
            "><cache-lookup-value key=\"k\" variable-name=\"v\"/>",
            null,
            List.of(may("for", "any", "waitFor=ANY", "some"))),
        new Sample(
            "limit-concurrency",
            Section.INBOUND,
            "key=\"k\" max-count=\"3\">",
            "LimitConcurrency[key=k, maxCount=3, body=[]]",
            List.of()),
        new Sample(
            "trace",
            Section.INBOUND,
            "source=\"s\"><message>m</message><metadata name=\"a\" value=\"b\"/>",
            "Trace[source=s, severity=VERBOSE, message=m, metadata=[Metadata[name=a, value=b]]]",
            List.of(plain("severity", "error", "severity=ERROR", "bad"))),
        new Sample(
            "mock-response",
            Section.INBOUND,
            ">",
            "MockResponse[statusCode=200, contentType=Optional.empty]",
            List.of(
                may("status-code", "404", "statusCode=404", "99"),
                may("content-type", "text/plain", "contentType=Optional[text/plain]", " "))));
  }

  private static List<Sample> changes() {
    List<Attribute> exists =
        List.of(may("exists-action", "append", "existsAction=APPEND", "replace"));
    return List.of(
        new Sample(
            "set-variable",
            Section.OUTBOUND,
            "name=\"n\" value=\"v\">",
            "SetVariable[name=n, value=v]",
            List.of()),
        new Sample(
            "set-header",
            Section.BACKEND,
            "name=\"n\"><value>a</value><value> b </value><value/>",
            "SetHeader[name=n, existsAction=OVERRIDE, values=[a, b, ]]",
            exists),
        new Sample(
            "set-query-parameter",
            Section.INBOUND,
            "name=\"n\"><value>a</value>",
            "SetQueryParameter[name=n, existsAction=OVERRIDE, values=[a]]",
            exists),
        new Sample(
            "set-body",
            Section.OUTBOUND,
            "> text ",
            "SetBody[body= text , template=NONE, xsiNil=BLANK, parseDate=true,"
                + " htmlDecodeExpression=false]",
            List.of(
                plain("template", "liquid", "template=LIQUID", "razor"),
                plain("xsi-nil", "null", "xsiNil=NULL", "x"),
                plain("parse-date", "false", "parseDate=false", "x"),
                plain("html-decode-expression", "true", "htmlDecodeExpression=true", "x"))),
        new Sample(
            "set-status",
            Section.ON_ERROR,
            "code=\"201\">",
            "SetStatus[code=201, reason=Optional.empty]",
            List.of(may("reason", "Made", "reason=Optional[Made]", ""))),
        new Sample("set-method", Section.INBOUND, ">POST", "SetMethod[method=POST]", List.of()),
        new Sample(
            "rewrite-uri",
            Section.INBOUND,
            "template=\"/a/{b}\">",
            "RewriteUri[template=/a/{b}, copyUnmatchedParams=true]",
            List.of(may("copy-unmatched-params", "false", "copyUnmatchedParams=false", "x"))),
        new Sample(
            "find-and-replace",
            Section.OUTBOUND,
            "from=\"a\" to=\"\">",
            "FindAndReplace[from=a, to=]",
            List.of()),
        new Sample(
            "json-to-xml",
            Section.OUTBOUND,
            "apply=\"always\">",
            "JsonToXml[apply=ALWAYS, considerAcceptHeader=true, parseDate=true,"
                + " namespaceSeparator=_, namespacePrefix=xmlns, attributeBlockName=Optional.empty]",
            List.of(
                may("consider-accept-header", "false", "considerAcceptHeader=false", "x"),
                may("parse-date", "false", "parseDate=false", "x"),
                may("namespace-separator", ":", "namespaceSeparator=:", ""),
                may("namespace-prefix", "x", "namespacePrefix=x", ""),
                may("attribute-block-name", "#a", "attributeBlockName=Optional[#a]", ""))),
        new Sample(
            "xml-to-json",
            Section.OUTBOUND,
            "kind=\"direct\" apply=\"content-type-xml\">",
            "XmlToJson[kind=DIRECT, apply=CONTENT_TYPE_XML, considerAcceptHeader=true,"
                + " alwaysArrayChildElements=false]",
            List.of(
                may("consider-accept-header", "false", "considerAcceptHeader=false", "x"),
                may("always-array-child-elements", "true", "alwaysArrayChildElements=true", "x"))));
  }

  private static List<Sample> calls() {
    List<Attribute> call =
        List.of(
            may("mode", "copy", "mode=COPY", "old"),
            may("timeout", "5", "timeout=Deadline[amount=5, millis=false]", "0"),
            may("timeout-ms", "5", "timeout=Deadline[amount=5, millis=true]", "0"));
    String url = "<set-url>http://x</set-url>";
    return List.of(
        new Sample(
            "set-backend-service",
            Section.INBOUND,
            "backend-id=\"b\">",
            "SetBackendService[target=BackendId[id=b]]",
            List.of()),
        new Sample(
            "forward-request",
            Section.BACKEND,
            ">",
            "ForwardRequest[timeout=Optional.empty,"
                + " continueTimeout=Optional.empty, httpVersion=ONE, followRedirects=false,"
                + " bufferRequestBody=false, bufferResponse=true, failOnErrorStatusCode=false]",
            List.of(
                may("timeout", "5", "timeout=Optional[Deadline[amount=5, millis=false]]", "x"),
                may("timeout-ms", "5", "timeout=Optional[Deadline[amount=5, millis=true]]", "x"),
                may("continue-timeout", "5", "continueTimeout=Optional[5]", "x"),
                plain("http-version", "2or1", "httpVersion=TWO_OR_ONE", "3"),
                may("follow-redirects", "true", "followRedirects=true", "x"),
                may("buffer-request-body", "true", "bufferRequestBody=true", "x"),
                may("buffer-response", "false", "bufferResponse=false", "x"),
                may("fail-on-error-status-code", "true", "failOnErrorStatusCode=true", "x"))),
        new Sample(
            "send-request",
            Section.OUTBOUND,
            "response-variable-name=\"r\">" + url,
            "SendRequest[responseVariableName=r, ignoreError=false, bufferResponse=true,"
                + " failOnErrorStatusCode=false, call=Call[mode=NEW, timeout=Deadline[amount=60,"
                + " millis=false], url=Optional[http://x], method=Optional.empty, headers=[],"
                + " body=Optional.empty, authentication=Optional.empty]]",
            with(
                call,
                may("ignore-error", "true", "ignoreError=true", "x"),
                may("buffer-response", "false", "bufferResponse=false", "x"),
                may("fail-on-error-status-code", "true", "failOnErrorStatusCode=true", "x"))),
        new Sample(
            "send-one-way-request",
            Section.OUTBOUND,
            ">"
                + url
                + "<set-method>PUT</set-method><set-header name=\"a\"><value>b</value></set-header>"
                + "<set-body>c</set-body><authentication-basic username=\"u\" password=\"p\"/>",
            "SendOneWayRequest[call=Call[mode=NEW, timeout=Deadline[amount=60, millis=false],"
                + " url=Optional[http://x], method=Optional[PUT], headers=[SetHeader[name=a,"
                + " existsAction=OVERRIDE, values=[b]]], body=Optional[SetBody[body=c,"
                + " template=NONE, xsiNil=BLANK, parseDate=true, htmlDecodeExpression=false]],"
                + " authentication=Optional[Basic[username=u, password=p]]]]",
            call));
  }
}
