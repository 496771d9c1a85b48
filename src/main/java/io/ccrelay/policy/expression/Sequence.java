package io.ccrelay.policy.expression;

import io.ccrelay.policy.expression.value.ClrException;
import io.ccrelay.policy.expression.value.JArray;
import io.ccrelay.policy.expression.value.JObject;
import io.ccrelay.policy.expression.value.JProperty;
import io.ccrelay.policy.expression.value.JToken;
import io.ccrelay.policy.expression.value.JValue;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What can be enumerated, as a list; sequences are evaluated at once. */
final class Sequence {

  private static final long BYTES_OF_AN_ITEM = 8;

  private Sequence() {}

  static boolean isOne(Object value) {
    return value instanceof Collection<?>
        || value instanceof Object[]
        || value instanceof byte[]
        || value instanceof String
        || value instanceof Map<?, ?>
        || (value instanceof JToken && !(value instanceof JValue))
        || value instanceof NameValues
        || value instanceof Grouping
        || value instanceof ContextMembers.Variables
        || value instanceof ClrRegex.Groups;
  }

  /** A copy of the items of {@code value}, charged to the budget. */
  static List<@Nullable Object> of(@Nullable Object value, Budget budget) {
    List<@Nullable Object> items = items(value);
    budget.allocate(BYTES_OF_AN_ITEM * items.size());
    return items;
  }

  private static List<@Nullable Object> items(@Nullable Object value) {
    return switch (value) {
      case null -> throw ClrException.argumentNull();
      case Collection<?> all -> new ArrayList<>(all);
      case Object[] all -> new ArrayList<>(Arrays.asList(all));
      case JArray array -> new ArrayList<>(array.items());
      case JObject object -> members(object);
      case JProperty property -> new ArrayList<>(property.children());
      case Map<?, ?> map -> pairs(map);
      case NameValues names -> named(names);
      case Grouping grouping -> new ArrayList<>(grouping.items());
      case ContextMembers.Variables variables -> pairs(variables.all());
      case ClrRegex.Groups groups -> new ArrayList<>(groups.all());
      case String text -> characters(text);
      case byte[] bytes -> octets(bytes);
      default -> throw ClrException.cast(Types.nameOf(value), "IEnumerable");
    };
  }

  private static List<@Nullable Object> members(JObject object) {
    List<@Nullable Object> pairs = new ArrayList<>(object.size());
    for (JProperty property : object.properties()) {
      pairs.add(new Pair(property.name(), property.value()));
    }
    return pairs;
  }

  private static List<@Nullable Object> pairs(Map<?, ?> map) {
    List<@Nullable Object> pairs = new ArrayList<>(map.size());
    map.forEach((key, item) -> pairs.add(new Pair(key, item)));
    return pairs;
  }

  private static List<@Nullable Object> named(NameValues names) {
    List<@Nullable Object> pairs = new ArrayList<>();
    names.all().forEach((name, values) -> pairs.add(new Pair(name, values.toArray())));
    return pairs;
  }

  private static List<@Nullable Object> characters(String text) {
    List<@Nullable Object> characters = new ArrayList<>(text.length());
    for (int i = 0; i < text.length(); i++) {
      characters.add(text.charAt(i));
    }
    return characters;
  }

  private static List<@Nullable Object> octets(byte[] bytes) {
    List<@Nullable Object> octets = new ArrayList<>(bytes.length);
    for (byte octet : bytes) {
      octets.add(octet & 0xFF);
    }
    return octets;
  }

  /** An array of {@code items}: of bytes if that is their type. */
  static Object array(List<@Nullable Object> items, boolean ofBytes) {
    if (!ofBytes) {
      return items.toArray();
    }
    var bytes = new byte[items.size()];
    for (int i = 0; i < bytes.length; i++) {
      if (!(items.get(i) instanceof Integer octet)) {
        throw ClrException.cast("System.Object", "System.Byte");
      }
      bytes[i] = octet.byteValue();
    }
    return bytes;
  }
}
