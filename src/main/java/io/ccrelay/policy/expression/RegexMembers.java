package io.ccrelay.policy.expression;

import io.ccrelay.policy.expression.ClrRegex.Match;
import io.ccrelay.policy.expression.ClrRegex.Part;
import io.ccrelay.policy.expression.value.ClrException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import org.jspecify.annotations.Nullable;

/** {@code System.Text.RegularExpressions}. */
final class RegexMembers {

  private RegexMembers() {}

  static void fill() {
    expressions();
    groups();
    matches();
  }

  private static void expressions() {
    Types.REGEX
        .method(
            "IsMatch",
            1,
            2,
            "bool",
            a -> find(regex(a), a.text(0), a.integer(1, 0), a).whole().success())
        .method("Match", 1, 2, "Match", a -> find(regex(a), a.text(0), a.integer(1, 0), a))
        .method("Matches", 1, 1, "List", a -> all(regex(a), a.text(0), a))
        .method(
            "Replace",
            2,
            3,
            "string",
            a -> replace(regex(a), a.text(0), a.some(1), a.integer(2, -1), a))
        .method("Split", 1, 1, "Array", a -> split(regex(a), a.text(0), a))
        .function(
            "IsMatch", 2, 4, "bool", a -> find(given(a, 2), a.text(0), 0, a).whole().success())
        .function("Match", 2, 4, "Match", a -> find(given(a, 2), a.text(0), 0, a))
        .function("Matches", 2, 4, "List", a -> all(given(a, 2), a.text(0), a))
        .function("Replace", 3, 5, "string", a -> replace(given(a, 3), a.text(0), a.some(2), -1, a))
        .function("Split", 2, 4, "Array", a -> split(given(a, 2), a.text(0), a))
        .function("Escape", 1, 1, "string", a -> a.made(escape(a.text(0))))
        .function("Unescape", 1, 1, "string", a -> a.made(a.text(0).replaceAll("\\\\(.)", "$1")))
        .constructor(1, 3, a -> compiled(a, 0, 1))
        .inherits(Types.OBJECT);
  }

  private static void groups() {
    Types.GROUP
        .property("Success", "bool", a -> a.self(Part.class).success())
        .property("Value", "string", a -> a.self(Part.class).value())
        .property("Index", "int", a -> a.self(Part.class).index())
        .property("Length", "int", a -> a.self(Part.class).value().length())
        .property("Captures", "List", a -> new ArrayList<>(List.of(a.self(Part.class))))
        .inherits(Types.OBJECT);
    Types.declare(
            "System.Text.RegularExpressions",
            "Capture",
            "",
            value -> value instanceof Part || value instanceof Match)
        .inherits(Types.GROUP);
    Types.declare("System.Text.RegularExpressions", "CaptureCollection", "", List.class::isInstance)
        .inherits(Types.LIST);
    Types.GROUPS
        .property("Count", "int", a -> a.self(ClrRegex.Groups.class).all().size())
        .index("Group", a -> a.self(ClrRegex.Groups.class).get(a.get(0)))
        .inherits(Types.SEQUENCE)
        .inherits(Types.OBJECT);
  }

  private static void matches() {
    Types.MATCH
        .property("Success", "bool", a -> a.self(Match.class).whole().success())
        .property("Value", "string", a -> a.self(Match.class).whole().value())
        .property("Index", "int", a -> a.self(Match.class).whole().index())
        .property("Length", "int", a -> a.self(Match.class).whole().value().length())
        .property("Groups", "GroupCollection", a -> a.self(Match.class).groups())
        .method("Result", 1, 1, "string", RegexMembers::result)
        .method("NextMatch", 0, 0, "Match", RegexMembers::next)
        .inherits(Types.OBJECT);
    Types.declare("System.Text.RegularExpressions", "MatchCollection", "", List.class::isInstance)
        .inherits(Types.LIST);
  }

  private static String result(Args a) {
    Match match = a.self(Match.class);
    return replace(match.regex(), match.whole().value(), a.some(0), 1, a);
  }

  private static ClrRegex regex(Args a) {
    return a.self(ClrRegex.class);
  }

  private static ClrRegex given(Args a, int options) {
    return compiled(a, 1, options);
  }

