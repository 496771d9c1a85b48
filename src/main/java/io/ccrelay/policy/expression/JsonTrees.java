package io.ccrelay.policy.expression;

import io.ccrelay.policy.expression.value.ClrException;
import io.ccrelay.policy.expression.value.JArray;
import io.ccrelay.policy.expression.value.JObject;
import io.ccrelay.policy.expression.value.JProperty;
import io.ccrelay.policy.expression.value.JToken;
import io.ccrelay.policy.expression.value.JValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Trees of tokens from values and values from trees. */
final class JsonTrees {

  private static final int DEEPEST = 64;

  private JsonTrees() {}

  /**
   * A value as content of {@code into}, {@code null} for a new tree; a token that has a place
   * already or holds {@code into} itself is charged, for it is copied.
   */
  @SuppressWarnings("ReferenceEquality") // of .NET objects, as there
  static JToken content(@Nullable Object value, @Nullable JToken into, Frame frame) {
    if (value instanceof JToken token) {
      boolean copied = token.parent() != null || (into != null && into.root() == token);
      frame.budget.allocate(copied ? token.weight() : 16);
      return token;
    }
    frame.budget.allocate(64);
    return isPlain(value)
        ? new JValue(value instanceof ClrEnum constant ? (Object) constant.number() : value)
        : from(value, frame);
  }

  private static boolean isPlain(@Nullable Object value) {
    return value == null
        || value instanceof byte[]
        || value instanceof String
        || !(Sequence.isOne(value) || value instanceof Anonymous || value instanceof Pair);
  }

  /** {@code FromObject}: the tree a serialiser would write. */
  static JToken from(@Nullable Object value, Frame frame) {
    return from(value, frame, 0);
  }

  private static JToken from(@Nullable Object value, Frame frame, int depth) {
    frame.budget.step();
    if (depth > DEEPEST) {
      throw new ClrException("JsonSerializationException", "Self referencing loop detected.");
    }
    if (value instanceof JToken || isPlain(value)) {
      return content(value, null, frame);
    }
    if (value instanceof Anonymous anonymous) {
      return object(anonymous.members(), frame, depth);
    }
    if (value instanceof Map<?, ?> map) {
      return object(map, frame, depth);
    }
    if (value instanceof Pair(Object key, Object item)) {
      Map<String, @Nullable Object> members = new LinkedHashMap<>();
      members.put("Key", key);
      members.put("Value", item);
      return object(members, frame, depth);
    }
    if (value instanceof NameValues names) {
      return object(names.all(), frame, depth);
    }
    var array = new JArray();
    for (Object item : Sequence.of(value, frame.budget)) {
      array.add(from(item, frame, depth + 1));
    }
    return array;
  }

  private static JObject object(Map<?, ?> members, Frame frame, int depth) {
    var object = new JObject();
    members.forEach((name, item) -> object.set(Texts.of(name), from(item, frame, depth + 1)));
    return object;
  }

  /** The tokens, each converted if a type is given. */
  static List<@Nullable Object> converted(
      List<JToken> tokens, @Nullable TypeRef type, Budget budget) {
    budget.allocate(8L * tokens.size());
    List<@Nullable Object> items = new ArrayList<>(tokens.size());
    for (JToken token : tokens) {
      items.add(type == null ? token : Casts.cast(token, type, false));
    }
    return items;
  }

  static List<@Nullable Object> values(JObject object, Budget budget) {
    budget.allocate(8L * object.size());
    List<@Nullable Object> values = new ArrayList<>(object.size());
    object.properties().forEach(property -> values.add(property.value()));
    return values;
  }

  /** {@code ToObject<T>}. */
  static @Nullable Object toObject(JToken token, @Nullable TypeRef type, Frame frame) {
    frame.budget.step();
    if (type == null || type.is("object") || type.is("dynamic")) {
      return token instanceof JValue value ? value.value() : token;
    }
    if (token instanceof JValue value
        && value.value() == null
        && !Defaults.isValueType(type.type())) {
      return null;
    }
    if (type.rank() > 0 || Types.LIST.equals(type.type()) || isCollection(type)) {
      return list(token, type, frame);
    }
    if (type.is("Dictionary") || type.is("IDictionary") || type.is("IReadOnlyDictionary")) {
      return map(token, type.item(), frame);
    }
    return Casts.cast(token, type, false);
  }

  private static boolean isCollection(TypeRef type) {
    return type.is("IEnumerable") || type.is("IList") || type.is("ICollection");
  }

  private static Object list(JToken token, TypeRef type, Frame frame) {
    if (!(token instanceof JArray array)) {
      throw new ClrException(
          "JsonSerializationException",
          "Cannot deserialize " + token.type().label() + " into type '" + type + "'.");
    }
    List<@Nullable Object> items = new ArrayList<>();
    for (JToken item : array.items()) {
      frame.budget.allocate(16);
      items.add(toObject(item, type.item(), frame));
    }
    return type.rank() > 0 ? Sequence.array(items, type.type().name().equals("byte")) : items;
  }

  private static Object map(JToken token, TypeRef item, Frame frame) {
    Map<Object, @Nullable Object> map = new LinkedHashMap<>();
    if (!(token instanceof JObject object)) {
      throw new ClrException(
          "JsonSerializationException",
          "Cannot deserialize " + token.type().label() + " into a dictionary.");
    }
    for (JProperty property : object.properties()) {
      frame.budget.allocate(64);
      map.put(property.name(), toObject(property.value(), item, frame));
    }
    return map;
  }

  /** {@code Merge} with its default settings: arrays are concatenated. */
  static void merge(JObject into, JToken content) {
    if (!(content instanceof JObject other)) {
      return;
    }
    for (JProperty property : other.properties()) {
      JToken there = into.get(property.name());
      if (there instanceof JObject object && property.value() instanceof JObject) {
        merge(object, property.value());
      } else if (there instanceof JArray array && property.value() instanceof JArray more) {
        List.copyOf(more.items()).forEach(array::add);
      } else if (there == null || property.value().type() != JToken.Type.NULL) {
        into.set(property.name(), property.value());
      }
    }
  }
}
