package io.ccrelay.policy.expression;

import io.ccrelay.policy.expression.value.Basic;
import io.ccrelay.policy.expression.value.ClrException;
import io.ccrelay.policy.expression.value.JArray;
import io.ccrelay.policy.expression.value.JObject;
import io.ccrelay.policy.expression.value.JToken;
import io.ccrelay.policy.expression.value.Jwt;
import io.ccrelay.policy.expression.value.Uri;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Messages: request, response, body, URL, their dictionaries and the tokens they carry. */
final class MessageMembers {

  private MessageMembers() {}

  static void fill() {
    Types.REQUEST
        .property("Method", "string", a -> request(a).method())
        .property("Url", "IUrl", a -> request(a).url())
        .property("OriginalUrl", "IUrl", a -> request(a).originalUrl())
        .property("Headers", "INameValues", a -> NameValues.of(request(a).headers()))
        .property("IpAddress", "string", a -> request(a).ipAddress())
        .property(
            "MatchedParameters",
            "Dictionary",
            a -> new LinkedHashMap<>(request(a).matchedParameters()))
        .property("Certificate", "X509Certificate2", a -> request(a).certificate())
        .property("Body", "IMessageBody", a -> request(a).body())
        .inherits(Types.OBJECT);
    Types.RESPONSE
        .property("StatusCode", "int", a -> response(a).statusCode())
        .property("StatusReason", "string", a -> response(a).statusReason())
        .property("Headers", "INameValues", a -> NameValues.of(response(a).headers()))
        .property("Body", "IMessageBody", a -> response(a).body())
        .inherits(Types.OBJECT);
    Types.URL
        .property("Scheme", "string", a -> url(a).scheme())
        .property("Host", "string", a -> url(a).host())
        .property("Port", "int", a -> url(a).port())
        .property("Path", "string", a -> url(a).path())
        .property("QueryString", "string", a -> url(a).queryString())
        .property("Query", "INameValues", a -> NameValues.query(url(a).queryString()))
        .method("ToUri", 0, 0, "Uri", a -> Uri.of(url(a).toString()))
        .inherits(Types.OBJECT);
    Types.BODY
        .method("As", 0, 1, ClrType.GENERIC, MessageMembers::as)
        .method("AsFormUrlEncodedContent", 0, 1, "Dictionary", MessageMembers::form)
        .inherits(Types.OBJECT);
    nameValues();
    tokens();
  }

  private static RequestView request(Args a) {
    return a.self(RequestView.class);
  }

  private static ResponseView response(Args a) {
    return a.self(ResponseView.class);
  }

  private static Url url(Args a) {
    return a.self(Url.class);
  }

  private static NameValues names(Args a) {
    return a.self(NameValues.class);
  }

  private static void nameValues() {
    Types.NAME_VALUES
        .property("Count", "int", a -> names(a).all().size())
        .property("Keys", "List", a -> new ArrayList<>(names(a).all().keySet()))
        .property("Values", "List", MessageMembers::values)
        .index("Array", MessageMembers::get)
        .method("ContainsKey", 1, 1, "bool", a -> names(a).get(a.text(0)) != null)
        .method("TryGetValue", 2, 2, "bool", MessageMembers::tryGet)
        .method("GetValueOrDefault", 1, 2, "", MessageMembers::joined)
        .inherits(Types.SEQUENCE)
        .inherits(Types.OBJECT);
  }

  private static List<@Nullable Object> values(Args a) {
    List<@Nullable Object> values = new ArrayList<>();
    names(a).all().values().forEach(each -> values.add(each.toArray()));
    return values;
  }

  private static Object[] get(Args a) {
    List<String> values = names(a).get(a.text(0));
    if (values == null) {
      throw new ClrException(
          "KeyNotFoundException",
          "The given key '" + a.text(0) + "' was not present in the dictionary.");
    }
    return values.toArray();
  }

  private static boolean tryGet(Args a) {
    List<String> values = names(a).get(a.text(0));
    return a.tried(1, values == null ? null : values.toArray(), null);
  }

  /** The values joined by a comma, or the default, which is null if it is left out. */
  private static @Nullable Object joined(Args a) {
    List<String> values = names(a).get(a.text(0));
    if (values == null) {
      return a.has(1) ? a.get(1) : null;
    }
    return values.size() == 1 ? values.getFirst() : a.made(String.join(",", values));
  }

  private static @Nullable Object as(Args a) {
    TypeRef type = a.type();
    if (type == null) {
      throw ClrException.argument("As needs a type argument.");
    }
    if (type.rank() == 1 && type.type().name().equals("byte")) {
      return bytes(a);
    }
    String text = text(a);
    return switch (type.type().name()) {
      case "string" -> text;
      case "JObject" -> of(text, JObject.class);
      case "JArray" -> of(text, JArray.class);
      case "JToken" -> JToken.parse(text);
      case "XElement", "XNode" -> XmlMembers.root(text, a);
      case "XDocument" -> XmlMembers.parsed(text, a);
      default -> throw ClrException.operation("A body cannot be read as " + type + ".");
    };
  }

  private static byte[] bytes(Args a) {
    byte[] content = a.self(MessageBody.class).read(preserved(a));
    granted(a, content.length);
    a.budget().allocate(content.length);
    return content.clone();
  }

  private static String text(Args a) {
    String content = a.self(MessageBody.class).text(preserved(a));
    granted(a, content.length());
    return a.made(content);
  }

  private static boolean preserved(Args a) {
    return a.has(0) && a.truth(0);
  }

  private static void granted(Args a, int length) {
    a.budget().grantBody(length);
    a.budget().steps(length / 4096);
  }

  private static JToken of(String text, Class<? extends JToken> type) {
    JToken token = JToken.parse(text);
    if (!type.isInstance(token)) {
      throw new ClrException(
          "JsonReaderException",
          "Error reading "
              + type.getSimpleName()
              + " from JsonReader: the content is of type "
              + token.type().label()
              + ".");
    }
    return token;
  }

  private static Map<Object, @Nullable Object> form(Args a) {
    Map<Object, @Nullable Object> form = new LinkedHashMap<>();
    NameValues.query(text(a)).all().forEach((name, values) -> form.put(name, values.toArray()));
    return form;
  }

  private static void tokens() {
    Types.BASIC
        .property("UserId", "string", a -> a.self(Basic.class).userId())
        .property("Username", "string", a -> a.self(Basic.class).userId())
        .property("Password", "string", a -> a.self(Basic.class).password())
        .inherits(Types.OBJECT);
    Types.JWT
        .property("Algorithm", "string", a -> jwt(a).algorithm())
        .property("Type", "string", a -> jwt(a).type())
        .property("Id", "string", a -> jwt(a).first("jti"))
        .property("Issuer", "string", a -> jwt(a).first("iss"))
        .property("Subject", "string", a -> jwt(a).first("sub"))
        .property(
            "Audiences", "Array", a -> jwt(a).claims().getOrDefault("aud", List.of()).toArray())
        .property("Claims", "INameValues", a -> NameValues.of(jwt(a).claims()))
        .property("ExpirationTime", "", a -> jwt(a).date("exp"))
        .property("IssuedAt", "", a -> jwt(a).date("iat"))
        .property("NotBefore", "", a -> jwt(a).date("nbf"))
        .inherits(Types.OBJECT);
  }

  private static Jwt jwt(Args a) {
    return a.self(Jwt.class);
  }
}