  private static ClrRegex compiled(Args a, int pattern, int options) {
    a.budget().steps(a.text(pattern).length() / 16);
    return ClrRegex.of(
        a.text(pattern), a.isEnum(options, "RegexOptions") ? a.enumeration(options).number() : 0);
  }

  private static Match find(ClrRegex regex, String text, int from, Args a) {
    if (from < 0 || from > text.length()) {
      throw ClrException.range("Start index cannot be less than 0 or greater than input length.");
    }
    Matcher matcher = regex.matcher(text, a.budget());
    return ClrRegex.match(matcher, matcher.find(from), regex, text);
  }

  private static Match next(Args a) {
    Match match = a.self(Match.class);
    boolean ended = !match.whole().success() || match.next() > match.text().length();
    return ended
        ? ClrRegex.match(match.regex().matcher("", a.budget()), false, match.regex(), "")
        : find(match.regex(), match.text(), match.next(), a);
  }

  private static List<@Nullable Object> all(ClrRegex regex, String text, Args a) {
    List<@Nullable Object> matches = new ArrayList<>();
    Matcher matcher = regex.matcher(text, a.budget());
    while (matcher.find()) {
      a.budget().step();
      a.budget().allocate(128L + 2L * (matcher.end() - matcher.start()));
      matches.add(ClrRegex.match(matcher, true, regex, text));
    }
    return matches;
  }

  private static String replace(ClrRegex regex, String text, Object by, int most, Args a) {
    Matcher matcher = regex.matcher(text, a.budget());
    var out = new StringBuilder();
    int from = 0;
    for (int count = 0; count != most && matcher.find(); count++) {
      a.budget().step();
      Match match = ClrRegex.match(matcher, true, regex, text);
      String replacement = replacement(by, match);
      out.append(text, from, matcher.start()).append(a.made(replacement));
      from = matcher.end();
    }
    return a.made(out.append(text, from, text.length()).toString());
  }

  private static String replacement(Object by, Match match) {
    return switch (by) {
      case String pattern -> expanded(pattern, match);
      case Callable evaluator -> Texts.of(evaluator.call(match));
      default -> throw ClrException.cast(Types.nameOf(by), "System.String");
    };
  }

  /** The replacement with its {@code $1}, <code>${name}</code>, {@code $&} and {@code $$}. */
  private static String expanded(String replacement, Match match) {
    if (replacement.indexOf('$') < 0) {
      return replacement;
    }
    var out = new StringBuilder();
    for (int i = 0; i < replacement.length(); i++) {
      char c = replacement.charAt(i);
      char next = i + 1 < replacement.length() ? replacement.charAt(i + 1) : 0;
      int end = i + 1;
      while (c == '$'
          && end < replacement.length()
          && Character.isDigit(replacement.charAt(end))
          && end - i < 5) {
        end++;
      }
      int brace = c == '$' && next == '{' ? replacement.indexOf('}', i) : -1;
      if (c == '$' && end > i + 1) {
        out.append(match.groups().get(Integer.valueOf(replacement.substring(i + 1, end))).value());
        i = end - 1;
      } else if (brace > 0) {
        String name = replacement.substring(i + 2, brace);
        out.append(
            match.groups().get(name.matches("\\d{1,4}") ? Integer.valueOf(name) : name).value());
        i = brace;
      } else if (c == '$' && (next == '$' || next == '&')) {
        out.append(next == '$' ? "$" : match.whole().value());
        i++;
      } else {
        out.append(c);
      }
    }
    return out.toString();
  }

  private static Object[] split(ClrRegex regex, String text, Args a) {
    List<@Nullable Object> parts = new ArrayList<>();
    int from = 0;
    for (Object found : all(regex, text, a)) {
      if (found instanceof Match match) {
        parts.add(a.made(text.substring(from, match.whole().index())));
        from = match.whole().index() + match.whole().value().length();
        match.groups().all().stream()
            .skip(1)
            .filter(Part::success)
            .forEach(group -> parts.add(group.value()));
      }
    }
    parts.add(a.made(text.substring(from)));
    return parts.toArray();
  }

  private static String escape(String text) {
    return text.replaceAll("[\\\\*+?|{\\[()^$.#]", "\\\\$0")
        .replace(" ", "\\ ")
        .replace("\n", "\\n")
        .replace("\r", "\\r")
        .replace("\t", "\\t");
  }
}
