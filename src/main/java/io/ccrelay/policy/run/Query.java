package io.ccrelay.policy.run;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/** A query string as names and values, in order; what is not touched stays as it was written. */
final class Query {

  private record Parameter(String raw, String name, String value) {}

  private final List<Parameter> parameters;

  private Query(List<Parameter> parameters) {
    this.parameters = parameters;
  }

  /** The query of {@code text}, with or without its leading question mark. */
  static Query parse(String text) {
    String bare = text.startsWith("?") ? text.substring(1) : text;
    var parameters = new ArrayList<Parameter>();
    for (String raw : bare.split("&", -1)) {
      if (!raw.isEmpty()) {
        int equals = raw.indexOf('=');
        String name = equals < 0 ? raw : raw.substring(0, equals);
        String value = equals < 0 ? "" : raw.substring(equals + 1);
        parameters.add(new Parameter(raw, decode(name), decode(value)));
      }
    }
    return new Query(parameters);
  }

  Set<String> names() {
    var names = new TreeSet<String>(String.CASE_INSENSITIVE_ORDER);
    parameters.forEach(parameter -> names.add(parameter.name));
    return names;
  }

  List<String> values(String name) {
    return parameters.stream()
        .filter(parameter -> parameter.name.equalsIgnoreCase(name))
        .map(Parameter::value)
        .toList();
  }

  Query without(Predicate<String> unwanted) {
    return new Query(
        parameters.stream().filter(parameter -> !unwanted.test(parameter.name)).toList());
  }

  Query plus(String name, String value) {
    var more = new ArrayList<>(parameters);
    more.add(new Parameter(encode(name) + "=" + encode(value), name, value));
    return new Query(more);
  }

  Query plus(Query other) {
    var more = new ArrayList<>(parameters);
    more.addAll(other.parameters);
    return new Query(more);
  }

  /** With its leading question mark, or empty. */
  @Override
  public String toString() {
    return parameters.isEmpty()
        ? ""
        : "?" + String.join("&", parameters.stream().map(Parameter::raw).toList());
  }

  /** Percent-encoded, a blank as {@code %20}. */
  static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  private static String decode(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException malformed) {
      return text;
    }
  }
}
