package io.ccrelay.policy.expression;

import io.ccrelay.policy.expression.value.ClrException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/**
 * A regular expression.
 *
 * @param source the pattern as written
 * @param pattern the pattern of Java
 */
record ClrRegex(String source, Pattern pattern) {

  private static final int LONGEST = 4096;

  static ClrRegex of(String source, int options) {
    if (source.length() > LONGEST) {
      throw ClrException.argument("The pattern is longer than " + LONGEST + " characters.");
    }
    int flags = 0;
    flags |= (options & 1) != 0 ? Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE : 0;
    flags |= (options & 2) != 0 ? Pattern.MULTILINE : 0;
    flags |= (options & 16) != 0 ? Pattern.DOTALL : 0;
    flags |= (options & 32) != 0 ? Pattern.COMMENTS : 0;
    try {
      return new ClrRegex(source, Pattern.compile(translated(source), flags | Pattern.UNIX_LINES));
    } catch (PatternSyntaxException wrong) {
      throw ClrException.argument(
          "Invalid pattern '" + source + "': " + wrong.getDescription() + ".");
    }
  }

  /** Where the dialects differ: names in quotes, {@code [} within a class is a plain character. */
  private static String translated(String source) {
    var out = new StringBuilder(source.length() + 8);
    boolean inClass = false;
    for (int i = 0; i < source.length(); i++) {
      char c = source.charAt(i);
      if (c == '\\' && i + 1 < source.length()) {
        out.append(c).append(source.charAt(++i));
      } else if (inClass && (c == '[' || (c == '&' && source.startsWith("&&", i)))) {
        out.append('\\').append(c);
      } else if (!inClass && source.startsWith("(?'", i) && source.indexOf('\'', i + 3) > 0) {
        int end = source.indexOf('\'', i + 3);
        out.append("(?<").append(source, i + 3, end).append('>');
        i = end;
      } else {
        boolean opens = !inClass && c == '[';
        boolean first = inClass && (source.charAt(i - 1) == '[' || source.startsWith("[^", i - 2));
        inClass = opens || (inClass && (c != ']' || first));
        out.append(c == ']' && first ? "\\]" : String.valueOf(c));
      }
    }
    return out.toString();
  }

  Matcher matcher(String text, Budget budget) {
    return pattern.matcher(new BudgetedText(text, budget));
  }

  /** The match where the matcher is, or the failed one. */
  static Match match(Matcher matcher, boolean found, ClrRegex regex, String text) {
    if (!found) {
      return new Match(new Part(false, "", 0), new Groups(List.of(), Map.of()), regex, text, 0);
    }
    List<Part> parts = new ArrayList<>();
    for (int i = 0; i <= matcher.groupCount(); i++) {
      String value = matcher.group(i);
      parts.add(new Part(value != null, value == null ? "" : value, Math.max(0, matcher.start(i))));
    }
    int next = matcher.end() > matcher.start() ? matcher.end() : matcher.end() + 1;
    return new Match(parts.getFirst(), new Groups(parts, matcher.namedGroups()), regex, text, next);
  }

  /** A {@code Group} or {@code Capture}. */
  record Part(boolean success, String value, int index) {
    @Override
    public String toString() {
      return value;
    }
  }

  /** A {@code Match}; the next one is looked for from {@code next}. */
  record Match(Part whole, Groups groups, ClrRegex regex, String text, int next) {
    @Override
    public String toString() {
      return whole.value;
    }
  }

  /** A {@code GroupCollection}. */
  record Groups(List<Part> all, Map<String, Integer> names) {
    Part get(@Nullable Object key) {
      Integer index = key instanceof Integer number ? number : names.get(String.valueOf(key));
      boolean there = index != null && index >= 0 && index < all.size();
      return there && index != null ? all.get(index) : new Part(false, "", 0);
    }
  }

  @Override
  public String toString() {
    return source;
  }
}
