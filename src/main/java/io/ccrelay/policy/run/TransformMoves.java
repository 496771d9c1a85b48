package io.ccrelay.policy.run;

import io.ccrelay.cache.Bytes;
import io.ccrelay.http.Fields;
import io.ccrelay.policy.PolicyValue;
import io.ccrelay.policy.Section;
import io.ccrelay.policy.TransformPolicy;
import io.ccrelay.policy.TransformPolicy.BodyTemplate;
import io.ccrelay.policy.TransformPolicy.ExistsAction;
import io.ccrelay.policy.TransformPolicy.FindAndReplace;
import io.ccrelay.policy.TransformPolicy.JsonToXml;
import io.ccrelay.policy.TransformPolicy.RewriteUri;
import io.ccrelay.policy.TransformPolicy.SetBody;
import io.ccrelay.policy.TransformPolicy.SetHeader;
import io.ccrelay.policy.TransformPolicy.SetMethod;
import io.ccrelay.policy.TransformPolicy.SetQueryParameter;
import io.ccrelay.policy.TransformPolicy.SetStatus;
import io.ccrelay.policy.TransformPolicy.SetVariable;
import io.ccrelay.policy.TransformPolicy.XmlToJson;
import io.ccrelay.policy.expression.value.JToken;
import io.ccrelay.policy.expression.value.Text;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Statements that change the request, the response or a variable. */
final class TransformMoves {

  private static final Set<String> UNTOUCHABLE =
      Set.of("connection", "content-length", "keep-alive", "transfer-encoding");

  private final Conversation conversation;
  private final Values values;

  TransformMoves(Conversation conversation, Values values) {
    this.conversation = conversation;
    this.values = values;
  }

  Move perform(TransformPolicy statement) {
    Request request = conversation.request();
    switch (statement) {
      case SetVariable it -> conversation.variables().put(it.name(), values.object(it.value()));
      case SetHeader it -> setHeader(it);
      case SetQueryParameter it -> setQuery(it, request);
      case SetStatus it -> setStatus(it, conversation.response());
      case SetMethod it -> request.method(values.of(it.method()).toUpperCase(Locale.ROOT));
      case RewriteUri it -> Rewriting.apply(it, values, request);
      case FindAndReplace it -> findAndReplace(it);
      case SetBody it -> {
        return setBody(it);
      }
      case JsonToXml it -> {
        return new Conversion(conversation, values).toXml(it);
      }
      case XmlToJson it -> {
        return new Conversion(conversation, values).toJson(it);
      }
    }
    return Move.NEXT;
  }

  private void setHeader(SetHeader statement) {
    if (isAboutResponse(statement)) {
      Response response = conversation.response();
      response.headers(withHeader(statement, response.headers()));
    } else {
      Request request = conversation.request();
      request.headers(withHeader(statement, request.headers()));
    }
  }

  private static boolean isAboutResponse(TransformPolicy statement) {
    Section section = statement.place().section();
    return section == Section.OUTBOUND || section == Section.ON_ERROR;
  }

  /** The fields as {@code statement} leaves them. */
  Fields withHeader(SetHeader statement, Fields fields) {
    String name = values.of(statement.name());
    if (UNTOUCHABLE.contains(name.toLowerCase(Locale.ROOT))) {
      return fields;
    }
    ExistsAction action = values.of(statement.existsAction());
    Fields others = fields.without(line -> line.is(name));
    return switch (action) {
      case DELETE -> others;
      case SKIP -> fields.has(name) ? fields : with(fields, name, statement.values());
      case APPEND -> with(fields, name, statement.values());
      case OVERRIDE -> with(others, name, statement.values());
    };
  }

  private Fields with(Fields fields, String name, List<PolicyValue<String>> added) {
    Fields more = fields;
    for (PolicyValue<String> value : added) {
      more = more.plus(name, oneLine(values.of(value)));
    }
    return more;
  }

  /** A value cannot begin another line (RFC 9110 section 5.5). */
  static String oneLine(String value) {
    return value.strip().replaceAll("[\\r\\n\\x00]", " ");
  }

  private void setQuery(SetQueryParameter statement, Request request) {
    String name = values.of(statement.name());
    Query query = Query.parse(request.query());
    boolean exists = !query.values(name).isEmpty();
    ExistsAction action = values.of(statement.existsAction());
    if (action == ExistsAction.SKIP && exists) {
      return;
    }
    Query next = action == ExistsAction.APPEND ? query : query.without(name::equalsIgnoreCase);
    if (action != ExistsAction.DELETE) {
      for (String value : values.all(statement.values())) {
        next = next.plus(name, value);
      }
    }
    request.query(next.toString());
  }

  void setStatus(SetStatus statement, Response response) {
    int code = values.of(statement.code());
    if (code < 200 || code > 599) {
      throw PolicyFailure.internal("set-status", "ValueInvalid", "Not a final status: " + code);
    }
    response.status(code, oneLine(values.of(statement.reason()).orElse("")));
  }

  private Move setBody(SetBody statement) {
    boolean response = isAboutResponse(statement);
    return body(
        statement,
        false,
        content -> {
          if (response) {
            conversation.response().body(content);
          } else {
            conversation.request().body(content);
          }
          return Move.NEXT;
        });
  }

  /** The body that {@code statement} makes, handed to {@code use}. */
  Move body(SetBody statement, boolean alone, Function<@Nullable Content, Move> use) {
    @Nullable Object value = values.object(statement.body());
    if (statement.template() != BodyTemplate.LIQUID) {
      return use.apply(value == null ? null : new Content(bytes(value)));
    }
    String template = value == null ? "" : Text.of(value);
    return new Move.Ask(
        new Effect.Render(template, conversation, alone),
        answer -> {
          if (answer instanceof Answer.Text(String text)) {
            return use.apply(Content.utf8(text));
          }
          String why = answer instanceof Answer.Broken(var _, String message) ? message : "";
          throw PolicyFailure.internal("set-body", "LiquidTemplateFailure", why);
        });
  }

  static Bytes bytes(Object value) {
    return switch (value) {
      case byte[] bytes -> Bytes.copyOf(bytes);
      case JToken token -> Bytes.utf8(token.toString());
      default -> Bytes.utf8(Text.of(value));
    };
  }

  private void findAndReplace(FindAndReplace statement) {
    String from = values.of(statement.from());
    String to = values.of(statement.to());
    boolean response = isAboutResponse(statement);
    Content body =
        response ? new Content(conversation.response().held()) : conversation.request().body();
    if (body == null || from.isEmpty()) {
      return;
    }
    Content replaced = Content.utf8(body.remaining().toUtf8().replace(from, to));
    if (response) {
      conversation.response().body(replaced);
    } else {
      conversation.request().body(replaced);
    }
  }
}
