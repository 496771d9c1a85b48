package io.ccrelay.policy.expression;

import io.ccrelay.policy.expression.value.ClrException;
import io.ccrelay.policy.expression.value.JArray;
import io.ccrelay.policy.expression.value.JContainer;
import io.ccrelay.policy.expression.value.JObject;
import io.ccrelay.policy.expression.value.JProperty;
import io.ccrelay.policy.expression.value.JToken;
import io.ccrelay.policy.expression.value.JValue;
import io.ccrelay.policy.expression.value.JsonPath;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code JToken} and {@code JsonConvert}; objects and arrays are {@link JsonTreeMembers}'. */
final class JsonMembers {

  private JsonMembers() {}

  static void fill() {
    tokens();
    Types.JVALUE
        .property("Value", "", a -> a.self(JValue.class).value())
        .function("CreateNull", 0, 0, "JValue", a -> new JValue(null))
        .constructor(1, 1, a -> new JValue(a.get(0)))
        .inherits(Types.JTOKEN);
    Types.JCONTAINER
        .property("Count", "int", a -> Sequence.of(a.self(), a.budget()).size())
        .inherits(Types.JTOKEN);
    JsonTreeMembers.fill();
    Types.declare("Newtonsoft.Json", "JsonConvert", "", value -> false)
        .function("SerializeObject", 1, 2, "string", JsonMembers::serialize)
        .function(
            "DeserializeObject",
            1,
            1,
            ClrType.GENERIC,
            a -> JsonTrees.toObject(parse(a), a.type(), a.frame));
  }

  private static void tokens() {
    Types.JTOKEN
        .property("Type", "JTokenType", a -> Enums.tokenType(token(a)))
        .property("Parent", "JToken", a -> token(a).parent())
        .property("Root", "JToken", a -> token(a).root())
        .property("Path", "string", a -> token(a).path())
        .property("HasValues", "bool", a -> !token(a).children().isEmpty())
        .property("First", "JToken", a -> edge(token(a).children(), true))
        .property("Last", "JToken", a -> edge(token(a).children(), false))
        .property("Next", "JToken", a -> neighbour(token(a), 1))
        .property("Previous", "JToken", a -> neighbour(token(a), -1))
        .index("JToken", a -> child(token(a), a.some(0)))
        .indexSetter(JsonMembers::setChild)
        .method("Value", 0, 1, ClrType.GENERIC, JsonMembers::value)
        .method("Values", 0, 1, "List", JsonMembers::values)
        .method("Children", 0, 0, "List", JsonMembers::children)
        .method("Descendants", 0, 0, "List", JsonMembers::descendants)
        .method("SelectToken", 1, 2, "JToken", JsonMembers::selectToken)
        .method("SelectTokens", 1, 2, "List", a -> selected(a))
        .method(
            "ToObject", 0, 0, ClrType.GENERIC, a -> JsonTrees.toObject(token(a), a.type(), a.frame))
        .method("DeepClone", 0, 0, "", a -> clone(a))
        .method("Remove", 0, 0, "", JsonMembers::detach)
        .method("Replace", 1, 1, "", JsonMembers::replace)
        .method("ToString", 0, 2, "string", JsonMembers::text)
        .method("Equals", 1, 1, "bool", a -> Comparison.same(a.self(), a.get(0)))
        .function("Parse", 1, 2, "JToken", a -> parse(a))
        .function("FromObject", 1, 1, "JToken", a -> JsonTrees.from(a.get(0), a.frame))
        .function("DeepEquals", 2, 2, "bool", a -> deepEquals(a.get(0), a.get(1)))
        .inherits(Types.SEQUENCE)
        .inherits(Types.OBJECT);
  }

  private static JToken token(Args a) {
    return a.self(JToken.class);
  }

  /** Reads JSON; the tree is charged as it is larger than its text. */
  static JToken parse(Args a) {
    String json = a.text(0);
    a.budget().steps(json.length() / 1024);
    a.budget().allocate(json.length());
    return JToken.parse(json);
  }

  private static @Nullable JToken edge(List<JToken> children, boolean first) {
    return children.isEmpty() ? null : first ? children.getFirst() : children.getLast();
  }

  @SuppressWarnings("ReferenceEquality") // of .NET objects, as there
  private static @Nullable JToken neighbour(JToken token, int distance) {
    if (token.parent() == null) {
      return null;
    }
    List<JToken> children = token.parent().children();
    for (int i = 0; i < children.size(); i++) {
      if (children.get(i) == token) {
        int there = i + distance;
        return there >= 0 && there < children.size() ? children.get(there) : null;
      }
    }
    return null;
  }

