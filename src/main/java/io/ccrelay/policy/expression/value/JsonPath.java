package io.ccrelay.policy.expression.value;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * Paths into JSON: names, indexes, {@code *}, {@code ..} and filters that compare one member with a
 * constant, as {@code $.items[?(@.id == 5)].name}. Confined to one context.
 */
public final class JsonPath {

  private final String path;
  private int at;

  private JsonPath(String path) {
    this.path = path;
  }

  /**
   * The tokens that the path leads to.
   *
   * @throws ClrException {@code JsonException} if the path is malformed
   */
  public static List<JToken> select(JToken from, String path) {
    return new JsonPath(path.strip()).run(from);
  }

  private List<JToken> run(JToken from) {
    at = path.startsWith("$") ? 1 : 0;
    List<JToken> found = List.of(from);
    while (at < path.length()) {
      if (path.startsWith("..", at)) {
        at += 2;
        found = below(found);
      } else if (path.charAt(at) == '.') {
        at++;
      }
      found = step(found);
    }
    return found;
  }

  private List<JToken> step(List<JToken> tokens) {
    if (at < path.length() && path.charAt(at) == '[') {
      return bracket(tokens);
    }
    int start = at;
    while (at < path.length() && ".[".indexOf(path.charAt(at)) < 0) {
      at++;
    }
    String name = path.substring(start, at);
    if (name.isEmpty()) {
      throw problem();
    }
    return name.equals("*") ? children(tokens) : named(tokens, name);
  }

  private ClrException problem() {
    return new ClrException("JsonException", "Unexpected end or character in path '" + path + "'.");
  }

  private static List<JToken> below(List<JToken> tokens) {
    var all = new ArrayList<JToken>();
    for (JToken token : tokens) {
      all.add(token);
      if (token instanceof JContainer container) {
        container.descendants().stream()
            .filter(descendant -> !(descendant instanceof JProperty))
            .forEach(all::add);
      }
    }
    return all;
  }

  private static List<JToken> children(List<JToken> tokens) {
    var all = new ArrayList<JToken>();
    for (JToken token : tokens) {
      for (JToken child : token.children()) {
        all.add(child instanceof JProperty property ? property.value() : child);
      }
    }
    return all;
  }

  private static List<JToken> named(List<JToken> tokens, String name) {
    var all = new ArrayList<JToken>();
    for (JToken token : tokens) {
      JToken value = token instanceof JObject object ? object.get(name) : null;
      if (value != null) {
        all.add(value);
      }
    }
    return all;
  }

  private List<JToken> bracket(List<JToken> tokens) {
    int end = closing();
    String inside = path.substring(at + 1, end).strip();
    at = end + 1;
    if (inside.equals("*")) {
      return children(tokens);
    }
    if (inside.startsWith("?(") && inside.endsWith(")")) {
      Predicate<JToken> filter = filter(inside.substring(2, inside.length() - 1).strip());
      return children(tokens).stream().filter(filter).toList();
    }
    if (isQuoted(inside)) {
      return named(tokens, inside.substring(1, inside.length() - 1));
    }
    return indexed(tokens, inside);
  }

  private static boolean isQuoted(String text) {
    return text.length() > 1
        && (text.charAt(0) == '\'' || text.charAt(0) == '"')
        && text.charAt(text.length() - 1) == text.charAt(0);
  }

  private int closing() {
    char quote = 0;
    int depth = 0;
    for (int i = at; i < path.length(); i++) {
      char c = path.charAt(i);
      if (quote != 0) {
        quote = c == quote ? 0 : quote;
      } else if (c == '\'' || c == '"') {
        quote = c;
      } else {
        depth += c == '[' ? 1 : c == ']' ? -1 : 0;
        if (depth == 0) {
          return i;
        }
      }
    }
    throw problem();
  }

  private List<JToken> indexed(List<JToken> tokens, String inside) {
    var all = new ArrayList<JToken>();
    try {
      int index = Integer.parseInt(inside);
      for (JToken token : tokens) {
        if (token instanceof JArray array && index >= 0 && index < array.size()) {
          all.add(array.get(index));
        }
      }
    } catch (NumberFormatException notAnIndex) {
      throw problem();
    }
    return all;
  }

  private Predicate<JToken> filter(String condition) {
    for (String operator : new String[] {"==", "!=", "<=", ">=", "<", ">"}) {
      int place = condition.indexOf(operator);
      if (place > 0) {
        String left = condition.substring(0, place).strip();
        JToken right = constant(condition.substring(place + operator.length()).strip());
        return token ->
            select(token, inner(left)).stream().anyMatch(value -> holds(operator, value, right));
      }
    }
    return token -> !select(token, inner(condition)).isEmpty();
  }

  private String inner(String member) {
    if (!member.startsWith("@")) {
      throw problem();
    }
    return "$" + member.substring(1);
  }

  private static JToken constant(String text) {
    return new JsonReader(text).document();
  }

  private static boolean holds(String operator, JToken left, JToken right) {
    boolean equal = left.equals(right);
    if (operator.equals("==") || operator.equals("!=")) {
      return equal == operator.equals("==");
    }
    if (!(left instanceof JValue a && right instanceof JValue b)
        || !(a.value() instanceof Number x && b.value() instanceof Number y)) {
      return false;
    }
    int order = Double.compare(x.doubleValue(), y.doubleValue());
    return switch (operator) {
      case "<" -> order < 0;
      case "<=" -> order <= 0;
      case ">" -> order > 0;
      default -> order >= 0;
    };
  }
}
