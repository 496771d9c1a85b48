package io.ccrelay.policy;

import static io.ccrelay.policy.Section.BACKEND;
import static io.ccrelay.policy.Section.INBOUND;
import static io.ccrelay.policy.Section.ON_ERROR;
import static io.ccrelay.policy.Section.OUTBOUND;

import io.ccrelay.policy.TransformPolicy.Apply;
import io.ccrelay.policy.TransformPolicy.BodyTemplate;
import io.ccrelay.policy.TransformPolicy.ExistsAction;
import io.ccrelay.policy.TransformPolicy.FindAndReplace;
import io.ccrelay.policy.TransformPolicy.JsonKind;
import io.ccrelay.policy.TransformPolicy.JsonToXml;
import io.ccrelay.policy.TransformPolicy.RewriteUri;
import io.ccrelay.policy.TransformPolicy.SetBody;
import io.ccrelay.policy.TransformPolicy.SetHeader;
import io.ccrelay.policy.TransformPolicy.SetMethod;
import io.ccrelay.policy.TransformPolicy.SetQueryParameter;
import io.ccrelay.policy.TransformPolicy.SetStatus;
import io.ccrelay.policy.TransformPolicy.SetVariable;
import io.ccrelay.policy.TransformPolicy.XmlToJson;
import io.ccrelay.policy.TransformPolicy.XsiNil;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Reads the policies that change request, response and variables. */
final class TransformBindings {

  static final Map<String, Binding> ALL =
      Map.of(
          "set-variable", Binding.everywhere(TransformBindings::variable),
          "set-header", Binding.everywhere(TransformBindings::header),
          "set-query-parameter", Binding.in(TransformBindings::query, INBOUND, BACKEND),
          "set-body", Binding.everywhere(TransformBindings::body),
          "set-status", Binding.everywhere(TransformBindings::status),
          "set-method", Binding.in(TransformBindings::method, INBOUND, ON_ERROR),
          "rewrite-uri", Binding.in(TransformBindings::rewrite, INBOUND),
          "find-and-replace", Binding.everywhere(TransformBindings::replace),
          "json-to-xml", Binding.in(TransformBindings::jsonToXml, INBOUND, OUTBOUND, ON_ERROR),
          "xml-to-json", Binding.in(TransformBindings::xmlToJson, INBOUND, OUTBOUND, ON_ERROR));

  /** Headers that belong to the connection and not to a message. */
  private static final Set<String> FRAMING =
      Set.of("connection", "content-length", "keep-alive", "transfer-encoding");

  private TransformBindings() {}

  private static Policy variable(Form form) {
    return new SetVariable(
        form.place(), form.literal("name", Kind.NAME), form.value("value", Kind.ANY));
  }

  private static SetHeader header(Form form) {
    PolicyValue<String> name = form.value("name", Kind.NAME);
    if (name instanceof PolicyValue.Literal<String>(var _, String literal)
        && FRAMING.contains(literal.toLowerCase(Locale.ROOT))) {
      form.problem("name", "is " + literal + ", which cannot be set");
    }
    return new SetHeader(form.place(), name, exists(form), values(form));
  }

  /** The headers of a response or a call. */
  static List<SetHeader> headers(Form form) {
    return form.children("set-header").stream()
        .map(child -> {
          SetHeader header = header(child);
          child.finish();
          return header;
        })
        .toList();
  }

  private static Policy query(Form form) {
    return new SetQueryParameter(
        form.place(), form.value("name", Kind.NAME), exists(form), values(form));
  }

  private static PolicyValue<ExistsAction> exists(Form form) {
    return form.value("exists-action", Kind.word(ExistsAction.class), ExistsAction.OVERRIDE);
  }

  /** An empty element is an empty value. */
  private static List<PolicyValue<String>> values(Form form) {
    return form.children("value").stream()
        .map(child -> {
          var value = child.optionalContent(Kind.TRIMMED).orElse(PolicyValue.text(""));
          child.finish();
          return value;
        })
        .toList();
  }

  private static SetBody body(Form form) {
    return new SetBody(
        form.place(),
        form.optionalContent(Kind.ANY).orElse(Kind.ANY.literal("")),
        form.literal("template", Kind.word(BodyTemplate.class), BodyTemplate.NONE),
        form.literal("xsi-nil", Kind.word(XsiNil.class), XsiNil.BLANK),
        form.literal("parse-date", Kind.FLAG, true),
        form.literal("html-decode-expression", Kind.FLAG, false));
  }

  static SetBody finishedBody(Form form) {
    SetBody body = body(form);
    form.finish();
    return body;
  }

  private static SetStatus status(Form form) {
    return new SetStatus(
        form.place(), form.value("code", Kind.STATUS), form.optional("reason", Kind.TEXT));
  }

  static SetStatus finishedStatus(Form form) {
    SetStatus status = status(form);
    form.finish();
    return status;
  }

  private static Policy method(Form form) {
    return new SetMethod(form.place(), form.content(Kind.NAME));
  }

  private static Policy rewrite(Form form) {
    return new RewriteUri(
        form.place(),
        form.value("template", Kind.TEXT),
        form.value("copy-unmatched-params", Kind.FLAG, true));
  }

  private static Policy replace(Form form) {
    return new FindAndReplace(
        form.place(), form.value("from", Kind.TEXT), form.value("to", Kind.TEXT));
  }

  private static Policy jsonToXml(Form form) {
    return new JsonToXml(
        form.place(),
        form.value("apply", Kind.word(Apply.class, List.of(Apply.ALWAYS, Apply.CONTENT_TYPE_JSON))),
        form.value("consider-accept-header", Kind.FLAG, true),
        form.value("parse-date", Kind.FLAG, true),
        form.value("namespace-separator", Kind.TEXT, "_"),
        form.value("namespace-prefix", Kind.TEXT, "xmlns"),
        form.optional("attribute-block-name", Kind.TEXT));
  }

  private static Policy xmlToJson(Form form) {
    return new XmlToJson(
        form.place(),
        form.value("kind", Kind.word(JsonKind.class)),
        form.value("apply", Kind.word(Apply.class, List.of(Apply.ALWAYS, Apply.CONTENT_TYPE_XML))),
        form.value("consider-accept-header", Kind.FLAG, true),
        form.value("always-array-child-elements", Kind.FLAG, false));
  }
}