  static @Nullable JToken child(JToken token, Object key) {
    return switch (token) {
      case JObject object when key instanceof String name -> object.get(name);
      case JArray array when key instanceof Integer index -> array.get(index);
      case JProperty property -> child(property.value(), key);
      case JValue value ->
          throw ClrException.operation("Cannot access child value on Newtonsoft.Json.Linq.JValue.");
      default ->
          throw ClrException.argument(
              "Accessed "
                  + Types.nameOf(token)
                  + " values with invalid key value: "
                  + Texts.of(key)
                  + ".");
    };
  }

  private static @Nullable Object setChild(Args a) {
    Object value = JsonTrees.content(a.get(1), token(a), a.frame);
    switch (token(a)) {
      case JObject object when a.get(0) instanceof String name -> object.set(name, value);
      case JArray array when a.get(0) instanceof Integer index -> array.set(index, value);
      default ->
          throw ClrException.operation("Cannot set child value on " + Types.nameOf(token(a)) + ".");
    }
    return a.get(1);
  }

  private static @Nullable Object value(Args a) {
    TypeRef type = a.type();
    JToken found = a.size() == 0 ? token(a) : child(token(a), a.some(0));
    if (type == null) {
      return found;
    }
    return found == null ? Casts.defaultOf(type) : Casts.cast(found, type, false);
  }

  private static List<@Nullable Object> values(Args a) {
    JToken source = a.size() == 0 ? token(a) : child(token(a), a.some(0));
    return JsonTrees.converted(
        source == null ? List.of() : source.children(), a.type(), a.budget());
  }

  private static List<@Nullable Object> children(Args a) {
    TypeRef type = a.type();
    List<JToken> children = token(a).children();
    List<JToken> wanted =
        type == null
            ? children
            : children.stream().filter(child -> type.type().accepts(child)).toList();
    return JsonTrees.converted(wanted, null, a.budget());
  }

  private static List<@Nullable Object> descendants(Args a) {
    a.budget().steps(token(a).weight() / 1024);
    return JsonTrees.converted(
        token(a) instanceof JContainer container ? container.descendants() : List.of(),
        null,
        a.budget());
  }

  private static List<@Nullable Object> selected(Args a) {
    a.budget().steps(1 + token(a).weight() / 1024);
    return JsonTrees.converted(JsonPath.select(token(a), a.text(0)), null, a.budget());
  }

  private static @Nullable Object selectToken(Args a) {
    List<@Nullable Object> found = selected(a);
    if (found.size() > 1) {
      throw new ClrException("JsonException", "Path returned multiple tokens.");
    }
    if (found.isEmpty() && a.has(1) && a.get(1) instanceof Boolean must && must) {
      throw new ClrException("JsonException", "Path '" + a.text(0) + "' does not exist.");
    }
    return found.isEmpty() ? null : found.getFirst();
  }

  private static JToken clone(Args a) {
    a.budget().allocate(token(a).weight());
    return token(a).deepClone();
  }

  static boolean detach(Args a) {
    JToken token = token(a);
    JContainer.detach(token.parent() instanceof JProperty property ? property : token);
    return true;
  }

  private static @Nullable Object replace(Args a) {
    JContainer.exchange(token(a), JsonTrees.content(a.get(0), token(a), a.frame));
    return null;
  }

  private static String text(Args a) {
    JToken token = token(a);
    a.budget().steps(token instanceof JContainer ? token.weight() / 1024 : 0);
    if (a.isEnum(0, "Formatting")) {
      return a.made(token.toJson(a.enumeration(0).number() == 1));
    }
    return a.made(
        a.isText(0) && token instanceof JValue ? Texts.format(token, a.text(0)) : token.toString());
  }

  @SuppressWarnings("ReferenceEquality") // of .NET objects, as there
  private static boolean deepEquals(@Nullable Object left, @Nullable Object right) {
    return left == right
        || (left instanceof JToken a && right instanceof JToken b && a.deepEquals(b));
  }

  private static String serialize(Args a) {
    JToken token = JsonTrees.from(a.get(0), a.frame);
    return a.made(token.toJson(a.isEnum(1, "Formatting") && a.enumeration(1).number() == 1));
  }
}
