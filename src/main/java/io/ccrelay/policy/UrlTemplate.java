package io.ccrelay.policy;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * The URL template of an operation: segments with <code>{name}</code>, at its end <code>{*name}
 * </code> or {@code *} for any rest, and a query that names parameters. Letter case of literal
 * parts does not count. Immutable.
 */
public final class UrlTemplate implements Comparable<UrlTemplate> {

  private static final int MOST_SEGMENTS = 64;

  private final List<Segment> segments;
  private final boolean rest;
  private final String restName;
  private final Map<String, String> query;

  private UrlTemplate(
      List<Segment> segments, boolean rest, String restName, Map<String, String> query) {
    this.segments = List.copyOf(segments);
    this.rest = rest;
    this.restName = restName;
    this.query = query;
  }

  /** One segment: literals and names in turn, a literal first and last, possibly empty. */
  private record Segment(List<String> literals, List<String> names) {

    /** 0 literal, 1 mixed, 2 only a name: smaller is more special. */
    int rank() {
      return names.isEmpty() ? 0 : literals.stream().allMatch(String::isEmpty) ? 2 : 1;
    }
  }

  /**
   * The template {@code text} is.
   *
   * @throws IllegalArgumentException with what is wrong, if it is none
   */
  public static UrlTemplate parse(String text) {
    int mark = text.indexOf('?');
    String path = mark < 0 ? text : text.substring(0, mark);
    var query = mark < 0 ? Map.<String, String>of() : query(text.substring(mark + 1));
    List<String> parts = segmentsOf(path);
    String last = parts.isEmpty() ? "" : parts.getLast();
    boolean rest = last.equals("*") || (last.startsWith("{*") && last.endsWith("}"));
    if (rest) {
      parts = parts.subList(0, parts.size() - 1);
    }
    if (parts.size() > MOST_SEGMENTS) {
      throw new IllegalArgumentException("has more than " + MOST_SEGMENTS + " segments");
    }
    String restName = rest && last.length() > 3 ? last.substring(2, last.length() - 1) : "";
    return new UrlTemplate(
        parts.stream().map(UrlTemplate::segment).toList(), rest, restName, query);
  }

  private static Segment segment(String text) {
    var literals = new ArrayList<String>();
    var names = new ArrayList<String>();
    int at = 0;
    int open = text.indexOf('{');
    while (open >= 0) {
      int close = text.indexOf('}', open);
      String name = close < 0 ? "" : text.substring(open + 1, close);
      if (!name.matches("[\\w.-]+")) {
        throw new IllegalArgumentException("has a { without a name and } (expected: such as {id})");
      }
      literals.add(text.substring(at, open));
      names.add(name);
      at = close + 1;
      open = text.indexOf('{', at);
    }
    literals.add(text.substring(at));
    return new Segment(literals, names);
  }

  private static Map<String, String> query(String text) {
    var names = new LinkedHashMap<String, String>();
    for (String pair : text.split("&", -1)) {
      int equals = pair.indexOf('=');
      if (equals > 0) {
        names.put(pair.substring(0, equals), pair.substring(equals + 1));
      }
    }
    return names;
  }

  /** The names of the query parameters it declares. */
  public Set<String> declaredQuery() {
    return query.keySet();
  }

  /**
   * The values of its parameters in a request, percent-decoded; empty if it does not match.
   *
   * @param path below that of the API, percent-encoded
   * @param rawQuery without question mark, may be empty
   */
  Optional<Map<String, String>> match(String path, String rawQuery) {
    List<String> parts = segmentsOf(path);
    if (rest ? parts.size() < segments.size() : parts.size() != segments.size()) {
      return Optional.empty();
    }
    var parameters = new TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
    for (int i = 0; i < segments.size(); i++) {
      if (!match(segments.get(i), parts.get(i), parameters)) {
        return Optional.empty();
      }
    }
    if (!restName.isEmpty()) {
      String remainder = String.join("/", parts.subList(segments.size(), parts.size()));
      parameters.put(restName, Percent.decoded(remainder));
    }
    return matchQuery(rawQuery, parameters) ? Optional.of(parameters) : Optional.empty();
  }

  private static boolean match(Segment segment, String part, Map<String, String> parameters) {
    List<String> literals = segment.literals();
    if (segment.names().isEmpty()) {
      return part.equalsIgnoreCase(literals.getFirst());
    }
    String first = literals.getFirst();
    if (!part.regionMatches(true, 0, first, 0, first.length())) {
      return false;
    }
    int at = first.length();
    for (int i = 0; i < segment.names().size(); i++) {
      boolean last = i + 1 == segment.names().size();
      int end = end(part, at, literals.get(i + 1), last);
      if (end <= at) {
        return false;
      }
      parameters.put(segment.names().get(i), Percent.decoded(part.substring(at, end)));
      at = end + literals.get(i + 1).length();
    }
    return at == part.length();
  }

  /** Where the value that begins at {@code at} ends if {@code literal} follows; -1 if it cannot. */
  private static int end(String part, int at, String literal, boolean last) {
    if (last) {
      int end = part.length() - literal.length();
      return part.regionMatches(true, Math.max(end, 0), literal, 0, literal.length()) ? end : -1;
    }
    return literal.isEmpty() ? at + 1 : part.indexOf(literal, at + 1);
  }

  private boolean matchQuery(String rawQuery, Map<String, String> parameters) {
    if (query.isEmpty()) {
      return true;
    }
    Map<String, String> given = Percent.query(rawQuery);
    for (var declared : query.entrySet()) {
      String value = given.get(declared.getKey());
      String wanted = declared.getValue();
      boolean named = wanted.startsWith("{") && wanted.endsWith("}");
      if (named && value != null) {
        parameters.put(wanted.substring(1, wanted.length() - 1), value);
      } else if (!named && !wanted.equals(value)) {
        return false;
      }
    }
    return true;
  }

  private static List<String> segmentsOf(String path) {
    String inner = path.startsWith("/") ? path.substring(1) : path;
    inner = inner.endsWith("/") ? inner.substring(0, inner.length() - 1) : inner;
    return inner.isEmpty() ? List.of() : List.of(inner.split("/", -1));
  }

  /** The more special template is smaller: literals before names, names before any rest. */
  @Override
  public int compareTo(UrlTemplate other) {
    int common = Math.min(segments.size(), other.segments.size());
    for (int i = 0; i < common; i++) {
      int difference = segments.get(i).rank() - other.segments.get(i).rank();
      if (difference != 0) {
        return difference;
      }
    }
    int longer = other.segments.size() - segments.size();
    return longer != 0 ? longer : Boolean.compare(rest, other.rest);
  }

  /** Equal if nothing makes one more special than the other and both are the same. */
  @Override
  public boolean equals(Object other) {
    return other instanceof UrlTemplate that
        && segments.equals(that.segments)
        && rest == that.rest
        && restName.equals(that.restName)
        && query.equals(that.query);
  }

  @Override
  public int hashCode() {
    return segments.hashCode();
  }
}
