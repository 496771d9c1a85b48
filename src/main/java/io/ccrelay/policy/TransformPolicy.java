package io.ccrelay.policy;

import java.util.List;
import java.util.Optional;

/** Statements that change the request, the response or a variable. */
public sealed interface TransformPolicy extends Policy {

  /** {@code set-variable}: a literal is a string, an expression keeps its type. */
  record SetVariable(Place place, String name, PolicyValue<Object> value)
      implements TransformPolicy {}

  /** What happens to values already there. */
  enum ExistsAction implements Token {
    /** They are replaced. */
    OVERRIDE("override"),
    /** They stay. */
    SKIP("skip"),
    /** They stay and get company. */
    APPEND("append"),
    /** They go. */
    DELETE("delete");

    private final String token;

    ExistsAction(String token) {
      this.token = token;
    }

    @Override
    public String token() {
      return token;
    }
  }

  /** {@code set-header}. */
  record SetHeader(
      Place place,
      PolicyValue<String> name,
      PolicyValue<ExistsAction> existsAction,
      List<PolicyValue<String>> values)
      implements TransformPolicy {

    /** Makes the list immutable. */
    public SetHeader {
      values = List.copyOf(values);
    }
  }

  /** {@code set-query-parameter}. */
  record SetQueryParameter(
      Place place,
      PolicyValue<String> name,
      PolicyValue<ExistsAction> existsAction,
      List<PolicyValue<String>> values)
      implements TransformPolicy {

    /** Makes the list immutable. */
    public SetQueryParameter {
      values = List.copyOf(values);
    }
  }

  /** How the literal text of {@link SetBody} is read. */
  enum BodyTemplate implements Token {
    /** As it is. */
    NONE("none"),
    /** As a Liquid template. */
    LIQUID("liquid");

    private final String token;

    BodyTemplate(String token) {
      this.token = token;
    }

    @Override
    public String token() {
      return token;
    }
  }

  /** What a Liquid template sees of {@code xsi:nil} elements. */
  enum XsiNil implements Token {
    /** The empty text. */
    BLANK("blank"),
    /** Nothing. */
    NULL("null");

    private final String token;

    XsiNil(String token) {
      this.token = token;
    }

    @Override
    public String token() {
      return token;
    }
  }

  /**
   * {@code set-body}.
   *
   * @param parseDate whether a Liquid template sees dates instead of texts
   * @param htmlDecodeExpression whether an expression's result is decoded
   */
  record SetBody(
      Place place,
      PolicyValue<Object> body,
      BodyTemplate template,
      XsiNil xsiNil,
      boolean parseDate,
      boolean htmlDecodeExpression)
      implements TransformPolicy {}

  /** {@code set-status}. */
  record SetStatus(Place place, PolicyValue<Integer> code, Optional<PolicyValue<String>> reason)
      implements TransformPolicy {}

  /** {@code set-method}. */
  record SetMethod(Place place, PolicyValue<String> method) implements TransformPolicy {}

  /**
   * {@code rewrite-uri}.
   *
   * @param template path and query; <code>{name}</code> is a matched parameter
   * @param copyUnmatchedParams whether query parameters that the template does not name are kept
   */
  record RewriteUri(
      Place place, PolicyValue<String> template, PolicyValue<Boolean> copyUnmatchedParams)
      implements TransformPolicy {}

  /** {@code find-and-replace}: in the body. */
  record FindAndReplace(Place place, PolicyValue<String> from, PolicyValue<String> to)
      implements TransformPolicy {}

  /** Which bodies are converted. */
  enum Apply implements Token {
    /** All. */
    ALWAYS("always"),
    /** Those that say they are JSON. */
    CONTENT_TYPE_JSON("content-type-json"),
    /** Those that say they are XML. */
    CONTENT_TYPE_XML("content-type-xml");

    private final String token;

    Apply(String token) {
      this.token = token;
    }

    @Override
    public String token() {
      return token;
    }
  }

  /** {@code json-to-xml}. */
  record JsonToXml(
      Place place,
      PolicyValue<Apply> apply,
      PolicyValue<Boolean> considerAcceptHeader,
      PolicyValue<Boolean> parseDate,
      PolicyValue<String> namespaceSeparator,
      PolicyValue<String> namespacePrefix,
      Optional<PolicyValue<String>> attributeBlockName)
      implements TransformPolicy {}

  /** The shape of JSON made from XML. */
  enum JsonKind implements Token {
    /** Names as a script wants them. */
    JAVASCRIPT_FRIENDLY("javascript-friendly"),
    /** The structure of the XML. */
    DIRECT("direct");

    private final String token;

    JsonKind(String token) {
      this.token = token;
    }

    @Override
    public String token() {
      return token;
    }
  }

  /** {@code xml-to-json}. */
  record XmlToJson(
      Place place,
      PolicyValue<JsonKind> kind,
      PolicyValue<Apply> apply,
      PolicyValue<Boolean> considerAcceptHeader,
      PolicyValue<Boolean> alwaysArrayChildElements)
      implements TransformPolicy {}
}
