package io.ccrelay.policy.run;

import io.ccrelay.http.Fields;
import io.ccrelay.policy.Section;
import io.ccrelay.policy.TransformPolicy;
import io.ccrelay.policy.TransformPolicy.Apply;
import io.ccrelay.policy.TransformPolicy.JsonKind;
import io.ccrelay.policy.TransformPolicy.JsonToXml;
import io.ccrelay.policy.TransformPolicy.XmlToJson;
import java.util.Locale;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * {@code json-to-xml} and {@code xml-to-json}: which bodies are converted, and what they become.
 */
final class Conversion {

  private final Conversation conversation;
  private final Values values;

  Conversion(Conversation conversation, Values values) {
    this.conversation = conversation;
    this.values = values;
  }

  Move toXml(JsonToXml statement) {
    boolean wanted =
        isWanted(
            statement,
            values.of(statement.apply()) == Apply.CONTENT_TYPE_JSON,
            values.of(statement.considerAcceptHeader()),
            "json",
            "xml");
    var style =
        new XmlWriter.Style(
            values.of(statement.attributeBlockName()).orElse(""),
            values.of(statement.namespacePrefix()),
            values.of(statement.namespaceSeparator()),
            values.of(statement.parseDate()));
    return wanted
        ? converted(statement, json -> XmlWriter.of(json, style), "application/xml")
        : Move.NEXT;
  }

  Move toJson(XmlToJson statement) {
    boolean wanted =
        isWanted(
            statement,
            values.of(statement.apply()) == Apply.CONTENT_TYPE_XML,
            values.of(statement.considerAcceptHeader()),
            "xml",
            "json");
    boolean friendly = values.of(statement.kind()) == JsonKind.JAVASCRIPT_FRIENDLY;
    boolean arrays = values.of(statement.alwaysArrayChildElements());
    return wanted
        ? converted(statement, xml -> XmlReader.toJson(xml, friendly, arrays), "application/json")
        : Move.NEXT;
  }

  private boolean isWanted(
      TransformPolicy statement, boolean byType, boolean byAccept, String from, String to) {
    String type = fields(statement).first("Content-Type").orElse("").toLowerCase(Locale.ROOT);
    String accepted =
        conversation.request().headers().joined("Accept").orElse("").toLowerCase(Locale.ROOT);
    return (!byType || type.contains(from)) && (!byAccept || accepted.contains(to));
  }

  private Fields fields(TransformPolicy statement) {
    return isAboutResponse(statement)
        ? conversation.response().headers()
        : conversation.request().headers();
  }

  private static boolean isAboutResponse(TransformPolicy statement) {
    Section section = statement.place().section();
    return section == Section.OUTBOUND || section == Section.ON_ERROR;
  }

  private Move converted(TransformPolicy statement, UnaryOperator<String> work, String type) {
    Optional<Content> body =
        isAboutResponse(statement)
            ? Optional.of(new Content(conversation.response().held()))
            : Optional.ofNullable(conversation.request().body());
    if (body.isEmpty() || body.get().remaining().isEmpty()) {
      return Move.NEXT;
    }
    String text = body.get().remaining().toUtf8();
    return new Move.Ask(
        new Effect.Compute(() -> work.apply(text)),
        answer -> {
          if (!(answer instanceof Answer.Text(String made))) {
            throw PolicyFailure.internal("", "ConversionFailure", "The body cannot be converted.");
          }
          replace(statement, made, type);
          return Move.NEXT;
        });
  }

  private void replace(TransformPolicy statement, String text, String type) {
    if (isAboutResponse(statement)) {
      Response response = conversation.response();
      response.body(Content.utf8(text));
      response.headers(response.headers().with("Content-Type", type));
    } else {
      Request request = conversation.request();
      request.body(Content.utf8(text));
      request.headers(request.headers().with("Content-Type", type));
    }
  }
}
